/** What there is to build a configuration on: the tables the tokens can see, their columns and the first of their rows. */
import type { EntityName } from '../../domain/entities.js';
import type { Location, SourceMapping } from '../../domain/mapping.js';
import type { Canonicalise, RawRow, SourceSchema } from '../../domain/source.js';
import { parseStamp } from '../../domain/stamp.js';
import { asTandemError, type TandemError } from '../../errors.js';
import type { Account, Connector, Surveyor } from '../../ports.js';

/** The tools behind the tokens. */
export interface Tools {
  /** Names of the connections there are tokens for. */
  readonly connections: readonly string[];
  readonly surveyorOf: (connection: string) => Surveyor;
  readonly connectorOf: (source: Pick<SourceMapping, 'connection' | 'location'>) => Connector;
}

/** A table somebody named, and what is to be read from it, where they said. */
export interface Pointer {
  readonly connection: string;
  /** A table of Airtable may be left open: then every table of the base is meant. */
  readonly location:
    | Extract<Location, { type: 'notion' }>
    | { readonly type: 'airtable'; readonly base: string; readonly table?: string };
  readonly entity?: EntityName;
}

export interface SeenTable {
  readonly connection: string;
  readonly location: Location;
  /** The base it stands in, where the tool has bases. */
  readonly within: string | null;
  readonly schema: SourceSchema;
  /** The first page of its rows, without relations. */
  readonly rows: readonly RawRow[];
  /** There may be more rows than were looked at. */
  readonly cut: boolean;
  readonly canonicalise: Canonicalise;
  /** What its owner said it is. */
  readonly entity?: EntityName;
}

export interface Seen {
  readonly accounts: Readonly<Record<string, Account>>;
  readonly tables: readonly SeenTable[];
  /** Tables that could not be looked at. */
  readonly errors: readonly TandemError[];
  /** Tables beyond those looked at. */
  readonly passedOver: number;
  /** Tandem has written to one of the tables before. */
  readonly ours: boolean;
}

/** Each table costs two calls. */
const MOST_TABLES = 60;
/** Rows a tool gives in one page. */
const PAGE = 100;

/** Looks at the tables that were named, or at all the tokens can see. Throws what a token or a name is refused with. */
export async function lookAround(tools: Tools, pointers: readonly Pointer[], signal: AbortSignal): Promise<Seen> {
  const accounts: Record<string, Account> = {};
  for (const connection of tools.connections) accounts[connection] = await tools.surveyorOf(connection).account(signal);
  const found = await placesOf(tools, pointers, signal);
  const tables: SeenTable[] = [];
  const errors: TandemError[] = [];
  for (const place of found.slice(0, MOST_TABLES)) {
    try {
      tables.push(await lookAt(tools, place, signal));
    } catch (thrown) {
      signal.throwIfAborted();
      // What was named must be there; what was merely found may be passed by.
      if (place.named) throw thrown;
      errors.push(asTandemError(thrown));
    }
  }
  const ours = tables.some(({ rows }) => rows.some(hasStamp));
  return { accounts, tables, errors, passedOver: Math.max(0, found.length - MOST_TABLES), ours };
}

interface Place {
  readonly connection: string;
  readonly location: Location;
  readonly within: string | null;
  readonly named: boolean;
  readonly entity?: EntityName;
}

async function placesOf(tools: Tools, pointers: readonly Pointer[], signal: AbortSignal): Promise<readonly Place[]> {
  const places: Place[] = [];
  for (const connection of tools.connections) {
    const own = pointers.filter((pointer) => pointer.connection === connection);
    const whole = own.every(({ location }) => location.type === 'notion' || location.table !== undefined);
    const all = own.length > 0 && whole ? [] : await tools.surveyorOf(connection).tables(signal);
    const listed = all.map(({ location, within }) => ({ connection, location, within: within ?? null, named: false }));
    if (own.length === 0 && pointers.length === 0) places.push(...listed);
    for (const pointer of own) places.push(...meant(pointer, listed));
  }
  return places;
}

function meant({ connection, location, entity }: Pointer, listed: readonly Place[]): readonly Place[] {
  const said = entity === undefined ? {} : { entity };
  if (location.type === 'notion') return [{ connection, location, within: null, named: true, ...said }];
  const { base, table } = location;
  if (table !== undefined)
    return [{ connection, location: { type: 'airtable', base, table }, within: null, named: true, ...said }];
  const inBase = listed.filter((place) => place.location.type === 'airtable' && place.location.base === base);
  return inBase.map((place) => ({ ...place, named: true, ...said }));
}

async function lookAt(tools: Tools, place: Place, signal: AbortSignal): Promise<SeenTable> {
  const { connection, within, entity } = place;
  const asked: SourceMapping = { ...place, entity: entity ?? 'partnerships', fields: {}, manages: {} };
  const connector = tools.connectorOf(asked);
  const schema = await connector.describe(asked, signal);
  const columns = schema.properties.filter(({ holds }) => holds !== 'links');
  const fields = Object.fromEntries(columns.map(({ id }) => [id, { property: id }]));
  const rows: RawRow[] = [];
  if (columns.length > 0) {
    for await (const page of connector.read({ ...asked, fields }, schema, signal)) {
      rows.push(...page);
      break;
    }
  }
  const { location } = place;
  return {
    connection,
    location: location.type === 'notion' ? { type: 'notion', id: schema.id } : location,
    within,
    schema,
    rows,
    cut: rows.length >= PAGE,
    canonicalise: connector.canonicalise,
    ...(entity === undefined ? {} : { entity }),
  };
}

const hasStamp = ({ cells }: RawRow): boolean =>
  [...cells.values()].some((cell) => cell.kind === 'text' && parseStamp(cell.text) !== undefined);
