/** Any rows at all, for laws: every field of every entity may be there, missing, unreadable or odd. */
import fc from 'fast-check';
import { addDays } from '../../src/domain/calendar.js';
import { ENTITIES, type EntityName, type EntityRow, type FieldType } from '../../src/domain/entities.js';
import { VOCABULARIES } from '../../src/domain/vocabulary.js';
import type { Rows } from './findings.js';
import { aRow, TODAY } from './rows.js';

const MOST = 5;
const day = fc.integer({ min: -500, max: 500 }).map((days) => addDays(TODAY, days));
const recently = fc.integer({ min: -60, max: 20 }).map((days) => addDays(TODAY, days));
const number = fc.oneof(
  fc.integer({ min: 0, max: 6 }),
  fc.integer({ min: -5, max: 200 }),
  fc.double({ min: 0, max: 1, noNaN: true }),
  fc.double(),
);
const person = fc.constantFrom({ name: '김서연' }, { name: '박지우', email: 'jiwoo@example.com' }, { id: 'u1' });

const idOf = (entity: EntityName, index: number): string =>
  entity === 'partnerships' ? `p${index + 1}` : `${entity}${index}`;

function anyOf(type: FieldType): fc.Arbitrary<unknown> {
  switch (type.kind) {
    case 'text':
      return fc.constantFrom('a', 'b', '정산 지연');
    case 'number':
    case 'count':
      return number;
    case 'date':
      return fc.oneof(day, recently);
    case 'flag':
      return fc.boolean();
    case 'people':
      return fc.uniqueArray(person, { maxLength: 2 });
    case 'cadence':
      return fc.oneof(labelOf('cadence'), fc.record({ days: fc.integer({ min: 1, max: 400 }) }));
    case 'label':
      return labelOf(type.of);
    case 'countries':
      return fc.subarray(['KR', 'NO']);
    case 'plan':
      return fc.array(fc.record({ month: fc.integer({ min: 1, max: 12 }), value: number }), { maxLength: 3 });
    case 'link':
      return fc.subarray(Array.from({ length: 3 }, (_, index) => idOf(type.to, index)));
  }
}

const labelOf = (name: keyof typeof VOCABULARIES) => fc.constantFrom(...Object.keys(VOCABULARIES[name]));

function rowsOf(entity: EntityName): fc.Arbitrary<readonly EntityRow[]> {
  const fields = Object.entries(ENTITIES[entity]).map(([name, { type }]) => [name, anyOf(type)] as const);
  const values = fc.record(Object.fromEntries(fields), { requiredKeys: [] });
  const broken = fc.subarray(
    fields.map(([name]) => name),
    { maxLength: 2 },
  );
  const unreadable = fc.oneof({ weight: 8, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: broken });
  return fc
    .array(fc.tuple(values, unreadable), { maxLength: MOST })
    .map((rows) =>
      rows.map(([given, cannot], index) =>
        aRow(entity, given as EntityRow['values'], { id: idOf(entity, index), unreadable: cannot }),
      ),
    );
}

/** Tables of every entity but those Tandem writes, each up to five rows long. */
export const anyWorld: fc.Arbitrary<Rows> = fc
  .record(
    Object.fromEntries(
      (Object.keys(ENTITIES) as EntityName[])
        .filter((entity) => entity !== 'tasks')
        .map((entity) => [entity, rowsOf(entity)]),
    ),
  )
  .map((rows) => rows as Rows);
