/**
 * Performing writes: ten records a request, PATCH only. A request is refused as a whole when one record is
 * wrong, so a refused one is halved until the bad record stands alone. A create whose outcome is unknown is
 * never sent again. What concerns the token, the base or the quota stops everything after it.
 */
import type { SourceMapping } from '../../domain/mapping.js';
import { asTandemError, TandemError } from '../../errors.js';
import type { Outcome, PropertySchema, SourceSchema, Write } from '../../ports.js';
import type { Pace } from '../pace.js';
import { type Batch, encodeWrite, halve, type Item, makeBatches } from './batch.js';
import type { AirtableClient } from './client.js';
import { AirtableFailure, explain, isHidden } from './failure.js';

export interface Target {
  readonly client: AirtableClient;
  readonly base: string;
  readonly source: SourceMapping;
  readonly schema: SourceSchema;
}

interface Told {
  readonly index: number;
  readonly outcome: Outcome;
}

/** What became of one request. */
type Verdict =
  | { readonly kind: 'done'; readonly ids: readonly string[] }
  | { readonly kind: 'unknown'; readonly error: TandemError }
  /** Not applied, because of at least one of its records. */
  | { readonly kind: 'refused'; readonly failure: AirtableFailure }
  /** `error` concerns every request that would follow; `inDoubt`: this one may have been applied all the same. */
  | { readonly kind: 'halt'; readonly error: TandemError; readonly inDoubt: boolean };

/** See the port: one outcome per write. Requests that share no row run side by side, as many as the table bears. */
export async function* performWrites(
  target: Target,
  writes: readonly Write[],
  pace: Pace,
  signal?: AbortSignal,
): AsyncGenerator<Told> {
  const items: Record<Write['kind'], Item[]> = { update: [], create: [] };
  for (const [index, write] of writes.entries()) {
    const item = encodeWrite(target.source, target.schema, write, index);
    if (item instanceof TandemError) yield { index, outcome: { kind: 'failed', error: item } };
    else items[write.kind].push(item);
  }
  const queue = [...makeBatches('update', items.update), ...makeBatches('create', items.create)];
  const running = new Map<Batch, Promise<readonly [Batch, Verdict]>>();
  while (queue.length > 0 || running.size > 0) {
    const [first] = queue;
    if (first !== undefined && running.size < pace.width() && mayBegin(first, running)) {
      queue.shift();
      running.set(
        first,
        sendBatch(target, first, signal).then((verdict) => [first, verdict]),
      );
      continue;
    }
    const [batch, verdict] = await Promise.race(running.values());
    running.delete(batch);
    pace.note(verdict.kind === 'refused' && verdict.failure.status === 409);
    yield* conclude(target, batch, verdict, queue);
  }
}

/** A row that is written twice is written in order, and the second half of a refused request waits for the first. */
function mayBegin(batch: Batch, running: ReadonlyMap<Batch, unknown>): boolean {
  const rows = new Set(batch.items.flatMap(({ rowId }) => rowId ?? []));
  return ![...running.keys()].some(
    ({ items, twin }) => twin === batch || items.some(({ rowId }) => rowId !== undefined && rows.has(rowId)),
  );
}

/** What a verdict says of a batch, and what it changes about those that wait. */
function* conclude(target: Target, batch: Batch, verdict: Verdict, queue: Batch[]): Generator<Told> {
  if (verdict.kind === 'halt') {
    yield* tellAll(batch, { kind: verdict.inDoubt ? 'unknown' : 'failed', error: verdict.error });
    for (const rest of queue.splice(0)) yield* tellAll(rest, { kind: 'failed', error: verdict.error });
  } else if (verdict.kind === 'refused') {
    const { told, again } = takeApart(target, batch, verdict.failure);
    yield* told;
    queue.unshift(...again);
  } else {
    yield* verdict.kind === 'done' ? tellDone(target, batch, verdict.ids) : tellAll(batch, verdict);
    const next = queue[0];
    if (verdict.kind === 'done' && next !== undefined && next === batch.twin && next.items.length > 1) {
      queue.splice(0, 1, ...halve(next));
    }
  }
}

async function sendBatch({ client, base, schema }: Target, batch: Batch, signal?: AbortSignal): Promise<Verdict> {
  if (signal?.aborted === true) {
    const error = new TandemError('aborted', 'Stopped before the request to Airtable was sent.', { sent: false });
    return { kind: 'halt', error, inDoubt: false };
  }
  try {
    const ids =
      batch.kind === 'update'
        ? await client.update(base, schema.id, batch.items.map(toRecord), batch.typecast, signal)
        : await client.create(
            base,
            schema.id,
            batch.items.map((item) => item.fields),
            batch.typecast,
            signal,
          );
    return { kind: 'done', ids };
  } catch (thrown) {
    return judge(thrown, `writing to ${base}/${schema.title}`, schema.id);
  }
}

