/**
 * What the rules look at: one partnership with the rows that belong to it, joined once for all rules. Rows are
 * sorted by id, so that nothing that follows depends on the order in which a tool listed them.
 */
import { type BusinessCalendar, type Day, jointCalendar } from './calendar.js';
import type { EntityName, EntityRow, FieldName } from './entities.js';
import { assessKpi, freshness, isCurrent } from './kpi.js';
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
export interface Joined {
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

/** All rows of an entity, sorted by id; none when it is not configured. */
export function rowsOf<E extends EntityName>(snapshot: Snapshot, entity: E): readonly EntityRow<E>[] {
  return [...(snapshot[entity]?.rows ?? [])].sort(byId);
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
  const readings = groupBy(rowsOf(snapshot, 'measurements'), (row) => row.values.kpi ?? []);
  const countries = countriesOf(snapshot);
  const calendarFor = calendars(options.calendar);
  return rowsOf(snapshot, 'kpis').map((row) => {
    const abroad = (row.values.partnership ?? []).flatMap((id) => countries.get(id) ?? []);
    const judging = { policy: options.policy.kpi, calendar: calendarFor(abroad), asOf };
    const assessment = assessKpi(row, readings.get(row.id) ?? [], judging);
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

/** The facts of every partnership, in the order of their row ids. */
export function gatherFacts(snapshot: Snapshot, kpis: readonly KpiFact[], options: AssessOptions): readonly Facts[] {
  const kpisOf = groupBy(kpis, (kpi) => kpi.assessment.partnershipIds);
  return joinRows(snapshot, options).map((joined) => ({ ...joined, kpis: kpisOf.get(joined.partnership.id) ?? [] }));
}

/** Every partnership with its rows, in the order of their row ids. */
export function joinRows(snapshot: Snapshot, options: AssessOptions): readonly Joined[] {
  const children = {
    milestones: childrenOf(snapshot, 'milestones'),
    reviews: childrenOf(snapshot, 'reviews'),
    risks: childrenOf(snapshot, 'risks'),
    agreements: childrenOf(snapshot, 'agreements'),
    interactions: childrenOf(snapshot, 'interactions'),
    contacts: childrenOf(snapshot, 'contacts'),
    actions: childrenOf(snapshot, 'actions'),
    issues: childrenOf(snapshot, 'issues'),
    decisions: childrenOf(snapshot, 'decisions'),
    feedback: childrenOf(snapshot, 'feedback'),
    roles: childrenOf(snapshot, 'roles'),
    history: childrenOf(snapshot, 'history'),
  };
  const mapped: Joined['mapped'] = (entity, field) => snapshot[entity]?.mapped.has(field) ?? false;
  const calendarFor = calendars(options.calendar);
  return rowsOf(snapshot, 'partnerships').map((partnership) => ({
    ...options,
    calendar: calendarFor(partnership.values.holidays ?? []),
    partnership,
    milestones: children.milestones.get(partnership.id) ?? [],
    reviews: children.reviews.get(partnership.id) ?? [],
    risks: children.risks.get(partnership.id) ?? [],
    agreements: children.agreements.get(partnership.id) ?? [],
    interactions: children.interactions.get(partnership.id) ?? [],
    contacts: children.contacts.get(partnership.id) ?? [],
    actions: children.actions.get(partnership.id) ?? [],
    issues: children.issues.get(partnership.id) ?? [],
    decisions: children.decisions.get(partnership.id) ?? [],
    feedback: children.feedback.get(partnership.id) ?? [],
    roles: children.roles.get(partnership.id) ?? [],
    history: children.history.get(partnership.id) ?? [],
    mapped,
  }));
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
    for (const key of new Set(keysOf(item))) {
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [item]);
      else group.push(item);
    }
  }
  return groups;
}
