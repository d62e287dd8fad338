import { describe, expect, it } from 'vitest';
import { changed, errorsOf, FULL, placeOf, unmark } from './fixture.js';

/** What is replaced, by what (▲ before the place to point at), the code, part of what is said, the guess. */
type Case = readonly [scenario: string, from: string, to: string, code: string, says: string, guess?: string];

const rowsOf = (cases: readonly Case[]) =>
  cases.map(([scenario, from, to, code, says, guess]) => [scenario, from, to, code, says, guess] as const);

const unknownKeys: readonly Case[] = [
  ['top level', 'workspace:', '▲worksapce:', 'config-unknown-key', 'unknown key `worksapce`', 'workspace'],
  ['top level, far off', 'locale: ko', '▲databases: {}', 'config-unknown-key', 'unknown key `databases`'],
  ['entity', '  risks:', '  ▲riks:', 'config-unknown-key', 'unknown key `riks` in `sources`', 'risks'],
  ['source', '    table: Risk', '    ▲tabel: Risk', 'config-unknown-key', '`tabel` in `sources.risks`', 'table'],
  ['field', '      code: 코드', '      code: 코드\n      ▲onwer: 담당자', 'config-unknown-key', '`onwer`', 'owner'],
  ['managed property', 'health: 건강', '▲heatlh: 건강', 'config-unknown-key', '`heatlh`', 'health'],
  ['managed among fields', 'code: 코드', 'code: 코드\n      ▲riskFlags: F', 'config-unknown-key', '`riskFlags`'],
  ['field among managed', 'health: 건강', '▲backupOwner: 건강', 'config-unknown-key', '`backupOwner`'],
  ['connection', 'plan: plus', 'plan: plus, ▲tokenEvn: X', 'config-unknown-key', '`tokenEvn`', 'tokenEnv'],
  ['token in a connection', 'plan: plus', 'plan: plus, ▲token: abc', 'config-unknown-key', '`token`'],
  ['person', 'lead: 박지우,', '▲laed: 박지우,', 'config-unknown-key', '`laed` in `people.김서연`', 'lead'],
  ['calendar', 'remove: [2026-05-01]', '▲removed: [2026-05-01]', 'config-unknown-key', '`removed`', 'remove'],
  ['policy', 'silence: { core', '▲silense: { core', 'config-unknown-key', '`silense`', 'silence'],
  ['policy, deep', 'weights: { trust: 40 }', 'weights: { ▲turst: 40 }', 'config-unknown-key', '`turst`', 'trust'],
  ['playbooks', 'policy:', 'policy:\n  playbooks: { ▲kickoff: {} }', 'config-unknown-key', '`kickoff`'],
  ['mapping block', 'part: start', '▲prat: start', 'config-unknown-key', '`prat`', 'part'],
  [
    'values on a text field',
    'code: 코드',
    'code: { property: 코드, ▲values: { a: b } }',
    'config-unknown-key',
    '`values`',
  ],
  ['part on a text field', 'code: 코드', 'code: { property: 코드, ▲part: end }', 'config-unknown-key', '`part`'],
  ['values on a number', '건강 점수', '{ property: P, ▲values: { a: b } }', 'config-unknown-key', '`values`'],
  ['link on partnerships', '    fields:\n', '    ▲link: { field: X }\n    fields:\n', 'config-unknown-key', '`link`'],
  ['manages on tasks', 'key: Tandem key }', 'key: K }\n    ▲manages: { stamp: S }', 'config-unknown-key', '`manages`'],
  ['constructor', 'locale: ko', '▲constructor: x', 'config-unknown-key', '`constructor`'],
  ['toString among fields', 'code: 코드', 'code: 코드\n      ▲toString: x', 'config-unknown-key', '`toString`'],
  ['merge key', 'lead: 박지우,', '▲<<: {},', 'config-unknown-key', '`<<`'],
];

