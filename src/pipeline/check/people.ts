/** Whom the tables name, and whether the task table could assign a task to them. Pure. */
import { ENTITIES, type FieldDeclaration, type Person } from '../../domain/entities.js';
import type { ReadSource } from '../../domain/normalise.js';
import { addressPerson, findPerson, type KnownPerson } from '../../domain/people.js';
import type { Snapshot } from '../../domain/snapshot.js';
import type { Canonicalise } from '../../domain/source.js';
import { peopleSeen } from '../task-changes.js';

export interface CheckedPeople {
  /** Different people the tables name. */
  readonly named: number;
  /** Those no task can be assigned to: the tool of the task table knows no account of theirs. */
  readonly unreachable: readonly string[];
  /** Names of the configuration that no table holds. */
  readonly unseen: readonly string[];
}

export interface PeopleOptions {
  readonly people: readonly KnownPerson[];
  readonly canonicaliseOf: (source: NonNullable<ReadSource['resolved']>) => Canonicalise;
}

/** Matches people as a run does. Without a column for assignees nobody is unreachable. */
export function checkPeople(
  sources: readonly ReadSource[],
  snapshot: Snapshot,
  { people, canonicaliseOf }: PeopleOptions,
): CheckedPeople {
  const named = new Map<string, { readonly person: Person; readonly connection: string }>();
  for (const { entity, resolved } of sources) {
    const declarations: Readonly<Record<string, FieldDeclaration>> = ENTITIES[entity];
    for (const row of entity === 'tasks' ? [] : (snapshot[entity]?.rows ?? [])) {
      for (const [field, value] of Object.entries(row.values)) {
        if (declarations[field]?.type.kind !== 'people' || !Array.isArray(value) || resolved === undefined) continue;
        for (const person of value as readonly Person[]) {
          named.set(identityOf(people, person), { person, connection: resolved.mapping.connection });
        }
      }
    }
  }
  const met = [...named.values()];
  const seen = new Set(met.map(({ person }) => findPerson(people, person)?.name));
  return {
    named: named.size,
    unreachable: unreachableOf(met, sources, people, canonicaliseOf),
    unseen: people.map(({ name }) => name).filter((name) => named.size > 0 && !seen.has(name) && !leads(people, name)),
  };
}

const leads = (people: readonly KnownPerson[], name: string): boolean => people.some(({ lead }) => lead === name);

/** One person goes by the name of the configuration, else by e-mail, else by name, else by id. */
function identityOf(people: readonly KnownPerson[], person: Person): string {
  const known = findPerson(people, person);
  const shown = known?.name ?? person.email ?? person.name ?? person.id ?? '';
  return shown.normalize('NFC').trim().toLowerCase();
}

function unreachableOf(
  met: readonly { readonly person: Person; readonly connection: string }[],
  sources: readonly ReadSource[],
  people: readonly KnownPerson[],
  canonicaliseOf: PeopleOptions['canonicaliseOf'],
): readonly string[] {
  const tasks = sources.find(({ entity }) => entity === 'tasks')?.resolved;
  const assignee = tasks?.fields.get('assignee');
  if (tasks === undefined || assignee === undefined) return [];
  const { connection } = tasks.mapping;
  const seen = peopleSeen(sources, connection);
  return met
    .filter(({ person, connection: from }) => {
      const asked = addressPerson(people, seen, person, connection, from);
      const held = canonicaliseOf(tasks)(assignee, { kind: 'people', people: [asked] }, { createOptions: false });
      return held.kind === 'refused';
    })
    .map(({ person }) => person.name ?? person.email ?? person.id ?? '')
    .sort();
}
