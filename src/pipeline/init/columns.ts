/** Which column of a table serves which field and result of an entity, and how sure that is. Pure. */
import { ENTITIES, type EntityName, type FieldDeclaration, type FieldType, MANAGED } from '../../domain/entities.js';
import { type ColumnVerdict, readsOf } from '../../domain/fit.js';
import type { FieldMapping, ManagedMapping, SourceMapping } from '../../domain/mapping.js';
import { type PropertySchema, resolveSource } from '../../domain/source.js';
import { textOf } from '../../domain/values.js';
import { canonicalOf, VOCABULARIES, type VocabularyName } from '../../domain/vocabulary.js';
import { type CheckedColumn, type ColumnOptions, checkColumns } from '../check/columns.js';
import { vocabularyOf } from '../check/managed-values.js';
import { FIELD_NAMES, PERIOD_NAMES } from './field-names.js';
import type { SeenTable } from './look.js';
import { likelyMeaning, likeness, MANAGED_NAMES, type ManagedName } from './names.js';

/** How a column was found: by its name, by a word in it, by its options, by what it links to, or as the only one. */
export type Why = 'name' | 'word' | 'title' | 'options' | 'relation' | 'only' | 'period';

export interface Chosen {
  readonly name: string;
  readonly property: PropertySchema;
  readonly why: Why;
  readonly part?: 'start' | 'end';
  /** Labels that likely mean a canonical value, and what they mean. */
  readonly values: Readonly<Record<string, string>>;
  /** Labels nobody knows the meaning of; of a result, values without a label. */
  readonly unknown: readonly string[];
  /** Columns that would serve nearly as well. */
  readonly others: readonly string[];
}

/** A column with the right name that cannot serve. `filled`: people have entered something where Tandem would write. */
export interface Misfit {
  readonly role: 'field' | 'managed';
  readonly name: string;
  readonly property: PropertySchema;
  readonly fault: ColumnVerdict | 'filled';
}

export interface Columns {
  readonly fields: ReadonlyMap<string, Chosen>;
  readonly managed: ReadonlyMap<string, Chosen>;
  readonly misfits: readonly Misfit[];
}

export interface Options extends Pick<ColumnOptions, 'catalogue' | 'tableOf'> {
  /** Tandem has written to these tables before: what its columns hold is its own. */
  readonly ours: boolean;
}

interface Target {
  readonly role: 'field' | 'managed';
  readonly name: string;
}

interface Candidate extends Target {
  readonly property: PropertySchema;
  readonly score: number;
  readonly why: Why;
  readonly values: Readonly<Record<string, string>>;
  readonly unknown: readonly string[];
}

/** Ways that a person should look at. */
export const GUESSES: ReadonlySet<Why> = new Set<Why>(['word', 'options', 'only']);

const SURE = 0.9;
const LEAST = 0.4;
/** Of the score of the column that was chosen: what another needs to be named beside it. */
const NEARLY = 0.75;

/** The columns of a table for an entity, each column and each field once. */
export function proposeColumns(table: SeenTable, entity: EntityName, options: Options): Columns {
  const judged = targetsOf(entity).flatMap((target) =>
    table.schema.properties.map((property) => judge(table, entity, target, property, options)),
  );
  const misfits = judged.filter((found): found is Misfit => found !== undefined && 'fault' in found);
  // What has the name of one thing is not guessed to be another.
  const spoken = new Set(misfits.map(({ property }) => property.id));
  const candidates = judged
    .filter((found): found is Candidate => found !== undefined && 'score' in found)
    .filter(({ why, property }) => !(GUESSES.has(why) && spoken.has(property.id)));
  candidates.sort((left, right) => right.score - left.score);
  const taken = new Map<string, Candidate>();
  const used = new Set<string>();
  const period = periodOf(table, entity, candidates);
  if (period !== undefined) used.add(period.id);
  for (const candidate of candidates) {
    const key = keyOf(candidate);
    const byPeriod = period !== undefined && (key === 'field start' || key === 'field end');
    if (byPeriod || taken.has(key) || used.has(candidate.property.id)) continue;
    if (candidate.score < SURE && rivalsFor(candidate, candidates, taken)) continue;
    taken.set(key, candidate);
    used.add(candidate.property.id);
  }
  const chosen = (role: Target['role']): ReadonlyMap<string, Chosen> =>
    new Map(
      targetsOf(entity).flatMap((target): readonly [string, Chosen][] => {
        if (target.role !== role) return [];
        const end = period === undefined || role !== 'field' ? undefined : endOf(period, target.name);
        if (end !== undefined) return [[target.name, end]];
        const found = taken.get(keyOf(target));
        return found === undefined ? [] : [[target.name, { ...found, others: othersOf(found, candidates, used) }]];
      }),
    );
  return {
    fields: chosen('field'),
    managed: chosen('managed'),
    misfits: misfits.filter((misfit) => !taken.has(keyOf(misfit)) && !used.has(misfit.property.id)),
  };
}

const keyOf = ({ role, name }: Target): string => `${role} ${name}`;

