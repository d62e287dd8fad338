/** Whether every column a source maps is there and can hold what is read from it or written to it. Pure. */
import type { Desired } from '../../domain/cells.js';
import { ENTITIES, type EntityName, type FieldDeclaration } from '../../domain/entities.js';
import { type ColumnVerdict, fits } from '../../domain/fit.js';
import type { FieldMapping, ManagedMapping } from '../../domain/mapping.js';
import type { Canonicalise, PropertySchema, ResolvedSource } from '../../domain/source.js';
import { canonicalOf, labelKey } from '../../domain/vocabulary.js';
import type { Catalogue } from '../../messages/index.js';
import { fallsBack, intoColumn, type Value } from '../columns.js';
import { nearest } from '../sync.js';
import { holdingOf, valuesOf } from './managed-values.js';

export interface CheckedColumn {
  readonly role: 'field' | 'managed' | 'link';
  /** Our name of the field. */
  readonly name: string;
  /** What the configuration says: name or id of a column. */
  readonly reference: string;
  /** The column as its table calls it, and the tool's word for its type; null where it is missing. */
  readonly column: string | null;
  readonly type: string | null;
  readonly verdict: ColumnVerdict;
  /** The labels, or values, the verdict is about. */
  readonly labels: readonly string[];
  /** Of a missing column: the one that may have been meant. */
  readonly near: string | null;
}

export interface ColumnOptions {
  readonly catalogue: Catalogue;
  readonly canonicalise: Canonicalise;
  /** Id of the table an entity is kept in, where it is known. */
  readonly tableOf: (entity: EntityName) => string | undefined;
}

/** Verdicts that keep a source from being read or written as configured. */
export const isFault = ({ verdict }: CheckedColumn): boolean => verdict !== 'ok' && verdict !== 'labels';

/** Every column a source maps, in the order of the configuration. */
export function checkColumns(source: ResolvedSource, options: ColumnOptions): readonly CheckedColumn[] {
  const { mapping, fields, managed, link } = source;
  const declarations: Readonly<Partial<Record<string, FieldDeclaration>>> = ENTITIES[mapping.entity];
  const checked: CheckedColumn[] = [];
  const names = source.schema.properties.map(({ name }) => name);
  const missing = (about: About): CheckedColumn => {
    const near = nearest(about.reference, names) ?? null;
    return { ...about, column: null, type: null, ...fault('missing'), near };
  };
  for (const [name, field] of Object.entries(mapping.fields)) {
    const property = fields.get(name);
    const declaration = declarations[name];
    const about = { role: 'field', name, reference: field.property } as const;
    if (property === undefined || declaration === undefined) checked.push(missing(about));
    else checked.push(told(about, property, judgeField(source, name, declaration, field, property, options)));
  }
  for (const [name, managing] of Object.entries(mapping.manages)) {
    const property = managed.get(name);
    const about = { role: 'managed', name, reference: managing.property } as const;
    if (property === undefined) checked.push(missing(about));
    else checked.push(told(about, property, judgeManaged(mapping.entity, name, managing, property, options)));
  }
  if (mapping.link !== undefined) {
    const about = { role: 'link', name: 'link', reference: mapping.link.field } as const;
    checked.push(link === undefined ? missing(about) : told(about, link, FINE));
  }
  return checked;
}

type About = Pick<CheckedColumn, 'role' | 'name' | 'reference'>;
type Judged = Pick<CheckedColumn, 'verdict' | 'labels'>;

const FINE: Judged = { verdict: 'ok', labels: [] };
const fault = (verdict: ColumnVerdict): Judged => ({ verdict, labels: [] });

const told = (about: About, { name, type }: PropertySchema, judged: Judged): CheckedColumn => ({
  ...about,
  column: name,
  type,
  ...judged,
  near: null,
});

