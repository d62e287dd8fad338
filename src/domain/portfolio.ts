/** All partnerships at a glance: how many stand where, by what they have in common, and what falls due next. */
import type { Assessment, PartnershipAssessment, PartnershipStatus } from './assessment.js';
import type { Day } from './calendar.js';
import type { EntityRow } from './entities.js';
import { rowsOf } from './facts.js';
import { type KnownPerson, personKey } from './people.js';
import type { RowRef, Snapshot } from './snapshot.js';
import { isClosed, type TaskIndex } from './tasks.js';

/** By what partnerships are counted together. */
export const GROUPINGS = ['tier', 'type', 'owner'] as const;
export type Grouping = (typeof GROUPINGS)[number];

export interface Group {
  /** As the table says it, the canonical word for a tier; null where the cell is empty. */
  readonly name: string | null;
  readonly partnerships: number;
  readonly statuses: Readonly<Record<PartnershipStatus, number>>;
  /** Lowest health of those that have one: a mean would hide the one that slips. */
  readonly lowest: number | null;
}

/** What falls due; `slipped` has passed already. */
export interface AgendaItem {
  readonly kind: 'decide-by' | 'review' | 'milestone' | 'task';
  readonly day: Day;
  readonly slipped: boolean;
  readonly row: RowRef;
  readonly partnerships: readonly RowRef[];
}

const NO_STATUS: Readonly<Record<PartnershipStatus, number>> = {
  'at-risk': 0,
  watch: 0,
  'insufficient-data': 0,
  'on-track': 0,
};

/** Counts partnerships together; the whole portfolio is the group of all of them. */
export function groupOf(name: string | null, items: readonly PartnershipAssessment[]): Group {
  const statuses = { ...NO_STATUS };
  for (const { status } of items) statuses[status] += 1;
  const healths = items.flatMap(({ health }) => health ?? []);
  return { name, partnerships: items.length, statuses, lowest: healths.length === 0 ? null : Math.min(...healths) };
}

/** Groups by one column, largest first; the empty cell last. None when the column is not mapped. */
export function groupsBy(
  grouping: Grouping,
  snapshot: Snapshot,
  assessment: Assessment,
  people: readonly KnownPerson[],
): readonly Group[] {
  if (snapshot.partnerships?.mapped.has(grouping) !== true) return [];
  const rows = new Map(rowsOf(snapshot, 'partnerships').map((row) => [row.id, row]));
  const groups = new Map<string, { readonly name: string | null; readonly items: PartnershipAssessment[] }>();
  for (const item of assessment.partnerships) {
    const { key, name } = memberOf(grouping, rows.get(item.row.id), people);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { name, items: [item] });
    else group.items.push(item);
  }
  return [...groups.values()].map(({ name, items }) => groupOf(name, items)).sort(bySize);
}

function memberOf(
  grouping: Grouping,
  row: EntityRow<'partnerships'> | undefined,
  people: readonly KnownPerson[],
): { readonly key: string; readonly name: string | null } {
  if (grouping === 'owner') {
    const [owner] = row?.values.owner ?? [];
    if (owner === undefined) return { key: '', name: null };
    return { key: personKey(people, owner), name: owner.name ?? owner.email ?? owner.id ?? '' };
  }
  const name = row?.values[grouping]?.trim();
  return name === undefined || name === '' ? { key: '', name: null } : { key: name.toLowerCase(), name };
}

function bySize(left: Group, right: Group): number {
  if ((left.name === null) !== (right.name === null)) return left.name === null ? 1 : -1;
  return right.partnerships - left.partnerships || ((left.name ?? '') < (right.name ?? '') ? -1 : 1);
}

/** The statuses, the one that needs somebody soonest first. */
export const STATUS_ORDER = [
  'at-risk',
  'watch',
  'insufficient-data',
  'on-track',
] as const satisfies readonly PartnershipStatus[];

/** Worst first: by status, then by health, then by name. */
export function worstFirst(left: PartnershipAssessment, right: PartnershipAssessment): number {
  const health = (item: PartnershipAssessment) => item.health ?? 101;
  return (
    STATUS_ORDER.indexOf(left.status) - STATUS_ORDER.indexOf(right.status) ||
    health(left) - health(right) ||
    (`${left.row.title} ${left.row.id}` < `${right.row.title} ${right.row.id}` ? -1 : 1)
  );
}

/**
 * What falls due until a day, that day included, and what has slipped: decisions on a term, reviews, milestones that
 * are not done, and tasks of ours that are open past their day. By day.
 */
export function agendaOf(
  snapshot: Snapshot,
  assessment: Assessment,
  tasks: TaskIndex,
  until: Day,
): readonly AgendaItem[] {
  const { asOf } = assessment;
  const partners = new Map(assessment.partnerships.map(({ row }) => [row.id, row]));
  const named = (ids: readonly string[] | undefined) => (ids ?? []).flatMap((id) => partners.get(id) ?? []);
  const within = (day: Day | undefined): day is Day => day !== undefined && day <= until;
  const item = (kind: AgendaItem['kind'], day: Day, row: RowRef, partnerships: readonly RowRef[]): AgendaItem => ({
    kind,
    day,
    slipped: day < asOf,
    row,
    partnerships,
  });
  const items: AgendaItem[] = [];
  for (const { row, decideBy, nextReview } of assessment.partnerships) {
    if (within(decideBy)) items.push(item('decide-by', decideBy, row, [row]));
    if (within(nextReview)) items.push(item('review', nextReview, row, [row]));
  }
  const done = new Set(assessment.milestones.flatMap(({ row, status }) => (status === 'done' ? [row.id] : [])));
  for (const { id, title, url, values } of rowsOf(snapshot, 'milestones')) {
    if (within(values.due) && !done.has(id))
      items.push(item('milestone', values.due, { id, title, url }, named(values.partnership)));
  }
  for (const task of tasks.owners.values()) {
    const { due, partnership } = task.row.values;
    if (due !== undefined && due < asOf && !isClosed(task)) items.push(item('task', due, task.ref, named(partnership)));
  }
  const order = ({ day, kind, row }: AgendaItem) => `${day} ${kind} ${row.title} ${row.id}`;
  return items.sort((left, right) => (order(left) < order(right) ? -1 : 1));
}
