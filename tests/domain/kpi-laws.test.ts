import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '../../src/domain/calendar.js';
import { assessKpi, freshness } from '../../src/domain/kpi.js';
import { KPI_OPTIONS, type Kpi, kpi, type Reading, readings } from '../support/kpis.js';
import { aRow, TODAY } from '../support/rows.js';

describe('laws of the KPI arithmetic', () => {
  const number = fc.option(fc.oneof(fc.double(), fc.constantFrom(0, -0, 1, -1, 0.5, 80, 1e308, 5e-324)), {
    nil: undefined,
  });
  const day = fc.option(
    fc.integer({ min: -400, max: 400 }).map((days) => addDays(TODAY, days)),
    { nil: undefined },
  );
  const anyKpi = fc.record({
    status: fc.constantFrom('planned', 'active', 'done', undefined),
    direction: fc.constantFrom('higher', 'lower', 'range', 'maintain', 'milestone', 'rating', undefined),
    accumulation: fc.constantFrom('cumulative', 'snapshot', 'average', 'ratio', 'count', 'max', undefined),
    commitment: fc.constantFrom('commit', 'stretch', undefined),
    baseline: number,
    target: number,
    targetHigh: number,
    actual: number,
    numerator: number,
    denominator: number,
    weight: number,
    start: day,
    end: day,
    measuredOn: day,
  });
  const anyReading = fc.record({ date: day, value: number, numerator: number, denominator: number });
  const defined = <T extends object>(values: T): T =>
    Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as T;

  it('nothing throws, and no number is NaN or infinite', () => {
    fc.assert(
      fc.property(anyKpi, fc.array(anyReading, { maxLength: 4 }), (values, given) => {
        const row = aRow('kpis', defined(values) as Kpi);
        const rows = readings(...given.map((reading) => defined(reading) as Reading));
        const result = assessKpi(row, rows, KPI_OPTIONS);
        const numbers = [
          result.achievement,
          result.expected,
          result.pace,
          result.weight,
          result.forecast?.value,
          result.forecast?.share,
          result.forecast?.requiredRate,
          freshness(row, result, TODAY),
        ];
        for (const found of [...numbers, ...Object.values(result.reason.params)]) {
          if (typeof found === 'number') expect(Number.isFinite(found)).toBe(true);
        }
        expect(result.achievement === undefined).toBe(!('achievement' in result));
      }),
      { numRuns: 2000 },
    );
  });

  it('more never worsens a KPI of which more is better', () => {
    const rank = ['missed', 'at-risk', 'partly', 'behind', 'too-early', 'on-track', 'achieved'];
    const finite = fc.double({ min: -1e6, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(finite, finite, fc.option(finite), finite, day, day, (target, less, baseline, extra, start, end) => {
        const at = (actual: number) =>
          kpi(
            defined({
              target,
              actual,
              unit: '건',
              direction: 'higher',
              baseline: baseline ?? undefined,
              start,
              end,
            }) as Kpi,
          );
        const low = at(less);
        const high = at(less + Math.abs(extra));
        if (low.achievement === undefined || high.achievement === undefined) return;
        expect(high.achievement).toBeGreaterThanOrEqual(low.achievement);
        if (low.status === 'not-computable' || high.status === 'not-computable') return;
        expect(rank.indexOf(high.status)).toBeGreaterThanOrEqual(rank.indexOf(low.status));
      }),
      { numRuns: 1000 },
    );
  });

  it('readings count alike in any order', () => {
    fc.assert(
      fc.property(anyKpi, fc.shuffledSubarray([0, 1, 2, 3], { minLength: 4 }), (values, order) => {
        const given = readings(
          { date: addDays(TODAY, -3), value: 1.1, numerator: 1, denominator: 3 },
          { date: addDays(TODAY, -3), value: 2.2, numerator: 2, denominator: 5 },
          { date: addDays(TODAY, -2), value: 3.3, numerator: 4, denominator: 7 },
          { date: addDays(TODAY, -1), value: 0.7, numerator: 6, denominator: 9 },
        );
        const row = aRow('kpis', defined(values) as Kpi);
        const shuffled = order.flatMap((index) => given[index] ?? []);
        expect(assessKpi(row, shuffled, KPI_OPTIONS)).toEqual(assessKpi(row, given, KPI_OPTIONS));
      }),
    );
  });
});
