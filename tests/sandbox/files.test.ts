/** The files a person gives to the sandbox: tables of one's own and fault scripts, and what is said about mistakes. */
import { Client } from '@notionhq/client';
import Airtable from 'airtable';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readWorkspace } from '../../src/sandbox/file/index.js';
import { createSandbox, readFaults, startSandbox } from '../../src/sandbox/index.js';
import { SAMPLES } from '../../src/sandbox/samples/index.js';
import { NEWEST } from './notion-world.js';

const OWN = `
people:
  - 김서연
  - { name: 이도현, email: dohyun@example.com, airtable: usrLee00000000001 }
notion:
  tables:
    - name: 파트너
      id: 11111111-2222-4333-8444-555555555555
      columns:
        파트너사: title
        코드: rich_text
        등급: { type: select, options: [전략, 핵심] }
        담당자: people
        할 일: { type: relation, relatesTo: 할 일, syncedAs: 파트너 }
      rows:
        - { 파트너사: 한빛, 코드: HB-1, 등급: 전략, 담당자: 김서연, $created: 2026-03-01 }
        - { 파트너사: 새봄, 담당자: [이도현, 김서연], $id: 22222222-2222-4333-8444-555555555555 }
        - { 파트너사: 지난 일, $trashed: true }
    - name: 할 일
      columns:
        제목: title
        마감일: date
        파트너: { type: relation, relatesTo: 파트너, syncedAs: 할 일 }
      rows:
        - { 제목: 점검, 마감일: 2026-12-01, 파트너: 한빛 }
airtable:
  tables:
    - name: Partners
      base: appPartners000000
      columns: { Name: singleLineText, KPIs: { type: multipleRecordLinks, linksTo: KPIs, syncedAs: Partner } }
      rows: [{ Name: Hanbit }]
    - name: KPIs
      base: appPartners000000
      columns:
        Name: singleLineText
        Target: { type: number, options: { precision: 1 } }
        Status: { type: singleSelect, options: [On track] }
        Owner: singleCollaborator
        Partner: { type: multipleRecordLinks, linksTo: Partners, syncedAs: KPIs }
      rows:
        - { Name: Sales, Target: 100, Status: On track, Owner: 이도현, Partner: Hanbit }
`;

describe("tables of one's own", () => {
  it('are served to the official clients, with ids made up where none are given', async () => {
    const workspace = readWorkspace(OWN, 'own.yaml');
    const sandbox = await startSandbox(workspace);
    onTestFinished(() => sandbox.close());
    const notion = new Client({ auth: workspace.notion!.token, baseUrl: sandbox.url, notionVersion: NEWEST });
    const source = '11111111-2222-4333-8444-555555555555';
    const { results } = await notion.dataSources.query({ data_source_id: source });
    expect(results).toHaveLength(2);
    const rows = sandbox.notion!.pages(source);
    const task = sandbox.notion!.pages(workspace.notion!.databases[1]!.dataSources[0]!.id)[0]!;
    expect(rows.map(({ values }) => values.파트너사)).toEqual(['새봄', '지난 일', '한빛']);
    expect(rows[2]).toMatchObject({
      createdTime: '2026-03-01T00:00:00.000Z',
      values: { 코드: 'HB-1', 등급: '전략', '할 일': [task.id] },
    });
    expect(rows[0]).toMatchObject({ id: '22222222-2222-4333-8444-555555555555', inTrash: false });
    expect(rows[0]!.values.담당자).toHaveLength(2);
    expect([rows[1]!.inTrash, task.values.마감일]).toEqual([true, '2026-12-01']);

    const base = new Airtable({ apiKey: workspace.airtable!.token, endpointUrl: sandbox.url }).base(
      'appPartners000000',
    );
    const [kpi] = await base('KPIs').select().firstPage();
    const [partner] = await base('Partners').select().firstPage();
    expect(kpi!.fields).toEqual({
      Name: 'Sales',
      Target: 100,
      Status: 'On track',
      Owner: { id: 'usrLee00000000001', email: 'dohyun@example.com', name: '이도현' },
      Partner: [partner!.id],
    });
    expect(partner!.fields.KPIs).toEqual([kpi!.id]);
  });

  it('are the same at every reading, YAML or JSON', () => {
    const workspace = readWorkspace(OWN, 'own.yaml');
    expect(readWorkspace(OWN, 'own.yaml')).toEqual(workspace);
  });

  it('may be a whole workspace', () => {
    const sample = SAMPLES.korean.build('2026-11-23');
    expect(readWorkspace(JSON.stringify(sample), 'sample.json')).toEqual(sample);
  });

  const table = (...lines: string[]) =>
    ['notion:', '  tables:', '    - name: 파트너', ...lines.map((line) => `      ${line}`)].join('\n');

  it.each<[string, string, readonly string[]]>([
    ['nothing in it', '{}', ['own.yaml:1:1: there is neither notion nor airtable.']],
    ['a tab', 'notion:\n\ttables: []', ['own.yaml:2:1: Tabs are not allowed as indentation']],
    [
      'a word that is not known',
      'notion:\n  tabels: []\n',
      ['own.yaml:2:3: notion.tables: Invalid input', 'own.yaml:2:3: notion.tabels: is not known here.'],
    ],
    [
      'a type that is not known',
      table('columns: { 이름: titel }'),
      ['own.yaml:4:22: notion.tables[0].columns.이름.type: "titel" is none of: title, ', 'Did you mean "title"?'],
    ],
    [
      'two titles',
      table('columns: { 이름: title, 별명: title }'),
      ['own.yaml:4:7: notion.tables[0].columns: a Notion table has one title column, this one has 2.'],
    ],
    [
      'a column, a person, a row and a date that are not there',
      table(
        'columns: { 이름: title, 담당: people, 위: { type: relation, relatesTo: 파트너 } }',
        'rows:',
        '  - { 이름: 하나, 이릅: 둘, 담당: 누구, 위: 셋, $created: soon, $id: 7 }',
      ),
      [
        'own.yaml:6:21: notion.tables[0].rows[0].이릅: there is no such column.',
        'own.yaml:6:28: notion.tables[0].rows[0].담당: there is nobody called "누구" under people.',
        'rows[0].위: there is no row "셋" in "파트너".',
        'rows[0].$created: is no date.',
        'rows[0].$id: is no id of a row here: they look like ',
      ],
    ],
    [
      'a relation and a link to nowhere',
      `${table('columns: { 이름: title, 위: { type: relation, relatesTo: 파트나 } }')}
airtable:
  tables:
    - name: KPIs
      columns: { Name: singleLineText, Up: multipleRecordLinks, Down: { type: multipleRecordLinks, linksTo: KPIs, syncedAs: Side } }
`,
      [
        'columns.위.relatesTo: a relation names a table here. Did you mean "파트너"?',
        'columns.Up.linksTo: a link names a table here.',
        'columns.Down.syncedAs: "KPIs" has no column "Side".',
      ],
    ],
  ])('with %s are refused, all mistakes at once with their lines', (_, text, told) => {
    expect(() => readWorkspace(text, 'own.yaml')).toThrow();
    try {
      readWorkspace(text, 'own.yaml');
    } catch (error) {
      for (const part of told) expect(String(error)).toContain(part);
    }
  });
});

