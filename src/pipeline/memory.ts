/**
 * What is kept from one run of a workspace to the next: the sources as they were read, and where the ids and links of
 * the configuration lead. A cache of another version, of another mapping or of no use at all is the same as none.
 */
import { z } from 'zod';
import type { Cell } from '../domain/cells.js';
import type { EntityName } from '../domain/entities.js';
import type { SourceMapping } from '../domain/mapping.js';
import type { PropertySchema, RawRow, Remembered, SourceSchema, State } from '../ports.js';

/** Grows with every change of what is kept or of how connectors read a cell. */
const VERSION = 1;
/** After this a source is read whole again: what no question for changes tells of is told by then. */
const WHOLE_EVERY_MS = 60 * 60_000;

const PLACES = 'places';
const nameOf = (entity: EntityName): string => `rows:${entity}`;

export interface Memory {
  /** Where an id or link of the configuration leads, as the connector of its tool has found; it adds to it. */
  readonly places: Map<string, string>;
  /** A source as it was last read. Undefined where it is not known, or was not read whole for an hour. */
  recall(source: SourceMapping): Remembered | undefined;
  /** Keeps a source that was read to its end; `whole`: every row and the schema, now. */
  keep(source: SourceMapping, remembered: Remembered, whole: boolean): void;
  /** Puts away what was kept. A cache that takes nothing is no reason to stop a run. */
  store(): Promise<void>;
}

export interface MemoryOptions {
  readonly workspace: string;
  readonly sources: readonly SourceMapping[];
  /** Names the server and the account a source is read with: another one may see other rows. */
  readonly accessOf: (source: SourceMapping) => string;
  /** Whether sources are remembered; else every one is read whole, and only places are known. */
  readonly rows: boolean;
  readonly now: number;
}

/** The memory of a workspace, fetched in one go. */
export async function openMemory(cache: State['cache'], options: MemoryOptions): Promise<Memory> {
  const { workspace, sources, accessOf, rows, now } = options;
  const names = [PLACES, ...(rows ? sources.map(({ entity }) => nameOf(entity)) : [])];
  const texts: ReadonlyMap<string, string> = await cache.get(workspace, names).catch(() => new Map());
  const places = new Map(parse(Places, texts.get(PLACES)));
  const found = [...places].join();
  const kept = new Map<string, string>();
  const wholeAt = new Map<EntityName, number>();
  const originOf = (source: SourceMapping): string => JSON.stringify([source, accessOf(source)]);

  return {
    places,
    recall: (source) => {
      const stored = parse(Stored, texts.get(nameOf(source.entity)));
      if (stored?.origin !== originOf(source)) return undefined;
      // A time after now was written by a clock that was wrong.
      if (now - stored.wholeAt >= WHOLE_EVERY_MS || stored.wholeAt > now) return undefined;
      wholeAt.set(source.entity, stored.wholeAt);
      return stored;
    },
    keep: (source, { schema, rows: read, mark }, whole) => {
      if (!rows) return;
      const stored: z.input<typeof Stored> = {
        version: VERSION,
        origin: originOf(source),
        wholeAt: whole ? now : (wholeAt.get(source.entity) ?? now),
        schema: { ...schema, properties: [...schema.properties] },
        rows: read.map(({ cells, ...row }) => ({ ...row, cells: [...cells] })),
        mark,
      };
      kept.set(nameOf(source.entity), JSON.stringify(stored));
    },
    store: async () => {
      if ([...places].join() !== found) kept.set(PLACES, JSON.stringify([...places]));
      await cache.put(workspace, kept).catch(() => undefined);
    },
  };
}

function parse<T>(shape: z.ZodType<T>, text: string | undefined): T | undefined {
  if (text === undefined) return undefined;
  try {
    return shape.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

const Places = z.array(z.tuple([z.string(), z.string()]));
const text = z.string();
const Person = z.object({ id: text.exactOptional(), name: text.exactOptional(), email: text.exactOptional() });

const Cells: z.ZodType<Cell> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('empty') }),
  z.object({ kind: z.literal('text'), text }),
  z.object({ kind: z.literal('number'), number: z.number() }),
  z.object({ kind: z.literal('flag'), flag: z.boolean() }),
  z.object({ kind: z.literal('date'), start: text, end: text.exactOptional() }),
  z.object({ kind: z.literal('labels'), labels: z.array(text) }),
  z.object({ kind: z.literal('people'), people: z.array(Person) }),
  z.object({ kind: z.literal('links'), ids: z.array(text) }),
  z.object({ kind: z.literal('list'), items: z.array(z.lazy(() => Cells)) }),
  z.object({ kind: z.literal('unknown'), reason: text }),
]);

const Row = z.object({
  id: text,
  url: text,
  createdTime: text,
  createdByUs: z.boolean().exactOptional(),
  trashed: z.boolean(),
  cells: z.array(z.tuple([text, Cells])).transform((cells): RawRow['cells'] => new Map(cells)),
});

const Property: z.ZodType<PropertySchema> = z.object({
  id: text,
  name: text,
  type: text,
  holds: z.enum(['text', 'number', 'flag', 'date', 'labels', 'people', 'links', 'list']).exactOptional(),
  writable: z.boolean(),
  options: z.array(text).exactOptional(),
  defaultOption: text.exactOptional(),
  linksTo: text.exactOptional(),
  percent: z.boolean().exactOptional(),
  precision: z.number().exactOptional(),
  yields: text.exactOptional(),
});

const Schema: z.ZodType<SourceSchema> = z.object({ id: text, title: text, url: text, properties: z.array(Property) });

const Stored = z.object({
  version: z.literal(VERSION),
  /** The mapping it was read by, and from where. */
  origin: text,
  wholeAt: z.number(),
  schema: Schema,
  rows: z.array(Row),
  mark: text,
});
