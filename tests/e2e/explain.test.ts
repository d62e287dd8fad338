import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { renderExplanation } from '../../src/cli/explain-render.js';
import { CATALOGUES } from '../../src/messages/index.js';
import type { ExplanationDocument } from '../../src/pipeline/explain-report.js';
import { KpiDocument, PartnershipDocument } from '../support/explain-schema.js';
import { expectGolden } from '../support/golden.js';
import { openTeam, type Team } from '../support/team.js';
import { runVerb } from '../support/verb.js';

const SUBJECTS = {
  korean: ['여울목페이', '미르솔루션 공동 매출'],
  english: ['Cairnvale Research', 'Cairnvale Research qualified leads'],
} as const;

describe.each(['korean', 'english'] as const)('asked why, the %s team', (sample) => {
  let team: Team;
  beforeAll(async () => {
    team = await openTeam(sample);
  });
  afterAll(() => team.close());

  const explained = async (wanted: string): Promise<ExplanationDocument> => {
    const { document, exitCode } = await team.app().explain({ signal: new AbortController().signal }, wanted);
    expect(exitCode).toBe(0);
    return document;
  };

  it('reads this', async () => {
    const texts: string[] = [];
    for (const wanted of SUBJECTS[sample]) {
      const frame = {
        paint: (_style: unknown, text: string) => text,
        columns: 200,
        words: CATALOGUES[team.config.locale],
      };
      const document = await explained(wanted);
      // Which rules found nothing is no text to keep: it grows with every rule there is.
      const rules = document.rules.filter(({ ending }) => ending === 'fired');
      texts.push(renderExplanation({ ...document, rules }, frame));
    }
    expectGolden(`explain-${sample}.txt`, `${texts.join('\n\n———\n\n')}\n`);
    expect(team.writes()).toEqual([]);
  });

  it('gets a document of every partnership, whose sums add up', async () => {
    for (const { id } of team.rows('partnerships').filter(({ inTrash }) => !inTrash)) {
      const document = PartnershipDocument.parse(await explained(id));
      const points = document.dimensions.map((dimension) => {
        expect(dimension.factors.reduce((sum, factor) => sum + factor.points, 0)).toBe(dimension.points);
        return dimension.points;
      });
      const sum = points.reduce((total, one) => total + one, 0);
      expect(document.assessment.health ?? 0).toBe(sum);
    }
  });

  it('is told of every rule that was silent, and why', async () => {
    const { paint, columns } = { paint: (_style: unknown, text: string) => text, columns: 200 };
    const words = CATALOGUES[team.config.locale];
    const document = await explained(SUBJECTS[sample][0]);
    const text = renderExplanation(document, { paint, columns, words });
    for (const { code, ending } of document.rules) expect(text, ending).toContain(code);
    for (const { code, missing } of document.rules.filter(({ ending }) => ending === 'unmapped')) {
      expect(text).toContain(`${code} (${missing[0]?.[0]}`);
    }
  });

  it('gets a document of a KPI', async () => {
    KpiDocument.parse(await explained(SUBJECTS[sample][1]));
  });
});

describe('on the command line', () => {
  let team: Team;
  beforeAll(async () => {
    team = await openTeam('korean');
  });
  afterAll(() => team.close());

  it('a partnership by its name in any Unicode form, as text and as JSON', async () => {
    const { code, stdout } = await runVerb(team, 'explain', ['여울목페이'.normalize('NFD')]);
    expect([code, stdout.split('\n')[0]]).toEqual([0, expect.stringMatching(/^여울목페이 · 위험 · 건강 점수 \d+$/)]);
    const json = await runVerb(team, 'explain', ['여울목페이', '--json']);
    expect(PartnershipDocument.parse(JSON.parse(json.stdout)).assessment.status).toBe('at-risk');
  });

  it('an error code needs neither a configuration nor a call', async () => {
    const { code, stdout } = await runVerb(team, 'explain', ['guard-stopped', '--config', 'nowhere.yaml']);
    expect([code, stdout]).toEqual([
      0,
      expect.stringMatching(/^guard-stopped\nLook at `tandem plan`.*\n.*\nExit code 5\.\n$/),
    ]);
    const json = await runVerb(team, 'explain', ['guard-stopped', '--json']);
    expect(JSON.parse(json.stdout)).toMatchObject({
      kind: 'error',
      code: 'guard-stopped',
      exit: 5,
      disposition: 'stop',
    });
  });

  it('what nobody is called ends with what was perhaps meant', async () => {
    const { code, stdout, stderr } = await runVerb(team, 'explain', ['여울목패이']);
    expect([code, stdout]).toEqual([64, '']);
    expect(stderr).toMatch(/error subject-not-found: .*여울목패이.*\n {2}여울목페이 {2}\(partnership, /s);
  });
});
