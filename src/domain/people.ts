/** Who is who: the people a configuration names, found again behind a name, an e-mail or a tool's own id. */
import type { Person } from './entities.js';

export interface KnownPerson {
  readonly name: string;
  readonly email?: string;
  /** Name of the person who is told when this one does not act. */
  readonly lead?: string;
  /** Has left: what is still theirs is told. */
  readonly left?: boolean;
  readonly aliases: readonly string[];
  /** Connection name -> id in that tool. */
  readonly ids: Readonly<Record<string, string>>;
}

const same = (left: string | undefined, right: string | undefined): boolean =>
  left !== undefined &&
  right !== undefined &&
  left.normalize('NFC').trim().toLowerCase() === right.normalize('NFC').trim().toLowerCase();

/** Whether two readings mean one person: by the tool's id, else by e-mail, else by name. */
export function isSamePerson(left: Person, right: Person): boolean {
  if (left.id !== undefined && left.id === right.id) return true;
  return same(left.email, right.email) || same(left.name, right.name);
}

/** The configured person a reading means: by id, then e-mail, then name or alias. */
export function findPerson(known: readonly KnownPerson[], person: Person): KnownPerson | undefined {
  return (
    known.find((candidate) => person.id !== undefined && Object.values(candidate.ids).includes(person.id)) ??
    known.find((candidate) => same(candidate.email, person.email)) ??
    known.find((candidate) => [candidate.name, ...candidate.aliases].some((name) => same(name, person.name)))
  );
}

/** What tells a person from others whatever tool they were read from: the name the configuration gives them, else their own. */
export function personKey(known: readonly KnownPerson[], person: Person): string {
  const name = findPerson(known, person)?.name ?? person.email ?? person.name ?? person.id ?? '';
  return name.normalize('NFC').trim().toLowerCase();
}

/** A reading completed with what the configuration knows of the person; the tool's own id and name stay. */
export function completePerson(known: readonly KnownPerson[], person: Person): Person {
  const match = findPerson(known, person);
  if (match === undefined) return person;
  const name = person.name ?? match.name;
  const email = person.email ?? match.email;
  return { ...person, name, ...(email === undefined ? {} : { email }), ...(match.left === true ? { left: true } : {}) };
}

/**
 * The person as a connection can address them: with an id of that tool where one is known, from the
 * reading itself when it came from the same connection, else from the configuration or from the people seen there.
 */
export function addressPerson(
  known: readonly KnownPerson[],
  seen: readonly Person[],
  person: Person,
  connection: string,
  readFrom: string | undefined,
): Person {
  if (person.id !== undefined && connection === readFrom) return person;
  const { id: _foreign, ...bare } = person;
  const configured = findPerson(known, person)?.ids[connection];
  if (configured !== undefined) return { ...bare, id: configured };
  const met = seen.find((other) => same(other.email, person.email) || same(other.name, person.name));
  return met?.id === undefined ? bare : { ...bare, id: met.id };
}