function judgeField(
  source: ResolvedSource,
  name: string,
  { type }: FieldDeclaration,
  mapping: FieldMapping,
  property: PropertySchema,
  options: ColumnOptions,
): Judged {
  const isTask = source.mapping.entity === 'tasks';
  // A task may also name its partnership in words, where the tool has no relation to it.
  const inWords = isTask && name === 'partnership' && property.holds === 'text';
  if (!inWords && !fits(type, property)) return fault('wrong-type');
  if (type.kind === 'link' && !inWords) {
    const table = options.tableOf(type.to);
    if (property.linksTo !== undefined && table !== undefined && property.linksTo !== table)
      return fault('wrong-table');
  }
  if (isTask) {
    const written = judgeWritten(name, mapping, property, options);
    if (written !== FINE) return written;
  }
  if (type.kind !== 'label' && type.kind !== 'cadence') return FINE;
  const vocabulary = type.kind === 'label' ? type.of : 'cadence';
  const own = new Set(Object.keys(mapping.values ?? {}).map(labelKey));
  const unknown = (property.options ?? []).filter(
    (label) => !own.has(labelKey(label)) && canonicalOf(vocabulary, label) === undefined && !/^\d+$/.test(label.trim()),
  );
  return unknown.length === 0 ? FINE : { verdict: 'labels', labels: unknown };
}

const TASK_EXAMPLES: Readonly<Partial<Record<string, Desired>>> = {
  title: { kind: 'text', text: '…' },
  key: { kind: 'text', text: '…' },
  stamp: { kind: 'text', text: '…' },
  note: { kind: 'text', text: '…' },
  due: { kind: 'date', day: '2026-01-01' },
};

/** The fields of a task are read, and written too. */
function judgeWritten(
  name: string,
  mapping: FieldMapping,
  property: PropertySchema,
  { canonicalise, catalogue }: ColumnOptions,
): Judged {
  if (name === 'snoozeUntil') return FINE;
  if (!property.writable) return fault('read-only');
  const example = TASK_EXAMPLES[name];
  if (example !== undefined && canonicalise(property, example, { createOptions: false }).kind === 'refused') {
    return fault('wrong-type');
  }
  if (name !== 'status' || property.options === undefined) return FINE;
  const stands = (label: string): string | undefined => mapping.values?.[label] ?? canonicalOf('taskStatus', label);
  const wanted = (['todo', 'done'] as const).filter(
    (canonical) => !property.options?.some((label) => stands(label) === canonical),
  );
  if (wanted.length === 0) return FINE;
  return { verdict: 'no-label', labels: wanted.map((canonical) => catalogue.label('taskStatus', canonical)) };
}

function judgeManaged(
  entity: EntityName,
  name: string,
  mapping: ManagedMapping,
  property: PropertySchema,
  { canonicalise, catalogue }: ColumnOptions,
): Judged {
  const holding = holdingOf(entity, name);
  if (holding === undefined) return FINE;
  const without: string[] = [];
  let shows = false;
  for (const value of valuesOf(holding, catalogue)) {
    const { desired, missing: labels } = intoColumn(value, property, mapping);
    without.push(...labels);
    shows ||= labels.length > 0 && showsAnother(value, property, mapping);
    const held = canonicalise(property, desired, { createOptions: mapping.createOptions });
    if (held.kind !== 'refused') continue;
    if (held.code !== 'no-such-option') return fault(held.code);
    // A label the configuration names and the column lacks: the cell keeps what it shows.
    shows = true;
    without.push(...labelsOf(desired));
  }
  const verdict = shows ? 'no-label' : 'labels';
  return without.length === 0 ? FINE : { verdict, labels: [...new Set(without)] };
}

const showsAnother = (value: Value, property: PropertySchema, mapping: ManagedMapping): boolean =>
  value.kind === 'canonical' && fallsBack(value, property, mapping);

function labelsOf(desired: Desired): readonly string[] {
  if (desired.kind === 'label') return [desired.label];
  return desired.kind === 'labels' ? desired.labels : [];
}
