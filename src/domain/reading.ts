/**
 * The actual value of a KPI: what its dated readings add up to, or the value its own row states. Readings win
 * over the row, and a reading that cannot be read makes the sum unknown rather than smaller.
 */
import type { Day } from './calendar.js';
import type { EntityRow } from './entities.js';
import { contradictory, type KpiFault, lacking, missing, ok, type Result, unreadable } from './kpi-fault.js';

/** An actual value, the readings it was made of, and the day it was read. */
export interface Measured {
  readonly actual: number;
  readonly values: readonly number[];
  readonly readOn?: Day;
}

type KpiRow = EntityRow<'kpis'>;
export type Reading = EntityRow<'measurements'>;
type ReadNumber = 'value' | 'numerator' | 'denominator';

/** A number one can calculate with, or undefined. */
export function num(value: number | undefined): number | undefined {
  return value !== undefined && Number.isFinite(value) ? value : undefined;
}

/**
 * The actual on a day. Readings count from the first to the last day of the period, a snapshot from any earlier day
 * too; those after `asOf` never. Of two snapshots on one day the one with the larger row id stands. Several
 * readings without a stated accumulation are not added up: then the row's own actual stands.
 */
export function actualOf(row: KpiRow, readings: readonly Reading[], asOf: Day): Result<Measured> {
  const { accumulation } = row.values;
  if (row.unreadable.has('accumulation')) return unreadable('accumulation');
  if (readings.length === 0) return withoutReadings(row, false);
  if (readings.some((reading) => reading.unreadable.has('date'))) return unreadable('reading');
  const seen = readings
    .filter((reading) => reading.values.date !== undefined && reading.values.date <= asOf)
    .filter((reading) => accumulation === 'count' || !isBlank(reading))
    .sort((left, right) => (orderKey(left) < orderKey(right) ? -1 : 1));
  const used = inPeriod(row, seen);
  if (used.length === 0) return withoutReadings(row, seen.length > 0);
  if (used.some((reading) => isOtherUnit(row, reading))) return contradictory('unit');
  if (accumulation === undefined && used.length > 1) {
    return num(row.values.actual) === undefined ? missing('accumulation') : ownActual(row);
  }
  return accumulate(row, used);
}

/** A row prepared for a reading that was not taken yet: there, but no reading. */
export function isBlank({ values, unreadable: broken }: Reading): boolean {
  return NUMBERS.every((field) => values[field] === undefined && !broken.has(field));
}

const NUMBERS: readonly ReadNumber[] = ['value', 'numerator', 'denominator'];

const orderKey = (reading: Reading): string => `${reading.values.date ?? ''} ${reading.id}`;

/** Readings that may count for the period, of those given. */
export function inPeriod(row: KpiRow, seen: readonly Reading[]): readonly Reading[] {
  const { start, end, accumulation } = row.values;
  const ended = seen.filter(({ values: { date = '' } }) => end === undefined || date <= end);
  if (accumulation === 'snapshot') return ended.slice(-1);
  return ended.filter(({ values: { date = '' } }) => start === undefined || date >= start);
}

const unitKey = (unit: string): string => unit.toLowerCase().replace(/\s/g, '');

/** Amounts in two units have no sum. A reading without a unit is in the unit of its goal. */
function isOtherUnit(row: KpiRow, { values: { unit } }: Reading): boolean {
  return unit !== undefined && row.values.unit !== undefined && unitKey(unit) !== unitKey(row.values.unit);
}

function withoutReadings(row: KpiRow, readElsewhere: boolean): Result<Measured> {
  const stated = ownActual(row);
  const nothingStated = 'fault' in stated && stated.fault.kind === 'missing' && stated.fault.part === 'actual';
  return row.values.accumulation === 'count' && readElsewhere && nothingStated ? ok({ actual: 0, values: [] }) : stated;
}

function ownActual(row: KpiRow): Result<Measured> {
  const { accumulation, measuredOn } = row.values;
  const read = measuredOn === undefined ? {} : { readOn: measuredOn };
  const states = (field: 'numerator' | 'denominator'): boolean =>
    num(row.values[field]) !== undefined || row.unreadable.has(field);
  if (accumulation === 'ratio' && (states('numerator') || states('denominator'))) {
    const numerator = num(row.values.numerator);
    const denominator = num(row.values.denominator);
    if (numerator === undefined || row.unreadable.has('numerator')) return lacking(row, 'numerator');
    if (denominator === undefined || row.unreadable.has('denominator')) return lacking(row, 'denominator');
    const ratio = ratioOf(row, numerator, denominator);
    return 'fault' in ratio ? ratio : ok({ actual: ratio.ok, values: [], ...read });
  }
  const actual = num(row.values.actual);
  return actual === undefined ? lacking(row, 'actual') : ok({ actual, values: [], ...read });
}

/** A quotient in the scale the row declares: 0.83, or 83 where its percentages are written as whole numbers. */
function ratioOf(row: KpiRow, numerator: number, denominator: number): Result<number> {
  if (row.unreadable.has('scale')) return unreadable('scale');
  if (denominator === 0) return contradictory('denominator-zero');
  const share = (numerator / denominator) * (row.values.scale === 'percent' ? 100 : 1);
  return Number.isFinite(share) ? ok(share) : contradictory('size');
}

function accumulate(row: KpiRow, used: readonly Reading[]): Result<Measured> {
  const { accumulation } = row.values;
  const last = used.at(-1)?.values.date;
  const read = last === undefined ? {} : { readOn: last };
  if (accumulation === 'count') return ok({ actual: used.length, values: [], ...read });
  if (accumulation === 'ratio') {
    const numerators = numbersOf(used, 'numerator');
    if ('fault' in numerators) return numerators;
    const denominators = numbersOf(used, 'denominator');
    if ('fault' in denominators) return denominators;
    const ratio = ratioOf(row, sum(numerators.ok), sum(denominators.ok));
    return 'fault' in ratio ? ratio : ok({ actual: ratio.ok, values: [], ...read });
  }
  const values = numbersOf(used, 'value');
  if ('fault' in values) return values;
  const actual = combined(accumulation ?? 'snapshot', values.ok);
  return Number.isFinite(actual) ? ok({ actual, values: values.ok, ...read }) : contradictory('size');
}

/** All values of a field, or what is wrong with one of them: the sum of the others would be a guess. */
function numbersOf(used: readonly Reading[], field: ReadNumber): Result<readonly number[]> {
  const numbers: number[] = [];
  for (const reading of used) {
    const number = reading.unreadable.has(field) ? undefined : num(reading.values[field]);
    if (number === undefined) return { fault: faultOf(reading, field) };
    numbers.push(number);
  }
  return ok(numbers);
}

const faultOf = (reading: Reading, field: ReadNumber): KpiFault => ({
  kind: reading.unreadable.has(field) ? 'unreadable' : 'missing',
  part: field === 'value' ? 'reading' : field,
});

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

function combined(accumulation: 'cumulative' | 'snapshot' | 'average' | 'max', values: readonly number[]): number {
  switch (accumulation) {
    case 'cumulative':
      return sum(values);
    case 'snapshot':
      return values.at(-1) ?? 0;
    case 'average':
      return sum(values) / values.length;
    case 'max':
      return values.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
  }
}
