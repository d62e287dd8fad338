import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatConfigErrors } from '../../src/config/load.js';
import { changed, configOf, errorsOf, FULL, placeOf, unmark } from './fixture.js';

describe('texts that are no configuration', () => {
  it.each([
    ['empty', '', '1:1', 'the file has no value'],
    ['a comment', '# nothing\n', '1:1', 'the file has no value'],
    ['a list', '- a\n', '1:1', 'the file must be a block of keys, not a list'],
    ['UTF-16', 'v\0e\0r\0', '1:1', 'the file is not UTF-8 text'],
    ['large', `# ${'x'.repeat(300_000)}`, '1:1', 'the file is too large'],
    ['nested', `a: ${'['.repeat(20_000)}`, '1:1', 'the file is nested too deeply'],
    ['nested in lines', '- '.repeat(20_000), '1:1', 'the file is nested too deeply'],
    [
      'an alias bomb',
      `a: &a [x, x]\n${[...'bcdefghij'].map((to, index) => `${to}: &${to} [${Array(9).fill(`*${'abcdefghi'[index]}`)}]`).join('\n')}\n`,
      '2:8',
      'aliases are repeated too often',
    ],
  ])('%s', (_, text, place, what) => {
    expect(errorsOf(text).map((error) => [placeOf(error), error.what])).toEqual([[place, what]]);
  });

  it('a circle of aliases ends', () => {
    expect(errorsOf('sources: &s { partnerships: *s }\n').length).toBeGreaterThan(0);
  });

  it('whatever stands in it, loading answers and never throws', () => {
    const lines = FULL.split('\n');
    const piece = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 20 }),
      fc.constantFrom(...lines, '\t', '- ', '{', '[', '&a *a', '? ', '__proto__:', ': ', '"', '|', '<<: *a', '!!x'),
    );
    fc.assert(
      fc.property(fc.integer({ min: 0, max: lines.length }), fc.array(piece, { maxLength: 4 }), (at, pieces) => {
        const text = [...lines.slice(0, at), ...pieces, ...lines.slice(at)].join('\n');
        for (const error of errorsOf(text)) {
          expect(error.line).toBeGreaterThan(0);
          expect(error.column).toBeGreaterThan(0);
        }
      }),
      { numRuns: 150 },
    );
    expect(Reflect.get({}, 'x')).toBeUndefined();
  });
});

describe('several mistakes at once', () => {
  const { text, places } = unmark(`version: ▲2
workspace: ▲Hanbit
▲timezon: Asia/Seoul
connections:
  ▲notion: { type: notion, plan: ▲pls }
sources:
  partnerships:
    connection: ▲notoin
    id: ▲here
    fields:
      ▲nmae: 파트너사
      code: 코드
    manages: { health: ▲코드 }
  ▲kpi: {}
  risks:
    connection: notion
    ▲base: appAAAAAAAAAAAAAA
    id: 0123456789abcdef0123456789abcdef
    ▲fields: { name: Risk }
policy: { health: { ▲wieghts: {} } }
`);

  it('are all reported, in the order of the file, none twice', () => {
    expect(errorsOf(text, { env: {} }).map(placeOf)).toEqual(places);
  });

  it('read like this', () => {
    expect(formatConfigErrors(errorsOf(text, { env: {} }))).toMatchInlineSnapshot(`
      "tandem.yaml:1:10  \`version\` cannot be 2 [config-invalid]
        why: Version of this file format. Possible: 1.
        next: Write one of them.

      tandem.yaml:2:12  \`workspace\` cannot be "Hanbit" [config-invalid]
        why: Permanent id of the workspace, part of every key Tandem writes: 1 to 32 lower-case letters, digits and hyphens, no hyphen first.
        next: Correct the value.

      tandem.yaml:3:1  unknown key \`timezon\` [config-unknown-key]
        why: Known here: version, workspace, locale, timezone, calendar, people, connections, sources, policy.
        next: Correct or remove it.
        did you mean \`timezone\`?

      tandem.yaml:5:3  connection \`notion\` has no token: neither NOTION_TOKEN nor NOTION_TOKEN_FILE is set [config-token-missing]
        why: Notion answers only with a token, and tokens are never read from this file.
        next: Set NOTION_TOKEN, or set NOTION_TOKEN_FILE to the path of a file that holds the token.

      tandem.yaml:5:33  \`connections.notion.plan\` cannot be "pls" [config-invalid]
        why: Plan of the workspace; decides how many calls are allowed. Possible: free, plus, business, enterprise.
        next: Write one of them.
        did you mean \`plus\`?

      tandem.yaml:8:17  there is no connection "notoin" [config-invalid]
        why: Configured: notion.
        next: Name one of them, or add it under \`connections\`.
        did you mean \`notion\`?

      tandem.yaml:9:9  \`sources.partnerships.id\` cannot be "here" [config-invalid]
        why: It is neither a Notion id (32 hexadecimal digits) nor a link that holds the id of a database or page.
        next: Open the database in Notion, choose "Copy link" and paste it here.

      tandem.yaml:11:7  unknown key \`nmae\` in \`sources.partnerships.fields\` [config-unknown-key]
        why: Known here: name, code, owner, backupOwner, sponsor, lead, type, tier, stage, stageSince, start, end, autoRenew, noticeDays, renewalDecision, reviewCadence, lastReview, nextReview, lastBriefing, briefingCadence, lastContact, satisfaction, profile, businessModel, market, decisionStructure, coreValues, priorities, profileReviewBy, esg, esgEvidenceUntil, language, holidays, overrideStatus, overrideReason, overrideUntil, muted.
        next: Correct or remove it.
        did you mean \`name\`?

      tandem.yaml:13:24  "코드" is read as \`code\` and managed as \`health\` [config-invalid]
        why: Tandem overwrites what it manages, so what people enter there would be lost.
        next: Give the managed property a column of its own.

      tandem.yaml:14:3  unknown key \`kpi\` in \`sources\` [config-unknown-key]
        why: Known here: partnerships, kpis, measurements, milestones, reviews, actions, risks, issues, decisions, contacts, interactions, feedback, roles, agreements, tasks, history.
        next: Correct or remove it.
        did you mean \`kpis\`?

      tandem.yaml:17:5  \`sources.risks.base\` does not belong to Notion [config-invalid]
        why: Connection "notion" is Notion: Notion takes \`id\`, Airtable takes \`base\` and \`table\`.
        next: Remove it, or name an Airtable connection.

      tandem.yaml:19:5  \`sources.risks.fields.partnership\` is missing [config-invalid]
        why: Without it nobody knows which partnership a row belongs to.
        next: Map the relation to the partnerships, or join by partner code with \`link: { field: …, to: code }\`.

      tandem.yaml:20:21  unknown key \`wieghts\` in \`policy.health\` [config-unknown-key]
        why: Known here: weights, bands, hysteresis, trend, minimumCoverage, minimumFreshness, factors, lateCredit, responseDays, perceptionGap.
        next: Correct or remove it.
        did you mean \`weights\`?
      "
    `);
  });
});