const values: readonly Case[] = [
  ['version', 'version: 1', 'version: ▲2', 'config-invalid', 'cannot be 2'],
  ['version as text', 'version: 1', 'version: ▲"1"', 'config-invalid', 'cannot be "1"'],
  ['workspace in capitals', 'hanbit-alliance', '▲Hanbit', 'config-invalid', 'cannot be "Hanbit"'],
  ['workspace in Korean', 'hanbit-alliance', '▲한빛', 'config-invalid', 'cannot be "한빛"'],
  ['workspace too long', 'hanbit-alliance', `▲${'a'.repeat(33)}`, 'config-invalid', '`workspace` cannot be'],
  ['workspace with a hyphen first', 'hanbit-alliance', '▲"-a"', 'config-invalid', '`workspace` cannot be'],
  ['locale', 'locale: ko', 'locale: ▲kr', 'config-invalid', '`locale` cannot be "kr"', 'ko'],
  ['timezone', 'Asia/Seoul', '▲Asia/Soul', 'config-invalid', 'cannot be "Asia/Soul"', 'Asia/Seoul'],
  ['timezone as an offset', 'Asia/Seoul', '▲"+09:00"', 'config-invalid', 'cannot be "+09:00"'],
  ['country', 'KR, DE', 'KR, ▲kor', 'config-invalid', '`calendar.holidays.1` cannot be "kor"'],
  ['day that does not exist', '2026-12-31', '▲2026-02-29', 'config-invalid', 'cannot be "2026-02-29"'],
  ['day as a month', '2026-12-31', '▲2026-12', 'config-invalid', 'cannot be "2026-12"'],
  [
    'day added and removed',
    'remove: [2026-05-01]',
    'remove: [▲2026-12-31]',
    'config-invalid',
    'both added and removed',
  ],
  ['e-mail', 'seoyeon@example.com', '▲seoyeon', 'config-invalid', 'cannot be "seoyeon"'],
  ['ids of an unknown connection', 'notion: user-1', '▲notoin: user-1', 'config-invalid', '"notoin"', 'notion'],
  [
    'alias of two people',
    '  박지우: {}',
    '  박지우: { aliases: [▲seoyeon kim] }',
    'config-invalid',
    'already means "김서연"',
  ],
  ['type of a connection', 'type: notion', 'type: ▲notoin', 'config-invalid', 'cannot be "notoin"', 'notion'],
  [
    'plan of the other tool',
    'type: notion, plan: plus',
    'type: notion, plan: ▲team',
    'config-invalid',
    'cannot be "team"',
  ],
  ['plan', 'plan: plus', 'plan: ▲pluss', 'config-invalid', 'cannot be "pluss"', 'plus'],
  ['name of a variable', 'HANBIT_AIRTABLE', '▲HANBIT-AIRTABLE', 'config-invalid', 'tokenEnv` cannot be'],
  [
    'connection that is not there',
    'connection: notion\n    id: 0',
    'connection: ▲notoin\n    id: 0',
    'config-invalid',
    'there is no connection "notoin"',
    'notion',
  ],
  [
    'Notion link with a view only',
    '0123456789abcdef0123456789abcdee',
    '▲https://www.notion.so/x?v=0123456789abcdef0123456789abcdee',
    'config-invalid',
    'sources.tasks.id` cannot be',
  ],
  ['base by name', 'base: appAAAAAAAAAAAAAA', 'base: ▲Our base', 'config-invalid', 'cannot be "Our base"'],
  ['table as a link', 'table: Risk register', 'table: ▲https://airtable.com/appA/tblB', 'config-invalid', 'is a link'],
  [
    'Notion keys on Airtable',
    'table: Risk register',
    'table: R\n    ▲id: 0123456789abcdef0123456789abcdef',
    'config-invalid',
    '`sources.risks.id` does not belong to Airtable',
  ],
  [
    'Airtable keys on Notion',
    'id: 0123456789abcdef0123456789abcdee',
    'id: 0123456789abcdef0123456789abcdee\n    ▲table: T',
    'config-invalid',
    '`sources.tasks.table` does not belong to Notion',
  ],
  [
    'table missing',
    '  risks:\n    connection: airtable\n    base: appAAAAAAAAAAAAAA\n    table: Risk register',
    '  ▲risks:\n    connection: airtable\n    base: appAAAAAAAAAAAAAA',
    'config-invalid',
    '`sources.risks.table` is missing',
  ],
  [
    'id missing',
    '  tasks:\n    connection: notion\n    id: 0123456789abcdef0123456789abcdee',
    '  ▲tasks:\n    connection: notion',
    'config-invalid',
    '`sources.tasks.id` is missing',
  ],
  ['canonical value', 'S: strategic', 'S: ▲strategc', 'config-invalid', 'cannot be "strategc"', 'strategic'],
  ['canonical value as a label', 'S: strategic', 'S: ▲전략', 'config-invalid', 'cannot be "전략"'],
  [
    'canonical value with a space',
    '순조: on-track',
    '순조: ▲On Track',
    'config-invalid',
    'cannot be "On Track"',
    'on-track',
  ],
  ['value of another vocabulary', '순조: on-track', '순조: ▲behind', 'config-invalid', 'cannot be "behind"'],
  [
    'canonical value in a list',
    '[watch, insufficient-data]',
    '[▲wacth, insufficient-data]',
    'config-invalid',
    '"wacth"',
    'watch',
  ],
  ['grade none', '[high, critical]', '[high, ▲none]', 'config-invalid', 'cannot be "none"'],
  ['empty list of values', '[high, critical]', '▲[]', 'config-invalid', 'is empty'],
  ['two labels for one value', '위험: at-risk', '▲위험: watch', 'config-invalid', '`watch` has two labels'],
  ['cadence', '월간: monthly', '월간: ▲montly', 'config-invalid', 'cannot be "montly"', 'monthly'],
  ['cadence of no days', '45일: 45', '45일: ▲0', 'config-invalid', 'must be at least 1, not 0'],
  ['part', 'part: start', 'part: ▲begin', 'config-invalid', 'cannot be "begin"'],
  ['number as a column', 'name: 파트너사', 'name: ▲2026', 'config-invalid', 'must be a text, not 2026'],
  ['list as a column', 'name: 파트너사', 'name: ▲[a, b]', 'config-invalid', 'must be a text, not a list'],
  ['blank column', 'name: 파트너사', 'name: ▲"  "', 'config-invalid', 'cannot be "  "'],
  ['nothing as a column', 'name: 파트너사', '▲name:', 'config-invalid', 'has no value'],
  ['createOptions', 'createOptions: true', 'createOptions: ▲yes', 'config-invalid', 'must be true or false, not "yes"'],
  [
    'block without property',
    '{ property: 계약 기간, part: start }',
    '{ part: start }',
    'config-invalid',
    'start.property` is missing',
  ],
  ['negative weight', 'trust: 40', 'trust: ▲-1', 'config-invalid', 'must be at least 0, not -1'],
  ['infinite weight', 'trust: 40', 'trust: ▲.inf', 'config-invalid', 'must be a number'],
  [
    'weights of nothing',
    '{ trust: 40 }',
    '{ performance: ▲0, delivery: 0, trust: 0, strategic: 0 }',
    'config-invalid',
    'cannot be 0',
  ],
  [
    'share above 1',
    'health: { weights',
    'health: { minimumCoverage: ▲60, weights',
    'config-invalid',
    'must be at most 1, not 60',
  ],
  [
    'bands out of order',
    'health: { weights',
    'health: { bands: { watch: ▲90 }, weights',
    'config-invalid',
    'cannot be 90',
  ],
  [
    'band below a default',
    'health: { weights',
    'health: { ▲bands: { onTrack: 40 }, weights',
    'config-invalid',
    'bands.watch` does not fit',
  ],
  ['paces out of order', 'policy:', 'policy:\n  kpi: { behindPace: ▲0.97 }', 'config-invalid', 'cannot be 0.97'],
  ['warning after alarm', 'warn: 20', 'warn: ▲90', 'config-invalid', 'cannot be 90'],
  ['half a day', 'warn: 20', 'warn: ▲1.5', 'config-invalid', 'must be a whole number, not 1.5'],
  ['code that is no code', 'disabled: [silence]', 'disabled: [▲Silence!]', 'config-invalid', 'cannot be "Silence!"'],
  [
    'text instead of a block',
    'calendar: { holidays: [KR, DE], extra: [2026-12-31], remove: [2026-05-01] }',
    'calendar: ▲KR',
    'config-invalid',
    'must be a block of keys, not "KR"',
  ],
  ['two fields on one column', 'code: 코드', 'code: ▲파트너사', 'config-invalid', 'is read as `name` and as `code`'],
  ['one end of a range twice', 'part: end', 'part: start', 'config-invalid', 'is read as `start` and as `end`'],
  [
    'one end and the whole',
    '{ property: 계약 기간, part: end }',
    '▲계약 기간',
    'config-invalid',
    'is read as `start` and as `end`',
  ],
  [
    'column read and managed',
    'health: 건강 점수',
    'health: ▲코드',
    'config-invalid',
    'is read as `code` and managed as `health`',
  ],
  [
    'column read and managed, decomposed',
    'health: 건강 점수',
    `health: ▲${'코드'.normalize('NFD')}`,
    'config-invalid',
    'is read as `code` and managed as',
  ],
  [
    'column managed twice',
    'health: 건강 점수',
    'health: ▲진행 상태',
    'config-invalid',
    'is managed as `status` and as `health`',
  ],
  [
    'column of the link managed',
    'achievement: Achievement',
    'achievement: ▲Partner code',
    'config-invalid',
    'joins the rows by `link`',
  ],
  ['link without codes', 'code: 코드\n', 'type: 코드\n', 'config-invalid', 'has nothing to join with'],
  ['link to something else', 'to: code', 'to: ▲name', 'config-invalid', 'cannot be "name"'],
  [
    'no partnership and no link',
    'fields: { name: Risk, partnership: Partner }',
    '▲fields: { name: Risk }',
    'config-invalid',
    '`sources.risks.fields.partnership` is missing',
  ],
  [
    'no name',
    'fields: { name: Name, target: Target }',
    '▲fields: { target: Target }',
    'config-invalid',
    '`sources.kpis.fields.name` is missing',
  ],
  [
    'no key on tasks',
    'fields: { title: 할 일, key: Tandem key }',
    '▲fields: { title: 할 일 }',
    'config-invalid',
    '`sources.tasks.fields.key` is missing',
  ],
  [
    'no fields',
    '    fields: { title: 할 일, key: Tandem key }\n',
    '',
    'config-invalid',
    '`sources.tasks.fields` is missing',
  ],
  ['no time zone', 'timezone: Asia/Seoul\n', '', 'config-invalid', '`timezone` is missing'],
];