function targetsOf(entity: EntityName): readonly Target[] {
  const managed: readonly string[] = Object.entries(MANAGED).find(([name]) => name === entity)?.[1] ?? [];
  return [
    ...Object.keys(ENTITIES[entity]).map((name) => ({ role: 'field' as const, name })),
    ...managed.map((name) => ({ role: 'managed' as const, name })),
  ];
}

/** A column that speaks by its options alone speaks only where nothing else says the same. */
function rivalsFor(one: Candidate, all: readonly Candidate[], taken: ReadonlyMap<string, Candidate>): boolean {
  if (one.why !== 'options') return false;
  return all.some(
    (other) =>
      other.why === 'options' &&
      other !== one &&
      !taken.has(keyOf(other)) &&
      other.property.id === one.property.id &&
      other.score >= one.score,
  );
}

function othersOf(chosen: Candidate, all: readonly Candidate[], used: ReadonlySet<string>): readonly string[] {
  return all
    .filter((other) => keyOf(other) === keyOf(chosen) && !used.has(other.property.id))
    .filter(({ score }) => score >= chosen.score * NEARLY)
    .map(({ property }) => property.name);
}

/** One date column that holds both ends, unless each end has a column of its own. */
function periodOf(table: SeenTable, entity: EntityName, all: readonly Candidate[]): PropertySchema | undefined {
  if (!('start' in ENTITIES[entity]) || !('end' in ENTITIES[entity])) return undefined;
  const sure = (name: string) => all.some((found) => keyOf(found) === `field ${name}` && found.score >= SURE);
  if (sure('start') && sure('end')) return undefined;
  return table.schema.properties.find(
    (property) =>
      property.holds === 'date' &&
      likeness(property.name, PERIOD_NAMES) >= SURE &&
      (table.location.type === 'notion' || holdsRange(table, property)),
  );
}

const holdsRange = ({ rows }: SeenTable, { id }: PropertySchema): boolean =>
  rows.some(({ cells }) => {
    const cell = cells.get(id);
    return cell?.kind === 'date' && cell.end !== undefined;
  });

function endOf(property: PropertySchema, name: string): Chosen | undefined {
  if (name !== 'start' && name !== 'end') return undefined;
  return { name, property, why: 'period', part: name, values: {}, unknown: [], others: [] };
}

function judge(
  table: SeenTable,
  entity: EntityName,
  target: Target,
  property: PropertySchema,
  options: Options,
): Candidate | Misfit | undefined {
  return target.role === 'field'
    ? judgeField(table, entity, target.name, property, options)
    : judgeManaged(table, entity, target.name, property, options);
}

function judgeField(
  table: SeenTable,
  entity: EntityName,
  name: string,
  property: PropertySchema,
  options: Options,
): Candidate | Misfit | undefined {
  const declaration = fieldOf(entity, name);
  if (declaration === undefined) return undefined;
  const { type } = declaration;
  const names: Readonly<Record<string, string>> = FIELD_NAMES[entity];
  const like = likeness(property.name, names[name] ?? '');
  const hint = hintOf(table, entity, name, type, property, options);
  if (like < LEAST && hint === undefined) return undefined;
  const values = likelyValues(type, property.options ?? []);
  const mapping: FieldMapping = { property: property.id, ...(hasAny(values) ? { values } : {}) };
  const { verdict, labels } = tried(table, { ...BARE, entity, fields: { [name]: mapping } }, options);
  const share = shareKnown(property.options, labels);
  if ((verdict !== 'ok' && verdict !== 'labels') || share === 0) {
    const fault = verdict === 'ok' ? 'labels' : verdict;
    return like >= SURE ? { role: 'field', name, property, fault } : undefined;
  }
  const byHint = hint !== undefined && hint.score > like;
  const worth = byHint ? hint.score : like;
  const rank = property.holds === undefined ? 2 : Math.max(0, readsOf(type).indexOf(property.holds));
  const empty = table.rows.length > 0 && !isFilled(table, property) && property.holds !== 'links';
  const score = worth * (1 - 0.03 * rank) * (0.6 + 0.4 * share) * (empty ? 0.85 : 1);
  if (score < LEAST) return undefined;
  const why = byHint ? hint.why : like >= SURE ? 'name' : 'word';
  return { role: 'field', name, property, score, why, values, unknown: labels };
}

/** What beside its name speaks for a column. */
function hintOf(
  table: SeenTable,
  entity: EntityName,
  name: string,
  type: FieldType,
  property: PropertySchema,
  { tableOf }: Options,
): { readonly why: Why; readonly score: number } | undefined {
  if (type.kind === 'link') {
    const target = type.to === entity ? undefined : tableOf(type.to);
    return target !== undefined && property.linksTo === target ? { why: 'relation', score: 0.85 } : undefined;
  }
  if (name === namingField(entity) && property === titleOf(table)) return { why: 'title', score: 0.85 };
  if (type.kind === 'label' && property.options !== undefined && property.options.length > 1) {
    const known = property.options.every((label) => canonicalOf(type.of, label) !== undefined);
    return known ? { why: 'options', score: 0.6 } : undefined;
  }
  if (type.kind === 'people' && (name === 'owner' || name === 'assignee') && property.holds === 'people') {
    const people = table.schema.properties.filter(({ holds, writable }) => holds === 'people' && writable);
    return people.length === 1 && people[0] === property ? { why: 'only', score: 0.6 } : undefined;
  }
  return undefined;
}