const toRecord = ({ rowId = '', fields }: Item) => ({ id: rowId, fields });

function judge(thrown: unknown, what: string, source: string): Verdict {
  const error = asTandemError(explain(thrown, { what, scope: 'data.records:write', source }));
  if (!(thrown instanceof AirtableFailure)) {
    return error.details.sent === false ? { kind: 'halt', error, inDoubt: false } : { kind: 'unknown', error };
  }
  const { status, type, inDoubt } = thrown;
  if (status < 400 || status >= 500) return { kind: 'unknown', error };
  if (type === 'MODEL_ID_NOT_FOUND') return { kind: 'refused', failure: thrown };
  if (status === 401 || status === 429 || isHidden(thrown)) return { kind: 'halt', error, inDoubt };
  return { kind: 'refused', failure: thrown };
}

/** What can be told of a refused request, and what of it is sent again in smaller parts. */
function takeApart(target: Target, batch: Batch, failure: AirtableFailure): { told: Told[]; again: readonly Batch[] } {
  const property = culprit(target.schema, failure);
  const refused = (items: readonly Item[]): Told[] =>
    items.map((item) => ({ index: item.index, outcome: { kind: 'failed', error: refusal(target, item, failure) } }));
  if (batch.items.length === 1) return { told: refused(batch.items), again: [] };
  if (!concernsColumn(failure)) return { told: [], again: halve(batch) };
  const naming = batch.items.filter((item) => property === undefined || Object.hasOwn(item.fields, property.id));
  if (naming.length === 0 || (property === undefined && !sameColumns(batch.items))) {
    return { told: [], again: halve(batch) };
  }
  const others = batch.items.filter((item) => !naming.includes(item));
  return {
    told: refused(naming),
    again: others.length === 0 ? [] : [{ kind: batch.kind, typecast: batch.typecast, items: others }],
  };
}

/** A field that was deleted or locked is refused for every record that names it. */
const concernsColumn = ({ status, type }: AirtableFailure): boolean => status === 403 || type === 'UNKNOWN_FIELD_NAME';

const sameColumns = (items: readonly Item[]): boolean =>
  new Set(items.map((item) => Object.keys(item.fields).sort().join())).size === 1;

/** The column a message speaks of: by its id in brackets, or its name in quotes or before the brackets. */
function culprit({ properties }: SourceSchema, { message }: AirtableFailure): PropertySchema | undefined {
  return properties.find(
    ({ id, name }) => message.includes(id) || message.includes(`"${name}"`) || message.includes(`field ${name} (`),
  );
}

function refusal({ schema }: Target, item: Item, failure: AirtableFailure): TandemError {
  const property = culprit(schema, failure);
  const where = item.rowId === undefined ? schema.url : `${schema.url}/${item.rowId}`;
  const columns = Object.keys(item.fields).map((id) => schema.properties.find((known) => known.id === id)?.name ?? id);
  const named = property?.name ?? columns.join(', ');
  return new TandemError(
    isGone(item, failure) ? 'row-gone' : 'write-refused',
    `Airtable refused "${named}": ${failure.message}`,
    { where, source: schema.id, property: named, status: failure.status },
    { cause: failure },
  );
}

/** The same type is used for a linked record that is missing; then the message names that one. */
function isGone(item: Item, { type, message }: AirtableFailure): boolean {
  if (type !== 'ROW_DOES_NOT_EXIST' && type !== 'MODEL_ID_NOT_FOUND') return false;
  const named = /rec[A-Za-z0-9]{14}/.exec(message);
  return item.rowId !== undefined && (named === null || named[0] === item.rowId);
}

function* tellAll(batch: Batch, outcome: Exclude<Outcome, { kind: 'done' }>): Generator<Told> {
  for (const { index } of batch.items) yield { index, outcome };
}

/** Creates are answered in the order they were sent. */
function* tellDone({ schema }: Target, batch: Batch, ids: readonly string[]): Generator<Told> {
  for (const [position, item] of batch.items.entries()) {
    const rowId = item.rowId ?? ids[position];
    const outcome: Outcome =
      rowId === undefined
        ? { kind: 'unknown', error: new TandemError('upstream-invalid-response', 'Airtable named no id for a new row') }
        : { kind: 'done', rowId, url: `${schema.url}/${rowId}` };
    yield { index: item.index, outcome };
  }
}