const syntax: readonly Case[] = [
  ['tab', 'connections:\n  notion', 'connections:\n▲\tnotion', 'config-invalid', 'a tab is used to indent'],
  ['key twice', 'locale: ko', 'locale: ko\n▲version: 1', 'config-invalid', 'this key stands here twice'],
  [
    'key twice in another form',
    '  박지우: {}',
    `  박지우: {}\n  ▲${'박지우'.normalize('NFD')}: {}`,
    'config-invalid',
    'twice',
  ],
  ['label twice', 'A: core', '▲S: core', 'config-invalid', 'this key stands here twice'],
  ['alias without an anchor', 'name: 파트너사', 'name: ▲*partner', 'config-invalid', 'this alias refers to nothing'],
  ['alias as a key', 'code: 코드', 'code: &c 코드\n      ▲*c : x', 'config-invalid', 'this key is not a plain word'],
  ['tag', 'locale: ko', 'locale: ▲!!js/function ko', 'config-invalid', 'this is not valid YAML'],
  ['second document', 'locale: ko', '▲---\nlocale: ko', 'config-invalid', 'a second document begins here'],
  ['colon in a name', '건강 점수', '▲점수: 건강', 'config-invalid', 'this is not valid YAML'],
];

describe('one mistake', () => {
  it.each(rowsOf([...unknownKeys, ...values]))('%s', (_, from, to, code, says, guess) => {
    const { text, places } = unmark(changed(from, to));
    const [error, ...rest] = errorsOf(text);
    expect(rest).toEqual([]);
    expect(error).toMatchObject({ code, file: 'tandem.yaml' });
    expect(error?.what).toContain(says);
    expect(error?.didYouMean).toBe(guess);
    if (places.length > 0) expect(error && placeOf(error)).toBe(places[0]);
  });

  it.each(rowsOf(syntax))('of YAML: %s', (_, from, to, code, says) => {
    const { text, places } = unmark(changed(from, to));
    const errors = errorsOf(text);
    const found = errors.find(({ what }) => what.includes(says));
    expect(found).toMatchObject({ code });
    expect(found && placeOf(found)).toBe(places.at(-1));
  });

  it.each([
    ['CRLF line ends', (text: string) => text.replaceAll('\n', '\r\n')],
    ['a byte order mark', (text: string) => `\uFEFF${text}`],
  ])('is pointed at exactly with %s', (_, dress) => {
    expect(errorsOf(dress(changed('locale: ko', 'locale: kr'))).map(placeOf)).toEqual(['4:9']);
    expect(errorsOf(dress('versio: 1\n'.concat(FULL.slice(FULL.indexOf('workspace'))))).map(placeOf)).toEqual(['1:1']);
  });
});