describe('tokens in the file', () => {
  const tokens = [
    'ntn_123456789012abcdefghijklmnopqrstuvwxyz',
    'secret_abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG',
    'patAbCdEfGhIjKlMn.0123456789abcdef0123456789abcdef',
  ];

  it.each(
    tokens.flatMap((token) => [
      [`as tokenEnv: ${token.slice(0, 4)}`, changed('HANBIT_AIRTABLE', `▲${token}`)],
      [`as an unknown key: ${token.slice(0, 4)}`, changed('locale: ko', `▲${token}: x`)],
      [`as an unknown value: ${token.slice(0, 4)}`, changed('plan: plus', `plan: plus, token: ▲${token}`)],
      [`as a column: ${token.slice(0, 4)}`, changed('code: 코드', `code: ▲${token}`)],
      [`in quotes, twice: ${token.slice(0, 4)}`, changed('A: core', `"▲${token}": "▲${token}"`)],
      [`in a comment: ${token.slice(0, 4)}`, changed('locale: ko', `locale: ko # ▲${token}`)],
      [`in broken YAML: ${token.slice(0, 4)}`, changed('locale: ko', `locale: ▲${token}: x`)],
      [`in a base URL: ${token.slice(0, 4)}`, changed('127.0.0.1:4010', `▲${token}@127.0.0.1`)],
    ]),
  )('are refused and never repeated %s', (_, marked) => {
    const { text, places } = unmark(marked);
    const errors = errorsOf(text);
    const found = errors.filter(({ what }) => what === 'this looks like a token').map(placeOf);
    expect(found).toEqual(places);
    for (const token of tokens)
      expect(formatConfigErrors(errors) + JSON.stringify(errors)).not.toContain(token.slice(7));
  });

  it.each(['patio.terrace', 'secret', 'Secret_Plan', 'ntn', 'patents.overview'])('are not seen in %s', (word) => {
    expect(configOf(changed('code: 코드', `code: ${word}`)).sources[0]?.fields.code?.property).toBe(word);
  });
});

describe('messages', () => {
  it('cut long values and cannot rewrite the terminal', () => {
    const value = `\\e[2J\\u202e${'가'.repeat(500)}`;
    const [error] = errorsOf(changed('locale: ko', `locale: "${value}"`));
    const text = formatConfigErrors(error === undefined ? [] : [error]);
    expect(text).toContain('\\u001b[2J\\u202e가가');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: none may be there
    expect(text).not.toMatch(/[\u001b\u202e]/);
    expect(error?.what.length).toBeLessThan(120);
  });

  it('show only the file where there is no line', () => {
    const error = {
      code: 'config-not-found',
      file: 'x.yaml',
      line: 0,
      column: 0,
      path: '',
      what: 'a',
      why: 'b',
      next: 'c',
    } as const;
    expect(formatConfigErrors([error])).toBe('x.yaml  a [config-not-found]\n  why: b\n  next: c\n');
  });
});

describe('codes that can be switched off', () => {
  const known = { rules: ['silence', 'decide-by'], reminders: ['review-due'] };

  it('are checked against those the caller knows', () => {
    const { text, places } = unmark(
      changed(
        'disabled: [silence]',
        'disabled: [silence, ▲silnce]',
        changed('policy:', 'policy:\n  reminders: { disabled: [▲decide-by] }'),
      ),
    );
    const errors = errorsOf(text, { known });
    expect(errors.map((error) => [placeOf(error), error.didYouMean])).toEqual([
      [places[0], undefined],
      [places[1], 'silence'],
    ]);
    expect(errors[0]?.why).toBe('Known: review-due.');
  });

  it('are taken as they are when the caller knows none', () => {
    expect(configOf(changed('disabled: [silence]', 'disabled: [anything]')).policy.rules.disabled).toEqual([
      'anything',
    ]);
  });
});
