/**
 * What the rules look at: one partnership with the rows that belong to it, joined once for all rules. Rows are
 * sorted by id, so that nothing that follows depends on the order in which a tool listed them.
 */
import { type BusinessCalendar, type Day, jointCalendar } from './calendar.js';
import type { EntityName, EntityRow, FieldName } from './entities.js';
import { assessKpi, freshness, isCurrent } from './kpi.js';
import type { Answered } from './once.js';
import type { Policy } from './policy.js';
import type { RowRef, Snapshot } from './snapshot.js';
import type { KpiAssessment } from './verdict.js';
import type { Canonical } from './vocabulary.js';

export interface AssessOptions {
  readonly policy: Policy;
  readonly calendar: BusinessCalendar;
  readonly asOf: Day;
}

/** A KPI as judged on the day. `current`: it counts for its partnerships today; `fresh`: see `freshness`. */
export interface KpiFact {
  readonly row: EntityRow<'kpis'>;
  readonly assessment: KpiAssessment;
  readonly current: boolean;
  readonly fresh: number;
}

/** A partnership with the rows that belong to it. */
export interface Joined extends Answered {
  readonly partnership: EntityRow<'partnerships'>;
  readonly milestones: readonly EntityRow<'milestones'>[];
  readonly reviews: readonly EntityRow<'reviews'>[];
  readonly risks: readonly EntityRow<'risks'>[];
  readonly agreements: readonly EntityRow<'agreements'>[];
  readonly interactions: readonly EntityRow<'interactions'>[];
  readonly contacts: readonly EntityRow<'contacts'>[];
  readonly actions: readonly EntityRow<'actions'>[];
  readonly issues: readonly EntityRow<'issues'>[];
  readonly decisions: readonly EntityRow<'decisions'>[];
  readonly feedback: readonly EntityRow<'feedback'>[];
  readonly roles: readonly EntityRow<'roles'>[];
  readonly history: readonly EntityRow<'history'>[];
  readonly policy: Policy;
  readonly calendar: BusinessCalendar;
  readonly asOf: Day;
  /** Whether the configuration maps the field at all: empty is not the same as unmapped. */
  readonly mapped: <E extends EntityName>(entity: E, field: FieldName<E>) => boolean;
}

/** And with its KPIs as judged on the day. */
export interface Facts extends Joined {
  readonly kpis: readonly KpiFact[];
}

export const refOf = ({ id, title, url }: EntityRow): RowRef => ({ id, title, url });

/** Whether every one of the fields holds a value or nothing; an empty field is known, one that holds an error is not. */
export const isKnown = <E extends EntityName>(row: EntityRow<E>, ...fields: readonly FieldName<E>[]): boolean =>
  fields.every((field) => !row.unreadable.has(field));

/** The fields the team keeps that are empty in a row. */
export function emptyFields<E extends EntityName, F extends FieldName<E>>(
  row: EntityRow<E>,
  fields: readonly F[],
  { mapped }: Pick<Joined, 'mapped'>,
): readonly F[] {
  const values: Readonly<Partial<Record<string, unknown>>> = row.values;
  const isEmpty = (value: unknown): boolean => value === undefined || (Array.isArray(value) && value.length === 0);
  return fields.filter((field) => mapped(row.entity, field) && isKnown(row, field) && isEmpty(values[field]));
}

/** The tier that thresholds are taken from when none is known: the middle one. */
export const tierOf = (facts: Joined): Canonical<'tier'> => facts.partnership.values.tier ?? 'core';

const NONE: readonly never[] = [];

/** All rows of an entity, sorted by id, as most are read; none when it is not configured. */
export function rowsOf<E extends EntityName>(snapshot: Snapshot, entity: E): readonly EntityRow<E>[] {
  const rows: readonly EntityRow<E>[] = snapshot[entity]?.rows ?? NONE;
  return rows.every((row, index) => index === 0 || (rows[index - 1]?.id ?? '') < row.id) ? rows : [...rows].sort(byId);
}

const byId = (left: EntityRow, right: EntityRow): number => (left.id < right.id ? -1 : 1);

type Child =
  | 'milestones'
  | 'reviews'
  | 'risks'
  | 'agreements'
  | 'interactions'
  | 'contacts'
  | 'actions'
  | 'issues'
  | 'decisions'
  | 'feedback'
  | 'roles'
  | 'history';

/** Judges every KPI once, whatever the number of its partnerships. */
export function gatherKpis(snapshot: Snapshot, options: AssessOptions): readonly KpiFact[] {
  const { asOf } = options;
  const readings = groupBy(rowsOf(snapshot, 'measurements'), (row) => row.values.kpi ?? NONE);
  const countries = countriesOf(snapshot);
  const calendarFor = calendars(options.calendar);
  const ours = { policy: options.policy.kpi, calendar: options.calendar, asOf };
  return rowsOf(snapshot, 'kpis').map((row) => {
    const abroad =
      countries.size === 0 ? NONE : (row.values.partnership ?? NONE).flatMap((id) => countries.get(id) ?? NONE);
    const judging = abroad.length === 0 ? ours : { ...ours, calendar: calendarFor(abroad) };
    const assessment = assessKpi(row, readings.get(row.id) ?? NONE, judging);
    return { row, assessment, current: isCurrent(row, asOf), fresh: freshness(row, assessment, asOf) };
  });
}

