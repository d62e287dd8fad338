/**
 * The calls Tandem makes to Airtable. Record calls go through the `airtable` package, with our transport put
 * under it: the package's own retries a 429 forever, hides the type of most errors and can hang on an answer
 * that is not JSON. This file is the only one that sees the package; its old, loose types end here.
 */
import Airtable from 'airtable';
import { z } from 'zod';
import type { Transport, WireRequest } from '../transport.js';
import { AirtableFailure, explainQuota, isOutOfQuota, parseJson, readFailure } from './failure.js';
import { type AirtableTable, BaseTables } from './schema.js';

/** A value of a cell as it goes over the wire. null clears the cell. */
export type WireValue =
  | null
  | string
  | number
  | boolean
  | readonly string[]
  | WireCollaborator
  | readonly WireCollaborator[]
  | { readonly text: string };
export type WireCollaborator = { readonly id: string } | { readonly email: string };
export type WireFields = Readonly<Record<string, WireValue>>;

/** A record of empty cells may come without `fields`. */
const record = z.object({
  id: z.string(),
  createdTime: z.string(),
  fields: z.record(z.string(), z.unknown()).default({}),
});
const listed = z.object({ records: z.array(record), offset: z.string().nullish() });
const Account = z.object({ id: z.string(), email: z.string().optional(), scopes: z.array(z.string()).optional() });
const base = z.object({ id: z.string(), name: z.string(), permissionLevel: z.string().optional() });
const Bases = z.object({ bases: z.array(base), offset: z.string().nullish() });
const written = z.object({ records: z.array(z.object({ id: z.string() })) });

export type AirtableRecord = z.infer<typeof record>;

export interface RecordPage {
  readonly records: readonly AirtableRecord[];
  /** Where the next page begins; absent on the last. */
  readonly offset?: string;
}

export interface Selection {
  readonly fieldIds: readonly string[];
  readonly formula?: string;
}

export interface AirtableClient {
  /** The account of the token, and its scopes where Airtable tells them. */
  whoami(signal?: AbortSignal): Promise<z.infer<typeof Account>>;
  /** The bases the token was granted, with the role its owner has in each. */
  bases(signal?: AbortSignal): Promise<readonly z.infer<typeof base>[]>;
  /** All tables of a base with their fields. */
  tables(base: string, signal?: AbortSignal): Promise<readonly AirtableTable[]>;
  /** One page of at most 100 records, fields keyed by id. */
  list(
    base: string,
    table: string,
    selection: Selection,
    offset: string | undefined,
    signal?: AbortSignal,
  ): Promise<RecordPage>;
  /** Merges fields into at most ten records; answers their ids. */
  update(
    base: string,
    table: string,
    records: readonly { readonly id: string; readonly fields: WireFields }[],
    typecast: boolean,
    signal?: AbortSignal,
  ): Promise<readonly string[]>;
  /** Creates at most ten records; answers their ids in the order given. */
  create(
    base: string,
    table: string,
    records: readonly WireFields[],
    typecast: boolean,
    signal?: AbortSignal,
  ): Promise<readonly string[]>;
}

interface Action {
  readonly method: 'GET' | 'POST' | 'PATCH';
  readonly path: string;
  readonly query: Readonly<Record<string, unknown>>;
  readonly body: unknown;
}
type Perform = (action: Action) => Promise<unknown>;

const DEFAULT_BASE_URL = 'https://api.airtable.com';
const PAGE_SIZE = 100;
/** Airtable lists bases by the thousand; more are no list anybody picks from. */
const MOST_BASES = 5_000;

/**
 * The package's base with `runAction`, through which all its table methods go, replaced. What it hands back
 * was checked by zod already: the package itself never settles when `records` is missing.
 */
class PacedBase extends Airtable.Base {
  readonly #perform: Perform;

  constructor(airtable: Airtable, id: string, perform: Perform) {
    super(airtable, id);
    this.#perform = perform;
  }

  override runAction(
    ...[method, path, query, body, callback]: Parameters<InstanceType<typeof Airtable.Base>['runAction']>
  ) {
    this.#perform({ method: methodOf(method), path: path.replace(/\/$/, ''), query, body }).then(
      (answer) => callback(null, undefined, answer),
      callback,
    );
  }
}

/** PUT clears every field it does not name and DELETE deletes: neither is ever sent. */
function methodOf(method: string): Action['method'] {
  const wanted = method.toUpperCase();
  if (wanted === 'GET' || wanted === 'POST' || wanted === 'PATCH') return wanted;
  throw new Error(`Tandem never sends ${wanted} to Airtable`);
}

export interface AirtableClientOptions {
  readonly token: string;
  /** Without a trailing "/v0". */
  readonly baseUrl?: string;
  readonly transport: Transport;
}