describe('a fault script', () => {
  const workspace = readWorkspace(OWN, 'own.yaml');

  it('may say little or much', () => {
    const script = readFaults(
      'seed: 7\nindexLag: 5\nrules:\n  - fault: drop\n  - { on: [notion.pages.create, airtable.writes], nth: 2, fault: late }\n',
      'faults.yaml',
      workspace,
    );
    expect(script).toEqual({
      seed: 7,
      indexLag: 5,
      rules: [
        { on: ['*'], fault: { kind: 'drop' } },
        {
          on: ['notion.pages.create', 'airtable.writes'],
          nth: [2],
          fault: { kind: 'late', seconds: 20, answer: 'drop' },
        },
      ],
    });
  });

  it.each<[string, string, readonly string[]]>([
    [
      'an operation that is not there',
      '- { on: notion.page.create, fault: drop }',
      [
        'faults.yaml:2:9: rules[0].on[0]: there is no operation "notion.page.create". Did you mean "notion.pages.create"?',
      ],
    ],
    [
      'a kind that is not there',
      '- fault: explode',
      ['faults.yaml:2:10: rules[0].fault.kind: "explode" is none of: drop, '],
    ],
    ['no kind', '- on: writes', ['faults.yaml:2:3: rules[0].fault']],
    [
      'a word that is not known',
      '- fault: { kind: late, second: 3 }',
      ['faults.yaml:2:24: rules[0].fault.second: is not known here.'],
    ],
    [
      'two ways to count',
      '- { nth: 1, chance: 0.5, fault: drop }',
      ['faults.yaml:2:13: rules[0].chance: say nth or chance, not both.'],
    ],
    ['a chance above one', '- { chance: 5, fault: drop }', ['faults.yaml:2:5: rules[0].chance: Too big']],
    [
      'a table that is not there',
      '- { table: 파트나, fault: drop }',
      ['faults.yaml:2:5: rules[0].table: there is no table "파트나".'],
    ],
    [
      'a column that is not there',
      '- fault: { kind: column-deleted, table: 파트너, column: 코 }',
      ['rules[0].fault.column: there is no column "코"; there are 파트너사, 코드'],
    ],
    [
      'cells that are not there',
      '- { table: 할 일, fault: { kind: row-edited, cells: { 제몫: x } } }',
      ['rules[0].fault.cells.제몫: there is no column "제몫"; there are 제목, '],
    ],
    [
      'a type Notion does not have',
      '- fault: { kind: column-retyped, table: 파트너, column: 코드, to: singleLineText }',
      ['rules[0].fault.to: there is no type "singleLineText"'],
    ],
  ])('with %s is refused', (_, rule, told) => {
    const text = `rules:\n${rule}\n`;
    expect(() => readFaults(text, 'faults.yaml', workspace)).toThrow();
    try {
      readFaults(text, 'faults.yaml', workspace);
    } catch (error) {
      for (const part of told) expect(String(error)).toContain(part);
    }
  });

  it('given by a program is checked as well', () => {
    const rules = [{ table: 'Nowhere', fault: 'drop' as const }];
    expect(() => createSandbox(workspace, { faults: { rules } })).toThrow(
      'rules.0.table: there is no table "Nowhere".',
    );
  });
});
