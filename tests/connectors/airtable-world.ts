/** A connector over the contract's Airtable sandbox with everything read, and the shapes its tests share. */
import type { SourceMapping } from '../../src/domain/mapping.js';
import type { Connector, Outcome, RawRow, SourceSchema, Write } from '../../src/ports.js';
import { BASE, makeAirtable } from '../contract/worlds/airtable.js';
import type { Fault } from '../support/in-process.js';

export async function openWorld() {
  const made = makeAirtable();
  const connector = made.open();
  const schema = await connector.describe(made.source);
  const rows: RawRow[] = [];
  for await (const page of connector.read(made.source, schema)) rows.push(...page);
  const id = (name: string): string => {
    const property = schema.properties.find((candidate) => candidate.name === name);
    if (property === undefined) throw new Error(`no field ${name}`);
    return property.id;
  };
  const writes = (count: number, cells: (index: number) => Write['cells']): Write[] =>
    rows.slice(0, count).map((row, index) => ({ kind: 'update', rowId: row.id, cells: cells(index) }));
  const score = (number: number): Write['cells'] => new Map([[id('Score'), { kind: 'number', number } as const]]);
  const stored = (name: string) => made.sandbox.records(BASE, 'Items').map((record) => record.fields[name]);
  const sent = () => made.line.arrivals.filter((arrival) => arrival.write);
  return { ...made, connector, schema, rows, id, writes, score, stored, sent };
}

export async function outcomesOf(
  connector: Connector,
  source: SourceMapping,
  schema: SourceSchema,
  writes: readonly Write[],
  signal?: AbortSignal,
): Promise<readonly Outcome[]> {
  const told = new Map<number, Outcome>();
  for await (const { index, outcome } of connector.apply(source, schema, writes, signal)) told.set(index, outcome);
  return writes.map((_, index) => {
    const outcome = told.get(index);
    if (outcome === undefined) throw new Error(`write ${index} was not told`);
    return outcome;
  });
}

export const kinds = (outcomes: readonly Outcome[]) => outcomes.map((outcome) => outcome.kind);
export const refusal = (status: number, type: string, message: string): Fault => ({
  kind: 'answer',
  status,
  body: { error: { type, message } },
});
/** What Airtable answers for a wrong id and for a missing grant. */
export const GONE = 'INVALID_PERMISSIONS_OR_MODEL_NOT_FOUND';