function judgeManaged(
  table: SeenTable,
  entity: EntityName,
  name: string,
  property: PropertySchema,
  options: Options,
): Candidate | Misfit | undefined {
  const like = likeness(property.name, managedName(entity, name)?.names ?? '');
  if (like < SURE) return undefined;
  const vocabulary = vocabularyOf(entity, name);
  const values = vocabulary === undefined ? {} : onePerMeaning(vocabulary, property.options ?? []);
  const stands = Object.fromEntries(Object.entries(values).map(([label, canonical]) => [label, [canonical]]));
  const mapping: ManagedMapping = {
    property: property.id,
    createOptions: false,
    ...(hasAny(values) ? { values: stands } : {}),
  };
  const { verdict, labels } = tried(table, { ...BARE, entity, manages: { [name]: mapping } }, options);
  const misfit = (fault: Misfit['fault']): Misfit => ({ role: 'managed', name, property, fault });
  if (isFilled(table, property) && !options.ours) return misfit('filled');
  if (verdict !== 'ok' && verdict !== 'labels') return misfit(verdict);
  if (vocabulary !== undefined && labels.length * 2 > Object.keys(VOCABULARIES[vocabulary]).length) {
    return misfit('labels');
  }
  return { role: 'managed', name, property, score: like, why: 'name', values, unknown: labels };
}

const BARE: Omit<SourceMapping, 'entity'> = {
  connection: '',
  location: { type: 'memory', id: '' },
  fields: {},
  manages: {},
};

/** What `check` would say of a mapping of one column. */
function tried({ schema, canonicalise }: SeenTable, mapping: SourceMapping, options: Options): CheckedColumn {
  const [checked] = checkColumns(resolveSource(mapping, schema), { ...options, canonicalise });
  if (checked === undefined) throw new RangeError('a mapping of one column is checked as one column');
  return checked;
}

export const fieldOf = (entity: EntityName, name: string): FieldDeclaration | undefined => {
  const declared: Readonly<Partial<Record<string, FieldDeclaration>>> = ENTITIES[entity];
  return declared[name];
};

/** What a result's column is called, and would be called. */
export function managedName(entity: EntityName, name: string): ManagedName | undefined {
  const all: Readonly<Partial<Record<string, Readonly<Partial<Record<string, ManagedName>>>>>> = MANAGED_NAMES;
  return all[entity]?.[name];
}

const namingField = (entity: EntityName): string =>
  entity === 'tasks' ? 'title' : entity === 'roles' ? 'function' : 'name';

/** The column rows are called by: Airtable's is the first. */
const titleOf = ({ schema }: SeenTable): PropertySchema | undefined =>
  schema.properties.find(({ type }) => type === 'title') ?? schema.properties[0];

const hasAny = (values: Readonly<Record<string, string>>): boolean => Object.keys(values).length > 0;

function likelyValues(type: FieldType, labels: readonly string[]): Readonly<Record<string, string>> {
  const vocabulary = type.kind === 'label' ? type.of : type.kind === 'cadence' ? 'cadence' : undefined;
  if (vocabulary === undefined) return {};
  return Object.fromEntries(
    labels.flatMap((label) => {
      const meaning = canonicalOf(vocabulary, label) === undefined ? likelyMeaning(vocabulary, label) : undefined;
      return meaning === undefined ? [] : [[label, meaning]];
    }),
  );
}

/** Likely labels of a column Tandem writes: none where a known one, or another likely one, says the same. */
function onePerMeaning(vocabulary: VocabularyName, labels: readonly string[]): Readonly<Record<string, string>> {
  const said = new Set<string | undefined>(labels.map((label) => canonicalOf(vocabulary, label)));
  const values: Record<string, string> = {};
  for (const [label, meaning] of Object.entries(likelyValues({ kind: 'label', of: vocabulary }, labels))) {
    if (!said.has(meaning)) values[label] = meaning;
    said.add(meaning);
  }
  return values;
}

const shareKnown = (options: readonly string[] | undefined, unknown: readonly string[]): number =>
  options === undefined || options.length === 0 ? 1 : 1 - unknown.length / options.length;

/** Whether any row says something in a column. The option a new row starts with is nothing anybody said. */
function isFilled({ rows }: SeenTable, { id, defaultOption }: PropertySchema): boolean {
  return rows.some(({ cells }) => {
    const cell = cells.get(id);
    if (cell === undefined || cell.kind === 'empty' || (cell.kind === 'flag' && !cell.flag)) return false;
    return textOf(cell) !== defaultOption;
  });
}