export function createAirtableClient({ token, transport, ...options }: AirtableClientOptions): AirtableClient {
  const baseUrl = (options.baseUrl ?? DEFAULT_BASE_URL).replace(/\/+$/, '');
  const airtable = new Airtable({ apiKey: token, endpointUrl: baseUrl });
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };

  async function send<T>(wire: Omit<WireRequest, 'headers'>, shape: z.ZodType<T>, signal?: AbortSignal): Promise<T> {
    const response = await transport.send({ ...wire, headers }, signal);
    if (response.status < 200 || response.status > 299) {
      const failure = readFailure(response);
      // The month is spent for everything this token is asked for, not for this table alone.
      if (isOutOfQuota(failure)) transport.halt(explainQuota(failure));
      throw failure;
    }
    const parsed = shape.safeParse(parseJson(response.text));
    if (!parsed.success) {
      const { status } = response;
      throw new AirtableFailure('the answer is not what Airtable documents', { status }, { cause: parsed.error });
    }
    return parsed.data;
  }

  const baseOf = (id: string, perform: Perform) => new PacedBase(airtable, id, perform);
  const urlOf = (base: string, { path, query }: Action) =>
    `${baseUrl}/v0/${encodeURIComponent(base)}${path}${queryText(query)}`;

  return {
    whoami: (signal) =>
      send({ method: 'GET', url: `${baseUrl}/v0/meta/whoami`, kind: 'read', repeatable: true }, Account, signal),

    async bases(signal) {
      const found: z.infer<typeof base>[] = [];
      let offset: string | undefined;
      do {
        const url = `${baseUrl}/v0/meta/bases${queryText({ offset })}`;
        const page = await send({ method: 'GET', url, kind: 'read', repeatable: true }, Bases, signal);
        found.push(...page.bases);
        offset = page.bases.length === 0 ? undefined : (page.offset ?? undefined);
      } while (offset !== undefined && found.length < MOST_BASES);
      return found;
    },

    async tables(base, signal) {
      const url = `${baseUrl}/v0/meta/bases/${encodeURIComponent(base)}/tables`;
      return (await send({ method: 'GET', url, kind: 'read', repeatable: true }, BaseTables, signal)).tables;
    },

    async list(base, table, { fieldIds, formula }, offset, signal) {
      let page: RecordPage = { records: [] };
      const paced = baseOf(base, async (planned) => {
        const action = continueAt(planned, offset);
        const wire = { method: action.method, url: urlOf(base, action), kind: 'read', repeatable: true } as const;
        const body = action.method === 'GET' ? {} : { body: JSON.stringify(action.body) };
        const answer = await send({ ...wire, ...body }, listed, signal);
        page = { records: answer.records, ...(answer.offset == null ? {} : { offset: answer.offset }) };
        return answer;
      });
      await paced
        .table(table)
        .select({
          fields: [...fieldIds],
          pageSize: PAGE_SIZE,
          returnFieldsByFieldId: true,
          ...(formula === undefined ? {} : { filterByFormula: formula }),
        })
        .firstPage();
      return page;
    },

    async update(base, table, records, typecast, signal) {
      const paced = baseOf(base, (action) => {
        const wire = { method: action.method, url: urlOf(base, action), body: JSON.stringify(action.body) };
        return send({ ...wire, kind: 'write', repeatable: true }, written, signal);
      });
      const rows = records.map(({ id, fields }) => ({ id, fields: fields as PackageFields }));
      return (await paced.table(table).update(rows, { typecast })).map((row) => row.id);
    },

    async create(base, table, records, typecast, signal) {
      const paced = baseOf(base, (action) => {
        const wire = { method: action.method, url: urlOf(base, action), body: JSON.stringify(action.body) };
        return send({ ...wire, kind: 'write', repeatable: false }, written, signal);
      });
      const rows = records.map((fields) => ({ fields: fields as PackageFields }));
      return (await paced.table(table).create(rows, { typecast })).map((row) => row.id);
    },
  };
}

/** The package's type of fields knows no null, no collaborator by e-mail and no barcode; the API takes all three. */
type PackageFields = Airtable.FieldSet & WireFields;

/** The package takes offsets for numbers; they are strings, and in a POST they belong in the body. */
function continueAt(action: Action, offset: string | undefined): Action {
  if (offset === undefined) return action;
  if (action.method === 'GET') return { ...action, query: { ...action.query, offset } };
  return { ...action, body: Object.assign({}, action.body, { offset }) };
}

/** Lists go as `key[]=a&key[]=b`. Nothing is sent for undefined: Airtable refuses empty and "null" parameters. */
function queryText(query: Readonly<Record<string, unknown>>): string {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    if (Array.isArray(value)) for (const item of value) params.append(`${key}[]`, String(item));
    else if (value !== undefined && value !== null) params.append(key, String(value));
  }
  const text = params.toString();
  return text === '' ? '' : `?${text}`;
}
