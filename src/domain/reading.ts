/**
 * The actual value of a KPI: what its dated readings add up to, or the value its own row states. Readings win
 * over the row, and a reading that cannot be read makes the sum unknown rather than smaller.
 */
import type { Day } from './calendar.js';
import type { EntityRow } from './entities.js';

/** What can keep a KPI from being computed; `size` is a number too large to calculate with. */
export const KPI_PARTS = [
  'actual',
  'target',
  'targetHigh',
  'baseline',
  'period',
  'direction',
  'accumulation',
  'numerator',
  'denominator',
  'reading',
  'scale',
  'size',
] as const;
export type KpiPart = (typeof KPI_PARTS)[number];

/** An actual value, the readings it was made of, and the day it was read. */
export interface Measured {
  readonly actual: number;
  readonly values: readonly number[];
  readonly readOn?: Day;
}

type Reading = EntityRow<'measurements'>;
type MeasuredOrMissing = Measured | { readonly missing: KpiPart };

/** A number one can calculate with, or undefined. */
export function num(value: number | undefined): number | undefined {
  return value !== undefined && Number.isFinite(value) ? value : undefined;
}

/**
 * The actual on a day. Readings count from the first to the last day of the period, a snapshot from any earlier day
 * too; those after `asOf` never. Of two snapshots on one day the one with the larger row id stands. Several
 * readings without a stated accumulation are not added up: then the row's own actual stands.
 */
export function actualOf(row: EntityRow<'kpis'>, readings: readonly Reading[], asOf: Day): MeasuredOrMissing {
  const { accumulation } = row.values;
  if (row.unreadable.has('accumulation')) return { missing: 'accumulation' };
  if (readings.some((reading) => reading.unreadable.has('date'))) return { missing: 'reading' };
  const seen = readings
    .filter((reading) => reading.values.date !== undefined && reading.values.date <= asOf)
    .filter((reading) => accumulation === 'count' || !isBlank(reading))
    .sort((left, right) => (orderKey(left) < orderKey(right) ? -1 : 1));
  const used = inPeriod(row, seen);
  if (used.length === 0) return withoutReadings(row, seen.length > 0);
  const stated = num(row.values.actual);
  if (accumulation === undefined && used.length > 1) {
    return stated === undefined ? { missing: 'accumulation' } : ownActual(row);
  }
  return accumulate(row, used);
}

/** A row prepared for a reading that was not taken yet: there, but no reading. */
function isBlank({ values, unreadable }: Reading): boolean {
  return NUMBERS.every((field) => values[field] === undefined && !unreadable.has(field));
}

const NUMBERS = ['value', 'numerator', 'denominator'] as const;

const orderKey = (reading: Reading): string => `${reading.values.date ?? ''} ${reading.id}`;

function inPeriod(row: EntityRow<'kpis'>, seen: readonly Reading[]): readonly Reading[] {
  const { start, end, accumulation } = row.values;
  const ended = seen.filter(({ values: { date = '' } }) => end === undefined || date <= end);
  if (accumulation === 'snapshot') return ended.slice(-1);
  return ended.filter(({ values: { date = '' } }) => start === undefined || date >= start);
}

function withoutReadings(row: EntityRow<'kpis'>, readElsewhere: boolean): MeasuredOrMissing {
  const stated = ownActual(row);
  const nothingStated = 'missing' in stated && stated.missing === 'actual' && !row.unreadable.has('actual');
  return row.values.accumulation === 'count' && readElsewhere && nothingStated ? { actual: 0, values: [] } : stated;
}

function ownActual(row: EntityRow<'kpis'>): MeasuredOrMissing {
  const { accumulation, measuredOn } = row.values;
  const numerator = num(row.values.numerator);
  const denominator = num(row.values.denominator);
  const read = measuredOn === undefined ? {} : { readOn: measuredOn };
  if (accumulation === 'ratio' && (numerator !== undefined || denominator !== undefined)) {
    if (numerator === undefined || row.unreadable.has('numerator')) return { missing: 'numerator' };
    if (denominator === undefined || denominator === 0) return { missing: 'denominator' };
    return { actual: numerator / denominator, values: [], ...read };
  }
  const actual = num(row.values.actual);
  return actual === undefined ? { missing: 'actual' } : { actual, values: [], ...read };
}

function accumulate(row: EntityRow<'kpis'>, used: readonly Reading[]): MeasuredOrMissing {
  const { accumulation } = row.values;
  const last = used.at(-1)?.values.date;
  const read = last === undefined ? {} : { readOn: last };
  if (accumulation === 'count') return { actual: used.length, values: [], ...read };
  if (accumulation === 'ratio') {
    const numerators = numbersOf(used, 'numerator');
    const denominators = numbersOf(used, 'denominator');
    if (numerators === undefined) return { missing: 'numerator' };
    const whole = denominators === undefined ? 0 : sum(denominators);
    return whole === 0 ? { missing: 'denominator' } : { actual: sum(numerators) / whole, values: [], ...read };
  }
  const values = numbersOf(used, 'value');
  if (values === undefined) return { missing: 'reading' };
  return { actual: combined(accumulation ?? 'snapshot', values), values, ...read };
}

/** All values of a field, or undefined when one of them is missing: the sum of the others would be a guess. */
function numbersOf(
  used: readonly Reading[],
  field: 'value' | 'numerator' | 'denominator',
): readonly number[] | undefined {
  const numbers = used.map((reading) => (reading.unreadable.has(field) ? undefined : num(reading.values[field])));
  return numbers.every((number) => number !== undefined) ? numbers : undefined;
}

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
