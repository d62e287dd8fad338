import { describe, expect, it } from 'vitest';
import { createApp } from '../../src/app.js';
import { loadConfig } from '../../src/config/load.js';
import { ENTITIES, type EntityName, type FieldDeclaration, type FieldType } from '../../src/domain/entities.js';
import { createLogger } from '../../src/log.js';
import type { RunReport } from '../../src/pipeline/report.js';
import { createSandbox } from '../../src/sandbox/index.js';
import { ENGLISH_PARTNERS } from '../../src/sandbox/samples/english-partners.js';
import { SAMPLES, type SampleName } from '../../src/sandbox/samples/index.js';
import { KOREAN_PARTNERS } from '../../src/sandbox/samples/korean-partners.js';
import { SandboxWorkspace } from '../../src/sandbox/workspace.js';
import { createMemoryState } from '../../src/state/memory.js';
import { createVirtualClock } from '../support/virtual-clock.js';
import { bareTables, columnOf, configOf, idsIn, type Row, type Table, tablesOf } from './sample-tables.js';

const ANCHOR = '2026-11-23';
const NAMES: readonly SampleName[] = ['korean', 'english'];
const STORIES = { korean: KOREAN_PARTNERS, english: ENGLISH_PARTNERS } as const;

/** A plan through the real tools' protocol, connectors and rules. */
async function planOf(name: SampleName, asOf: string): Promise<RunReport> {
  const sandbox = createSandbox(SAMPLES[name].build(asOf), { enforceRates: false });
  const clock = createVirtualClock();
  const app = createApp({
    config: configOf(name),
    state: createMemoryState(clock),
    clock,
    fetch: sandbox.fetch,
    random: () => 0,
    logger: createLogger({ level: 'silent', secrets: [], write: () => undefined }),
    asOf,
  });
  return (await app.plan({ signal: new AbortController().signal })).report;
}

describe.each(NAMES)('the %s sample', (name) => {
  const workspace = SAMPLES[name].build(ANCHOR);
  const config = configOf(name);
  const tables = tablesOf(config, workspace);
  const tableOf = (entity: EntityName): Table => {
    const table = tables.get(entity);
    if (table === undefined) throw new Error(`${name} has no ${entity}`);
    return table;
  };
  const rowsOf = (entity: EntityName): readonly Row[] => tableOf(entity).rows;
  const textsOf = (entity: EntityName, field: string): readonly string[] =>
    rowsOf(entity).flatMap((row) => {
      const cell = row.get(field);
      return typeof cell === 'string' ? [cell] : [];
    });

  it('is a workspace the sandbox accepts', () => {
    expect(SandboxWorkspace.parse(structuredClone(workspace))).toEqual(workspace);
  });

  it('is the same for the same anchor, and moves with it without changing an id', () => {
    expect(JSON.stringify(SAMPLES[name].build(ANCHOR))).toBe(JSON.stringify(workspace));
    const later = SAMPLES[name].build('2028-02-29');
    const ids = (given: SandboxWorkspace) => bareTables(given).map((table) => table.rows.map((row) => row.id));
    expect(ids(later)).toEqual(ids(workspace));
    expect(JSON.stringify(later)).not.toBe(JSON.stringify(workspace));
    expect(() => SAMPLES[name].build('someday')).toThrow(RangeError);
  });

  it('reads its own tokens', () => {
    const tokens: Readonly<Record<string, string>> = SAMPLES[name].tokens;
    expect(tokens.NOTION_TOKEN).toBe(workspace.notion?.token);
    expect(tokens.AIRTABLE_TOKEN).toBe(workspace.airtable?.token);
  });

  it.each<[EntityName, number]>([
    ['partnerships', 22],
    ['kpis', 85],
    ['measurements', 4],
    ['milestones', 40],
    ['reviews', 40],
    ['risks', 25],
    ['agreements', 24],
    ['contacts', 45],
    ['interactions', 80],
    ['tasks', 4],
  ])('has enough %s', (entity, count) => {
    expect(rowsOf(entity).length).toBeGreaterThanOrEqual(count);
  });

  it('was filled over time, before the anchor', () => {
    const created = bareTables(workspace).flatMap((table) => table.rows.map((row) => row.createdTime.slice(0, 10)));
    expect(created.every((day) => day < ANCHOR)).toBe(true);
    expect(new Set(created).size).toBeGreaterThan(100);
  });

  it('leaves every managed cell empty and every task without a key', () => {
    for (const [, table] of tables) {
      for (const { property } of Object.values(table.source.manages)) {
        const column = columnOf(table, property)?.name ?? '';
        expect(table.rows.every((row) => (row.cells[column] ?? null) === null)).toBe(true);
      }
    }
    expect(textsOf('tasks', 'key')).toEqual([]);
    expect(textsOf('tasks', 'title').length).toBeGreaterThanOrEqual(4);
  });

  it('uses no id twice', () => {
    const all = bareTables(workspace);
    const ids = all.flatMap((table) => [table.id, ...table.rows.map((row) => row.id)]);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { columns } of all) expect(new Set(columns.map((column) => column.id)).size).toBe(columns.length);
  });

  it('refers to nothing that is missing', () => {
    const all = bareTables(workspace);
    const people = new Set([
      ...(workspace.notion?.users.map((user) => user.id) ?? []),
      ...(workspace.airtable?.collaborators.map((person) => person.id) ?? []),
    ]);
    for (const { columns, rows } of all) {
      for (const column of columns) {
        const other = all.find((table) => table.id === column.linksTo);
        expect(other === undefined).toBe(column.linksTo === undefined);
        const targets = new Set(other?.rows.map((row) => row.id));
        for (const row of rows) {
          const cell = row.cells[column.name] ?? null;
          if (column.linksTo !== undefined) expect(idsIn(cell).filter((id) => !targets.has(id))).toEqual([]);
          if (PEOPLE.has(column.type)) expect(idsIn(cell).filter((id) => !people.has(id))).toEqual([]);
          if (LABELS.has(column.type) && cell !== null) expect(column.options).toContain(cell);
        }
      }
    }
  });

  it('shows a two-way relation the same from both sides', () => {
    const partners = tableOf('partnerships');
    const talks = tableOf('interactions');
    const back = partners.columns.find((column) => column.linksTo === talks.id);
    for (const partner of partners.rows) {
      const there = talks.rows.filter((row) => idsIn(row.get('partnership')).includes(partner.id)).map(({ id }) => id);
      expect([...idsIn(partner.cells[back?.name ?? ''])].sort()).toEqual([...there].sort());
    }
  });

  it('has every configured property, of a type that can hold the field', () => {
    for (const [entity, table] of tables) {
      const declarations: Readonly<Record<string, FieldDeclaration>> = ENTITIES[entity];
      for (const [field, { property }] of Object.entries(table.source.fields)) {
        const type = columnOf(table, property)?.type;
        expect(FITTING[declarations[field]?.type.kind ?? 'text'], `${entity}.${field}: ${property}`).toContain(type);
      }
      for (const [managed, { property }] of Object.entries(table.source.manages)) {
        expect(WRITABLE, `${entity}.${managed}: ${property}`).toContain(columnOf(table, property)?.type);
      }
      const { link } = table.source;
      if (link !== undefined) expect(columnOf(table, link.field)?.type).toBe('singleLineText');
    }
  });

  it('translates labels the columns have, and none they lack', () => {
    for (const [entity, table] of tables) {
      const mappings = [...Object.values(table.source.fields), ...Object.values(table.source.manages)];
      for (const { property, values } of mappings) {
        const options = columnOf(table, property)?.options ?? [];
        for (const label of Object.keys(values ?? {})) expect(options, `${entity}: ${property}`).toContain(label);
      }
    }
  });

  it.each(['2026-11-23', '2027-02-28', '2028-02-29'])('tells its stories on %s', async (asOf) => {
    const report = await planOf(name, asOf);
    expect(report.errors).toEqual([]);
    const byId = new Map(report.assessments.map((item) => [item.partnership.id, item.status]));
    const told = STORIES[name].map(({ who, outcome }) => {
      const row = rowsOf('partnerships').find((candidate) => candidate.get('code') === who.code);
      return [who.code, byId.get(row?.id ?? ''), STATUS[outcome]];
    });
    expect(told.filter(([, status, expected]) => status !== expected)).toEqual([]);
    expect(told).toHaveLength(report.assessments.length);
    expect(report.plan.summary.creates).toBeGreaterThanOrEqual(8);
    expect(report.plan.summary.guard.stopped).toBe(false);
  });
});

