/** The actual a KPI would need for an achievement, and how a team would enter it. */
import { ratioAt } from '../achievement.js';
import type { Day } from '../calendar.js';
import type { KpiFact } from '../facts.js';
import { isBlank, num } from '../reading.js';
import type { Snapshot } from '../snapshot.js';
import { adding, type Edit, setting } from './edit.js';

/**
 * The actual at which the KPI has the ratio. Between where it is and its target every ratio grows evenly; a range is
 * entered at its nearer bound, a target that is only reached or not at the target. Undefined where no single actual
 * would do it.
 */
export function actualAt({ row, assessment }: KpiFact, ratio: number): number | undefined {
  const { actual, method } = assessment;
  const target = num(row.values.target);
  if (actual === undefined || target === undefined || method === 'share-kept') return undefined;
  const high = num(row.values.targetHigh);
  if (method === 'range') return high !== undefined && actual > high ? high : target;
  if (method === 'reached-or-not' || method === 'zero-target') return target;
  const [now, reached] = [ratioAt(row, actual), ratioAt(row, target)];
  if (now === undefined || reached === undefined || now === reached) return undefined;
  const found = actual + ((ratio - now) * (target - actual)) / (reached - now);
  return Number.isFinite(found) ? found : undefined;
}

/** A number beyond `to` as seen from `from`, in two figures of the way between them: what is asked of people is a round number. */
export function roundedOut(from: number, to: number): number {
  const way = Math.abs(to - from);
  if (way === 0) return to;
  const digits = 1 - Math.floor(Math.log10(way));
  const step = 10 ** -digits;
  const steps = to / step;
  const whole = to > from ? Math.ceil(steps - EPSILON) : Math.floor(steps + EPSILON);
  const rounded = Number((whole * step).toFixed(Math.min(20, Math.max(0, digits))));
  return Number.isFinite(rounded) ? rounded : to;
}

const EPSILON = 1e-6;

/** How an actual comes into the tables: a reading of today where readings are kept, else the row itself. None where one entry cannot make it. */
export function enterActual(
  snapshot: Snapshot,
  { row, assessment }: KpiFact,
  wanted: number,
  asOf: Day,
): readonly Edit[] {
  const readings = (snapshot.measurements?.rows ?? []).filter(
    (reading) => reading.values.kpi?.includes(row.id) === true && !isBlank(reading),
  );
  if (readings.length === 0) {
    const numerator = ratioNumerator(row.values.accumulation, num(row.values.denominator), wanted);
    return numerator === undefined
      ? withDay(snapshot, row.id, { actual: wanted, measuredOn: asOf }, 'actual')
      : withDay(snapshot, row.id, { numerator, measuredOn: asOf }, 'numerator');
  }
  const value = readingOf(row.values.accumulation, assessment.actual ?? 0, wanted);
  return value === undefined
    ? []
    : adding(snapshot, 'measurements', { kpi: [row.id], date: asOf, value }, ['kpi', 'date', 'value']);
}

function ratioNumerator(
  accumulation: string | undefined,
  denominator: number | undefined,
  wanted: number,
): number | undefined {
  return accumulation === 'ratio' && denominator !== undefined ? wanted * denominator : undefined;
}

/** What a reading of today would have to say. */
function readingOf(accumulation: string | undefined, actual: number, wanted: number): number | undefined {
  if (accumulation === 'cumulative') return wanted - actual;
  if (accumulation === 'snapshot') return wanted;
  return accumulation === 'max' && wanted >= actual ? wanted : undefined;
}

function withDay(
  snapshot: Snapshot,
  rowId: string,
  fields: Parameters<typeof setting<'kpis'>>[3],
  needed: 'actual' | 'numerator',
): readonly Edit[] {
  return snapshot.kpis?.mapped.has(needed) === true ? setting(snapshot, 'kpis', rowId, fields) : [];
}