/** Partnership row id -> countries its partner keeps the days off of; only of those that name some. */
function countriesOf(snapshot: Snapshot): ReadonlyMap<string, readonly string[]> {
  const named = (snapshot.partnerships?.rows ?? []).flatMap(({ id, values: { holidays } }) =>
    holidays === undefined ? [] : [[id, holidays] as const],
  );
  return new Map(named);
}

/** The joint calendar of each set of countries, made once. */
function calendars(calendar: BusinessCalendar): (countries: readonly string[]) => BusinessCalendar {
  const made = new Map<string, BusinessCalendar>();
  return (countries) => {
    if (countries.length === 0) return calendar;
    const key = [...new Set(countries)].sort().join(' ');
    const joint = made.get(key) ?? jointCalendar(calendar, key.split(' '));
    made.set(key, joint);
    return joint;
  };
}

/** The facts of every partnership, in the order of their row ids, one at a time: of a large team they need not all be held. */
export function* eachFacts(snapshot: Snapshot, kpis: readonly KpiFact[], options: AssessOptions): Generator<Facts> {
  const kpisOf = groupBy(kpis, (kpi) => kpi.assessment.partnershipIds);
  const join = joiner(snapshot, options);
  for (const partnership of rowsOf(snapshot, 'partnerships')) {
    yield join(partnership, kpisOf.get(partnership.id) ?? NONE);
  }
}

export const gatherFacts = (...given: Parameters<typeof eachFacts>): readonly Facts[] => [...eachFacts(...given)];

/** Every partnership with its rows, in the order of their row ids. */
export function joinRows(snapshot: Snapshot, options: AssessOptions): readonly Joined[] {
  const join = joiner(snapshot, options);
  return rowsOf(snapshot, 'partnerships').map((partnership) => join(partnership, NONE));
}

/** Finds the rows of any partnership of a snapshot. */
function joiner(
  snapshot: Snapshot,
  { policy, calendar, asOf }: AssessOptions,
): (partnership: EntityRow<'partnerships'>, kpis: readonly KpiFact[]) => Facts {
  const milestones = childrenOf(snapshot, 'milestones');
  const reviews = childrenOf(snapshot, 'reviews');
  const risks = childrenOf(snapshot, 'risks');
  const agreements = childrenOf(snapshot, 'agreements');
  const interactions = childrenOf(snapshot, 'interactions');
  const contacts = childrenOf(snapshot, 'contacts');
  const actions = childrenOf(snapshot, 'actions');
  const issues = childrenOf(snapshot, 'issues');
  const decisions = childrenOf(snapshot, 'decisions');
  const feedback = childrenOf(snapshot, 'feedback');
  const roles = childrenOf(snapshot, 'roles');
  const history = childrenOf(snapshot, 'history');
  const mapped: Joined['mapped'] = (entity, field) => snapshot[entity]?.mapped.has(field) ?? false;
  const calendarFor = calendars(calendar);
  return (partnership, kpis) => ({
    partnership,
    kpis,
    milestones: milestones.get(partnership.id) ?? NONE,
    reviews: reviews.get(partnership.id) ?? NONE,
    risks: risks.get(partnership.id) ?? NONE,
    agreements: agreements.get(partnership.id) ?? NONE,
    interactions: interactions.get(partnership.id) ?? NONE,
    contacts: contacts.get(partnership.id) ?? NONE,
    actions: actions.get(partnership.id) ?? NONE,
    issues: issues.get(partnership.id) ?? NONE,
    decisions: decisions.get(partnership.id) ?? NONE,
    feedback: feedback.get(partnership.id) ?? NONE,
    roles: roles.get(partnership.id) ?? NONE,
    history: history.get(partnership.id) ?? NONE,
    policy,
    calendar: calendarFor(partnership.values.holidays ?? NONE),
    asOf,
    mapped,
    answers: new Map(),
  });
}

function childrenOf<E extends Child>(snapshot: Snapshot, entity: E): ReadonlyMap<string, readonly EntityRow<E>[]> {
  return groupBy(rowsOf(snapshot, entity), (row) => linkedTo(row));
}

function linkedTo(row: EntityRow<Child>): readonly string[] {
  return row.values.partnership ?? [];
}

function groupBy<T>(items: readonly T[], keysOf: (item: T) => readonly string[]): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const keys = keysOf(item);
    for (const key of keys.length > 1 ? new Set(keys) : keys) {
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [item]);
      else group.push(item);
    }
  }
  return groups;
}