describe('the outcomes of a sample', () => {
  it.each(NAMES)('are spread: %s', (name) => {
    const count = (outcome: string) => STORIES[name].filter((story) => story.outcome === outcome).length;
    expect([count('healthy'), count('watch'), count('risk'), count('thin')]).toEqual([9, 6, 5, 2]);
  });
});

describe('the example for a first-time user', () => {
  it('loads with one token and talks to no sandbox', () => {
    const loaded = loadConfig({ file: 'config/tandem.example.yaml', env: { NOTION_TOKEN: 'ntn_sandbox_example' } });
    if ('errors' in loaded) throw new Error(JSON.stringify(loaded.errors));
    expect(loaded.config.sources.map((source) => source.entity)).toEqual(['partnerships', 'kpis', 'tasks']);
    expect(Object.values(loaded.config.connections).map((connection) => connection.baseUrl)).toEqual([undefined]);
  });
});

const STATUS = { healthy: 'on-track', watch: 'watch', risk: 'at-risk', thin: 'insufficient-data' } as const;

const PEOPLE = new Set(['people', 'singleCollaborator']);
const LABELS = new Set(['select', 'status', 'singleSelect']);
const NUMBERS = ['number', 'formula', 'rollup', 'percent', 'currency', 'rich_text', 'singleLineText'];
const FITTING: Readonly<Record<FieldType['kind'], readonly string[]>> = {
  text: ['title', 'rich_text', 'select', 'singleLineText', 'multilineText', 'singleSelect'],
  number: NUMBERS,
  count: ['number', 'rollup'],
  date: ['date'],
  flag: ['checkbox'],
  people: ['people', 'singleCollaborator'],
  label: ['select', 'status', 'singleSelect'],
  cadence: ['select', 'singleSelect'],
  plan: ['rich_text', 'multilineText'],
  countries: ['rich_text', 'multi_select', 'singleLineText', 'multipleSelects'],
  link: ['relation', 'multipleRecordLinks'],
};
const WRITABLE = ['select', 'number', 'rich_text', 'date', 'singleSelect', 'percent', 'multilineText'];
