import { describe, expect, it } from 'vitest';
import type { Cell } from '../../../src/domain/cells.js';
import { CATALOGUES } from '../../../src/messages/index.js';
import { type Proposal, type ProposedSource, propose } from '../../../src/pipeline/init/propose.js';
import { type SeenColumn, type SeenRows, seenTables } from '../../support/seen-tables.js';

const text = (words: string): Cell => ({ kind: 'text', text: words });
const label = (...labels: string[]): Cell => ({ kind: 'labels', labels });
const HEALTH = ['On track', 'Watch', 'At risk', 'Insufficient data'];

const name: SeenColumn = { name: 'Partner', type: 'title' };
const partner: SeenColumn = { name: 'Whose', type: 'relation', to: 'Partners' };
const partners = (...columns: readonly SeenColumn[]): SeenRows => ({ title: 'Partners', columns: [name, ...columns] });
const kpis = (...columns: readonly SeenColumn[]): SeenRows => ({
  title: 'KPIs',
  columns: [{ name: 'KPI', type: 'title' }, partner, ...columns],
});

const proposed = (tables: readonly SeenRows[], ours = false): Proposal =>
  propose(seenTables(tables, ours), CATALOGUES.en);

function source(proposal: Proposal, entity: string): ProposedSource {
  const found = proposal.sources.find((candidate) => candidate.entity === entity);
  if (found === undefined) throw new Error(`nothing was found for ${entity}`);
  return found;
}

const fieldsOf = (proposal: Proposal, entity: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    [...source(proposal, entity).columns.fields].map(([field, { property }]) => [field, property.name]),
  );

describe('what people have entered', () => {
  const filled = (status: Cell): readonly SeenRows[] => [
    { ...partners({ name: 'Status', type: 'select', options: HEALTH }), rows: [{ Status: status }] },
  ];

  it('is never taken over: a column with the name of a result that holds anything is told instead', () => {
    const { columns, unmanaged } = source(proposed(filled(label('Watch'))), 'partnerships');
    expect([...columns.managed.keys()]).toEqual([]);
    expect(columns.misfits).toMatchObject([{ role: 'managed', name: 'status', fault: 'filled' }]);
    expect(unmanaged).toContain('status');
  });

  it('does not stand in the way where it is nothing', () => {
    const { columns } = source(proposed(filled({ kind: 'empty' })), 'partnerships');
    expect([...columns.managed.keys()]).toEqual(['status']);
  });

  it('is Tandem’s own where Tandem has been before', () => {
    const { columns } = source(proposed(filled(label('Watch')), true), 'partnerships');
    expect([...columns.managed.keys()]).toEqual(['status']);
  });

  it('makes a field of a column that might have been a result', () => {
    const date: SeenRows = {
      ...partners({ name: 'Next review', type: 'date' }),
      rows: [{ 'Next review': { kind: 'date', start: '2026-12-01' } }],
    };
    expect(fieldsOf(proposed([date]), 'partnerships')).toMatchObject({ nextReview: 'Next review' });
    const empty = source(proposed([{ ...date, rows: [{}] }]), 'partnerships').columns;
    expect([...empty.managed.keys()]).toEqual(['nextReview']);
  });
});

describe('a column', () => {
  it.each([
    { found: 'by its name', column: { name: 'Review cadence', type: 'select' }, field: 'reviewCadence', why: 'name' },
    { found: 'in Korean', column: { name: '점검 주기', type: 'text' }, field: 'reviewCadence', why: 'name' },
    { found: 'whatever its case', column: { name: 'END-DATE', type: 'date' }, field: 'end', why: 'name' },
    {
      found: 'without what is in brackets',
      column: { name: 'Notice (days)', type: 'number' },
      field: 'noticeDays',
      why: 'name',
    },
    {
      found: 'by a word in its name',
      column: { name: 'Latest contract end (EU)', type: 'date' },
      field: 'end',
      why: 'word',
    },
    { found: 'as the only one with people', column: { name: 'Champion', type: 'people' }, field: 'owner', why: 'only' },
    {
      found: 'by its options alone',
      column: { name: 'Bucket', type: 'select', options: ['Strategic', 'Core', 'Basic'] },
      field: 'tier',
      why: 'options',
    },
  ] as const)('is found $found', ({ column, field, why }) => {
    const { columns } = source(proposed([partners(column)]), 'partnerships');
    expect(columns.fields.get(field)).toMatchObject({ why, property: { name: column.name } });
  });

  it('is found by the table it links to, whatever its name', () => {
    const proposal = proposed([partners(), kpis()]);
    expect(source(proposal, 'kpis').columns.fields.get('partnership')).toMatchObject({ why: 'relation' });
  });

  it('is not taken for a relation when it links elsewhere', () => {
    const elsewhere: SeenColumn = { name: 'Partner', type: 'relation', to: 'Competitors' };
    const table: SeenRows = { title: 'KPIs', columns: [{ name: 'KPI', type: 'title' }, elsewhere] };
    const { lacking, columns } = source(proposed([partners(), table]), 'kpis');
    expect(lacking).toEqual(['partnership']);
    expect(columns.misfits).toMatchObject([{ name: 'partnership', fault: 'wrong-table' }]);
  });

  it('names the others that would do nearly as well', () => {
    const proposal = proposed([
      partners(
        { name: 'Expiry date', type: 'date' },
        { name: 'End date', type: 'date' },
        { name: 'Expires', type: 'date' },
      ),
    ]);
    const end = source(proposal, 'partnerships').columns.fields.get('end');
    expect(end).toMatchObject({ property: { name: 'End date' }, others: ['Expires', 'Expiry date'] });
  });

  it('serves one field only', () => {
    const proposal = proposed([partners(), kpis({ name: 'Target', type: 'number' })]);
    const used = Object.values(fieldsOf(proposal, 'kpis'));
    expect(new Set(used).size).toBe(used.length);
  });

  it('holds both ends of a term, unless each has its own', () => {
    const period: SeenColumn = { name: 'Period', type: 'date' };
    const both = source(proposed([partners(), kpis(period)]), 'kpis').columns.fields;
    expect([both.get('start')?.part, both.get('end')?.part]).toEqual(['start', 'end']);
    const apart = proposed([partners(), kpis(period, { name: 'Start', type: 'date' }, { name: 'End', type: 'date' })]);
    expect(fieldsOf(apart, 'kpis')).toMatchObject({ start: 'Start', end: 'End' });
  });
});

