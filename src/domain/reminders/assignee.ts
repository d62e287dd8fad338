/** Who a reminder is for: the people who may be asked, in order. The first whom the task's own tool accepts is assigned. */
import type { EntityName, EntityRow, Person } from '../entities.js';
import { findPerson, type KnownPerson } from '../people.js';
import type { Snapshot } from '../snapshot.js';
import type { Assignee } from '../tasks.js';
import type { AssigneeRule, Occasion } from './reminder.js';

/** The field that names who answers for a row. */
const ANSWERS = {
  kpis: 'owner',
  milestones: 'owner',
  actions: 'owner',
  risks: 'owner',
  issues: 'owner',
  decisions: 'approver',
} as const satisfies Partial<Record<EntityName, string>>;

type Candidates = (
  rule: AssigneeRule,
  occasion: Occasion,
  partnership: EntityRow<'partnerships'>,
) => readonly Assignee[];

/**
 * Whoever answers for the row or has the role the reminder wants, then the owner of the partnership, who stands in, who
 * leads. Nobody who has left is asked, wherever they are still named; who led them is.
 */
export function candidatesFor(snapshot: Snapshot, people: readonly KnownPerson[]): Candidates {
  const answering = new Map<string, readonly Person[]>();
  for (const [entity, field] of Object.entries(ANSWERS) as [keyof typeof ANSWERS, string][]) {
    for (const row of snapshot[entity]?.rows ?? []) {
      const values: Readonly<Record<string, unknown>> = row.values;
      answering.set(`${entity} ${row.id}`, (values[field] as readonly Person[] | undefined) ?? []);
    }
  }
  return (rule, { entity, row }, partnership) => {
    const own = rule === 'row' ? (answering.get(`${entity} ${row.id}`) ?? []) : [];
    const [first] = own;
    const { values } = partnership;
    const asked = rule === 'row' || rule === 'partnership' ? undefined : values[ROLES[rule]]?.[0];
    const named = [
      ...(first === undefined ? [] : [{ person: first, from: entity }]),
      ...[asked, values.owner?.[0], values.backupOwner?.[0]].flatMap((person) =>
        person === undefined ? [] : [{ person, from: 'partnerships' as const }],
      ),
    ];
    const lead = leadOf(partnership, named, people);
    const here = named.filter(({ person }) => findPerson(people, person)?.left !== true);
    return lead === undefined ? here : [...here, lead];
  };
}

const ROLES = { backup: 'backupOwner', lead: 'lead', sponsor: 'sponsor' } as const;

/** Who is told when the person asked first does not act: the lead of the partnership, else of that person. */
export function leadOf(
  { values: { lead } }: EntityRow<'partnerships'>,
  [first]: readonly Assignee[],
  people: readonly KnownPerson[],
): Assignee | undefined {
  const [own] = lead ?? [];
  if (own !== undefined) return { person: own, from: 'partnerships' };
  const name = first === undefined ? undefined : findPerson(people, first.person)?.lead;
  if (name === undefined) return undefined;
  const email = findPerson(people, { name })?.email;
  return { person: { name, ...(email === undefined ? {} : { email }) }, from: 'partnerships' };
}
