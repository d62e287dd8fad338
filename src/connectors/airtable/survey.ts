/** What Airtable tells of a token: whose it is, which tables it sees, and what it may do. Changes nothing. */
import { TandemError } from '../../errors.js';
import type { FoundTable, Grant, Surveyor } from '../../ports.js';
import { type AirtableClient, type AirtableClientOptions, createAirtableClient } from './client.js';
import { explain } from './failure.js';
import { describeTable } from './schema.js';

/** Roles in a base that may write records. */
const WRITERS: ReadonlySet<string> = new Set(['edit', 'create', 'owner']);
/** Each base costs a call. */
const MOST_BASES = 50;

export function createAirtableSurveyor(options: AirtableClientOptions): Surveyor {
  const client = createAirtableClient(options);
  return {
    async account(signal) {
      const { id, email } = await told(client.whoami(signal), 'asking whose token it is');
      return { name: email ?? id };
    },
    async tables(signal) {
      const bases = await told(client.bases(signal), 'listing the bases');
      const found: FoundTable[] = [];
      for (const base of bases.slice(0, MOST_BASES)) {
        const tables = await told(client.tables(base.id, signal), `reading the tables of ${base.name}`);
        for (const table of tables) {
          const { id, title, url } = describeTable(base.id, table);
          found.push({ location: { type: 'airtable', base: base.id, table: id }, title, within: base.name, url });
        }
      }
      return found;
    },
    async grants(location, signal) {
      if (location.type !== 'airtable') throw new TandemError('internal', 'That is no Airtable table.');
      return grantsIn(client, location.base, signal);
    },
  };
}

/** A token may write where it has the scope and its owner the role. Not every kind of token tells its scopes. */
async function grantsIn(client: AirtableClient, base: string, signal?: AbortSignal): Promise<readonly Grant[]> {
  const { scopes } = await told(client.whoami(signal), 'asking for the scopes of the token');
  const bases = await told(client.bases(signal), 'listing the bases');
  const role = bases.find(({ id }) => id === base)?.permissionLevel;
  const scoped = scopes === undefined ? undefined : scopes.includes('data.records:write');
  const may = role === undefined ? undefined : WRITERS.has(role);
  const state = scoped === false || may === false ? 'missing' : scoped && may ? 'granted' : 'unknown';
  const name = may === false ? `the role editor (it is ${role})` : 'data.records:write';
  return [
    { right: 'insert', name, state },
    { right: 'update', name, state },
  ];
}

async function told<T>(asked: Promise<T>, what: string): Promise<T> {
  return asked.catch((thrown: unknown) => {
    throw explain(thrown, { what, scope: 'schema.bases:read', source: '' });
  });
}