describe('the options of a column', () => {
  const cadence = (...options: string[]): SeenRows => partners({ name: 'Review rhythm', type: 'select', options });

  it('are translated where they likely mean something, and told where nobody knows', () => {
    const proposal = proposed([cadence('Monthly', 'Once a quarter', 'At full moon')]);
    expect(source(proposal, 'partnerships').columns.fields.get('reviewCadence')).toMatchObject({
      values: { 'Once a quarter': 'quarterly' },
      unknown: ['At full moon'],
    });
  });

  it('speak against a column when none of them means anything', () => {
    const { columns } = source(proposed([cadence('Red', 'Blue')]), 'partnerships');
    expect(columns.fields.has('reviewCadence')).toBe(false);
    expect(columns.misfits).toMatchObject([{ role: 'field', name: 'reviewCadence', fault: 'labels' }]);
  });

  it('decide between a state people keep and a status of Tandem’s', () => {
    const table = kpis(
      { name: 'Status', type: 'select', options: ['Too early', 'On track', 'Behind', 'At risk', 'Achieved', 'Missed'] },
      { name: 'State', type: 'select', options: ['Planned', 'Active', 'Done'] },
    );
    const { columns } = source(proposed([partners(), table]), 'kpis');
    expect(columns.fields.get('status')?.property.name).toBe('State');
    expect(columns.managed.get('status')).toMatchObject({ property: { name: 'Status' } });
  });
});

describe('a result', () => {
  it.each([
    { trouble: 'that a formula computes', column: { name: 'Health', type: 'formula' }, fault: 'read-only' },
    { trouble: 'of another type', column: { name: 'Health', type: 'people' }, fault: 'wrong-type' },
  ] as const)('is not given a column $trouble', ({ column, fault }) => {
    const { columns } = source(proposed([partners(column)]), 'partnerships');
    expect(columns.managed.size).toBe(0);
    expect(columns.misfits).toContainEqual(expect.objectContaining({ role: 'managed', name: 'health', fault }));
  });
});

describe('rows without a relation', () => {
  const coded = (found: string): readonly SeenRows[] => [
    { ...partners({ name: 'Code', type: 'text' }), rows: [{ Code: text('NW-01') }, { Code: text('BL-03') }] },
    {
      title: 'KPIs',
      columns: [
        { name: 'KPI', type: 'title' },
        { name: 'Ref', type: 'text' },
      ],
      rows: [{ Ref: text(found) }, { Ref: text('bl-03') }],
    },
  ];

  it('are joined by the column most of whose codes partners go by, whatever its name', () => {
    const { link, lacking } = source(proposed(coded('NW-01, BL-03')), 'kpis');
    expect(link?.name).toBe('Ref');
    expect(lacking).toEqual([]);
  });

  it('are left out, and it is said, where nothing joins them', () => {
    const [table, other] = coded('red');
    const proposal = proposed([table!, { ...other!, rows: [{ Ref: text('red') }, { Ref: text('blue') }] }]);
    expect(source(proposal, 'kpis')).toMatchObject({ link: null, lacking: ['partnership'] });
  });
});

describe('a table', () => {
  it('is known by its columns where its name says nothing', () => {
    const proposal = proposed([
      partners(),
      {
        title: 'Q4',
        columns: [
          partner,
          { name: 'Metric', type: 'title' },
          { name: 'Baseline', type: 'number' },
          { name: 'Target', type: 'number' },
          { name: 'Actual', type: 'number' },
          { name: 'Unit', type: 'text' },
        ],
      },
    ]);
    expect(source(proposal, 'kpis').table.schema.title).toBe('Q4');
  });

  it('is left where neither says anything', () => {
    const wiki: SeenRows = { title: 'Office plants', columns: [{ name: 'Plant', type: 'title' }] };
    expect(proposed([partners(), wiki]).left.map(({ schema }) => schema.title)).toEqual(['Office plants']);
  });

  it('is what its owner says it is', () => {
    const said: SeenRows = {
      title: 'Office plants',
      columns: [{ name: 'Plant', type: 'title' }, partner],
      entity: 'kpis',
    };
    expect(source(proposed([partners(), kpis(), said]), 'kpis').table.schema.title).toBe('Office plants');
  });

  it('names the others of its kind', () => {
    const archive: SeenRows = { title: 'Partners 2024', columns: [name] };
    const { table, others } = source(proposed([archive, partners()]), 'partnerships');
    expect([table.schema.title, ...others.map(({ schema }) => schema.title)]).toEqual(['Partners', 'Partners 2024']);
  });

  it('of tasks is not used before it has a column for keys', () => {
    const tasks: SeenRows = {
      title: 'Tasks',
      columns: [
        { name: 'Task', type: 'title' },
        { name: 'Due', type: 'date' },
      ],
    };
    expect(source(proposed([partners(), tasks]), 'tasks').lacking).toEqual(['key']);
  });
});
