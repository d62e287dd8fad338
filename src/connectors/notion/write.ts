/**
 * Writes, one page per request, as many at once as the data source bears. A create is sent once; whatever leaves its
 * outcome open is `unknown`, and finding out is not done here.
 */
import { asTandemError, type ErrorCode, TandemError } from '../../errors.js';
import type { Outcome, SourceSchema, Write } from '../../ports.js';
import type { Pace } from '../pace.js';
import type { Answer, Call } from './client.js';
import { encode, type WireValue } from './codec.js';
import { WrittenPage } from './schema.js';

interface Performed {
  readonly index: number;
  readonly outcome: Outcome;
  /** An attempt met another write to the same data source. */
  readonly conflict: boolean;
}

/** See Connector.apply. Once the signal is aborted the transport refuses every write that was not sent yet. */
export async function* applyWrites(
  call: Call,
  schema: SourceSchema,
  writes: readonly Write[],
  pace: Pace,
  signal?: AbortSignal,
): AsyncGenerator<{ readonly index: number; readonly outcome: Outcome }> {
  const running = new Map<number, Promise<Performed>>();
  let refused: TandemError | undefined;
  let next = 0;
  while (next < writes.length || running.size > 0) {
    const write = writes[next];
    if (write === undefined || running.size >= pace.width()) {
      const { index, outcome, conflict } = await Promise.race(running.values());
      running.delete(index);
      pace.note(conflict);
      // A token that is refused once is refused for every write after it.
      if (outcome.kind === 'failed' && outcome.error.code === 'auth-invalid-token') refused = outcome.error;
      yield { index, outcome };
      continue;
    }
    const index = next;
    next += 1;
    if (refused === undefined) running.set(index, perform(call, schema, write, index, signal));
    else yield { index, outcome: { kind: 'failed', error: refused } };
  }
}

async function perform(
  call: Call,
  schema: SourceSchema,
  write: Write,
  index: number,
  signal?: AbortSignal,
): Promise<Performed> {
  try {
    const { value, earlier } = await send(call, schema, write, signal);
    const url = value.url === undefined ? {} : { url: value.url };
    return { index, outcome: { kind: 'done', rowId: value.id, ...url }, conflict: earlier.includes(409) };
  } catch (thrown) {
    const error = asTandemError(thrown);
    return { index, outcome: outcomeOf(error, schema, write), conflict: error.details.status === 409 };
  }
}

function send(call: Call, schema: SourceSchema, write: Write, signal?: AbortSignal): Promise<Answer<WrittenPage>> {
  const properties = Object.fromEntries([...write.cells].map(([id, cell]) => [id, wireValue(schema, id, cell)]));
  if (write.kind === 'update') {
    return call((client) => client.pages.update({ page_id: write.rowId, properties }), WrittenPage, signal);
  }
  const parent = { type: 'data_source_id', data_source_id: schema.id } as const;
  return call((client) => client.pages.create({ parent, properties }), WrittenPage, signal);
}

function wireValue(schema: SourceSchema, id: string, cell: Parameters<typeof encode>[0]): WireValue {
  const property = schema.properties.find((candidate) => candidate.id === id);
  if (property === undefined) throw new TandemError('property-not-found', `The column ${id} is not in the schema.`);
  return encode(cell, property);
}

function outcomeOf(error: TandemError, schema: SourceSchema, write: Write): Outcome {
  const { committedRowId, sent } = error.details;
  if (committedRowId !== undefined) {
    return { kind: 'done', rowId: write.kind === 'update' ? write.rowId : committedRowId };
  }
  if (sent === true) return { kind: 'unknown', error };
  const code = writeCode(error, write);
  if (code === error.code) return { kind: 'failed', error };
  const details = code === 'write-refused' ? { property: culprits(error, schema, write) } : {};
  const named = new TandemError(code, error.message, { ...error.details, ...details }, { cause: error });
  return { kind: 'failed', error: named };
}

/** The columns a message speaks of, by name or id; all that were written where it names none. */
function culprits({ message }: TandemError, schema: SourceSchema, write: Write): string {
  const written = schema.properties.filter(({ id }) => write.cells.has(id));
  const named = written.filter(({ id, name }) => mentions(message, id) || mentions(message, name));
  return (named.length > 0 ? named : written).map(({ name }) => name).join(', ');
}

/** Whether a text holds a name that is not part of a longer word. */
function mentions(text: string, name: string): boolean {
  const before = text.split(name);
  return before.some((part, index) => {
    const after = before[index + 1];
    return after !== undefined && !/[\p{L}\p{N}]$/u.test(part) && !/^[\p{L}\p{N}]/u.test(after);
  });
}

/** What a refusal means for a write: an update's 404 is about the row, a 400 about the values. */
function writeCode(error: TandemError, write: Write): ErrorCode {
  if (write.kind === 'update' && error.details.status === 404) return 'row-gone';
  if (error.details.status === 400 || error.details.status === 413) {
    return write.kind === 'update' && /archived|in_trash|in the trash/i.test(error.message)
      ? 'row-gone'
      : 'write-refused';
  }
  return error.code;
}
