import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assess } from '../../src/domain/assess.js';
import type { Previous } from '../../src/domain/assessment.js';
import { addDays } from '../../src/domain/calendar.js';
import type { EntityName, Values } from '../../src/domain/entities.js';
import { applied, narrowed } from '../../src/domain/explain/edit.js';
import { explainPartnership } from '../../src/domain/explain/partnership.js';
import type { Way } from '../../src/domain/explain/ways.js';
import { aPartnership, aRow, aSnapshot, OPTIONS, ofP, TODAY } from '../support/rows.js';

type Rows = Parameters<typeof aSnapshot>[0];

const ago = (days: number) => addDays(TODAY, -days);
const ahead = (days: number) => addDays(TODAY, days);

function explained(rows: Rows, options: Parameters<typeof aSnapshot>[1] = {}, previous?: Previous) {
  const snapshot = aSnapshot({ partnerships: [aPartnership()], ...rows }, options);
  const found = explainPartnership(snapshot, OPTIONS, previous, 'p');
  if (found === undefined) throw new Error('expected the partnership');
  return { snapshot, ...found };
}

const told = (ways: readonly Way[]) =>
  ways.map(({ remedies, status }) => `${remedies.map(({ code }) => code).join(' + ')} -> ${status}`);

/** Read within its month, so that a good status is not refused for old numbers. */
const kpi = (actual: number | undefined, values: Values<'kpis'> = {}, id = 'k1') =>
  ofP(
    'kpis',
    {
      target: 100,
      start: ago(50),
      end: ahead(50),
      measuredOn: ago(3),
      ...(actual === undefined ? {} : { actual }),
      ...values,
    },
    { id, title: id },
  );

describe('what would change a status', () => {
  it.each<[string, Rows, readonly string[]]>([
    ['a critical risk', { ...fine(), risks: [ofP('risks', { likelihood: 5, impact: 5 })] }, ['close-risk -> on-track']],
    ['a renewal to decide', fine({ end: ahead(20) }), ['decide-renewal -> on-track']],
    ['silence', fine({ lastContact: ago(70) }), ['talk -> on-track']],
    ['a review overdue', fine({ lastReview: ago(200) }), ['hold-review -> on-track']],
    [
      'expired evidence',
      { partnerships: [aPartnership({ esg: 0.9, esgEvidenceUntil: ago(3) })] },
      ['renew-evidence -> on-track'],
    ],
    [
      'an overdue milestone',
      { milestones: [ofP('milestones', { due: ago(3), originalDue: ago(3) })] },
      ['finish-milestone -> watch'],
    ],
    ['a promise not kept', { actions: [ofP('actions', { due: ago(3), side: 'us' })] }, ['keep-promise -> watch']],
    ['a KPI without a number', { kpis: [kpi(undefined)] }, ['enter-actual -> on-track']],
    ['a number that is old', { kpis: [kpi(60, { measuredOn: ago(49) })] }, ['refresh-kpi -> on-track']],
    ['a KPI behind', { kpis: [kpi(30)] }, ['raise-kpi -> on-track']],
    ['nothing to better', fine(), []],
    ['nothing known', {}, []],
  ])('%s', (_scenario, rows, expected) => {
    expect(told(explained(rows).ways)).toEqual(expected);
  });

  function fine(values: Values<'partnerships'> = {}): Rows {
    return {
      partnerships: [aPartnership({ lastContact: TODAY, reviewCadence: 'monthly', satisfaction: 5, ...values })],
    };
  }

  it('together, where no single step is enough, and without those that are not needed', () => {
    const rows: Rows = {
      partnerships: [aPartnership({ lastContact: ago(90), end: ahead(20), satisfaction: 5 })],
      milestones: [ofP('milestones', { due: ago(3), weight: 0.001 })],
      risks: [ofP('risks', { likelihood: 5, impact: 5 })],
      kpis: [kpi(60)],
    };
    const { assessment, ways } = explained(rows);
    expect(assessment.status).toBe('at-risk');
    expect(told(ways)).toEqual(['close-risk -> watch']);
    const watched = explained({ ...rows, risks: [] });
    expect(watched.assessment.status).toBe('watch');
    expect(told(watched.ways)).toEqual(['decide-renewal + talk + finish-milestone -> on-track']);
  });

  it('a KPI is asked for no more than it takes, in a round number', () => {
    // 80 = (35 x 84.29 + 30 x 75) / 65, which is an actual of 42.14 half way to 100.
    const { ways } = explained({ partnerships: [aPartnership({ satisfaction: 4 })], kpis: [kpi(35)] });
    const [way] = ways;
    expect(way?.remedies.map(({ code, params }) => [code, params.from, params.to])).toEqual([['raise-kpi', 35, 42.2]]);
  });

  it('counts from the band before: three points more are asked of one that was on watch', () => {
    const rows: Rows = { partnerships: [aPartnership({ satisfaction: 4 })], kpis: [kpi(35)] };
    const [way] = explained(rows, {}, { band: 'watch' }).ways;
    expect(way?.remedies[0]?.params.to).toBe(45);
  });

  it('is entered as a reading where readings are kept', () => {
    const readings = (accumulation: 'cumulative' | 'snapshot', values: readonly number[]): Rows => ({
      kpis: [kpi(undefined, { accumulation, baseline: 0 })],
      measurements: values.map((value, index) =>
        aRow('measurements', { kpi: ['k1'], date: ago(20 - index), value }, { id: `m${index}` }),
      ),
    });
    const entered = (rows: Rows) =>
      explained(rows).ways[0]?.remedies[0]?.edits.map((edit) => (edit.kind === 'add' ? edit.row.values : edit.values));
    expect(entered(readings('cumulative', [10, 20]))).toEqual([{ kpi: ['k1'], date: TODAY, value: 10 }]);
    expect(entered(readings('snapshot', [10, 30]))).toEqual([{ kpi: ['k1'], date: TODAY, value: 40 }]);
  });

  it('only what the tables have a column for', () => {
    const rows: Rows = { milestones: [ofP('milestones', { due: ago(3) })] };
    expect(told(explained(rows, { unmapped: { milestones: ['doneOn', 'status'] } }).ways)).toEqual([]);
  });

  it('a decision of a person can be taken back', () => {
    const { ways } = explained({ partnerships: [aPartnership({ lastContact: TODAY, overrideStatus: 'at-risk' })] });
    expect(told(ways)).toEqual(['end-override -> on-track']);
  });

  it('nothing is said of what was not read whole', () => {
    const { ways, outlook } = explained(
      { milestones: [ofP('milestones', { due: ago(3) })] },
      { incomplete: ['milestones'] },
    );
    expect([ways, outlook]).toEqual([[], undefined]);
  });
});

describe('what becomes of it when nothing is entered', () => {
  it('tells the first day of another status, and what is new on it', () => {
    const { assessment, outlook } = explained({ partnerships: [aPartnership({ lastContact: TODAY, end: ahead(40) })] });
    expect(assessment.status).toBe('on-track');
    expect([outlook?.day, outlook?.status]).toEqual([ahead(10), 'watch']);
    expect(outlook?.findings.map(({ code }) => code)).toEqual(['decide-by']);
  });

  it('numbers grow old', () => {
    const { outlook } = explained({ kpis: [kpi(100, { measuredOn: TODAY, end: ahead(200) })] });
    expect(outlook?.status).toBe('insufficient-data');
  });

  it('is silent when the status stays', () => {
    expect(explained({ partnerships: [aPartnership({ esg: 0.6 })] }).outlook).toBeUndefined();
  });
});

describe('rule by rule', () => {
  const stateOf = (
    code: string,
    rows: Rows,
    options: Parameters<typeof aSnapshot>[1] = {},
    disabled: readonly string[] = [],
  ) => {
    const { rules } = OPTIONS.policy;
    const policy = { ...OPTIONS.policy, rules: { ...rules, disabled } };
    const snapshot = aSnapshot({ partnerships: [aPartnership()], ...rows }, options);
    const found = explainPartnership(snapshot, { ...OPTIONS, policy }, undefined, 'p');
    return found?.rules.find(({ rule }) => rule.code === code);
  };
  const milestones = [ofP('milestones', { due: ago(3) })];

  it('says of each whether it could speak', () => {
    expect(stateOf('milestone-overdue', { milestones })).toMatchObject({ state: 'on' });
    expect(stateOf('milestone-overdue', { milestones }, {}, ['milestone-overdue'])).toMatchObject({ state: 'off' });
    expect(stateOf('milestone-overdue', { milestones }, { incomplete: ['milestones'] })).toMatchObject({
      state: 'frozen',
      incomplete: ['milestones'],
    });
    expect(stateOf('milestone-overdue', {})).toMatchObject({ state: 'unmapped' });
  });
});

describe('laws of explanation', () => {
  const day = fc.integer({ min: -200, max: 200 }).map((days) => addDays(TODAY, days));
  const number = fc.integer({ min: 0, max: 150 });
  const some = <E extends Exclude<EntityName, 'measurements' | 'tasks' | 'history' | 'partnerships'>>(
    entity: E,
    values: fc.Arbitrary<Values<E>>,
  ) =>
    fc
      .array(fc.tuple(values, fc.subarray(['p', 'q'], { minLength: 1 })), { maxLength: 4 })
      .map((rows) =>
        rows.map(([row, partnership], index) => ofP(entity, { ...row, partnership }, { id: `${entity}${index}` })),
      );
  const status = fc.constantFrom('active', 'done', 'cancelled') as fc.Arbitrary<'active'>;
  const world = fc.record({
    partnerships: fc
      .record(
        {
          lastContact: day,
          end: day,
          satisfaction: fc.integer({ min: 1, max: 5 }),
          esg: fc.double({ min: 0, max: 1, noNaN: true }),
        },
        { requiredKeys: [] },
      )
      .map((values) => [aPartnership(values), aRow('partnerships', { lastContact: TODAY }, { id: 'q' })]),
    kpis: some(
      'kpis',
      fc.record(
        {
          target: number,
          actual: number,
          baseline: number,
          start: day,
          end: day,
          measuredOn: day,
          critical: fc.boolean(),
        },
        { requiredKeys: [] },
      ),
    ),
    milestones: some(
      'milestones',
      fc.record({ due: day, doneOn: day, status, weight: fc.integer({ min: 0, max: 4 }) }, { requiredKeys: [] }),
    ),
    actions: some(
      'actions',
      fc.record({ due: day, doneOn: day, side: fc.constantFrom('us', 'them') }, { requiredKeys: [] }),
    ),
    risks: some(
      'risks',
      fc.record(
        { likelihood: fc.integer({ min: 1, max: 5 }), impact: fc.integer({ min: 1, max: 5 }) },
        { requiredKeys: [] },
      ),
    ),
  }) as unknown as fc.Arbitrary<Rows>;

  it('says of a partnership what the assessment of all says of it', () => {
    fc.assert(
      fc.property(world, (rows) => {
        const snapshot = aSnapshot(rows);
        const whole = assess(snapshot, OPTIONS).partnerships.find(({ row }) => row.id === 'p');
        const own = assess(narrowed(snapshot, 'p'), OPTIONS).partnerships.find(({ row }) => row.id === 'p');
        expect(own).toEqual(whole);
      }),
      { numRuns: 100 },
    );
  });

  it('every way holds: whoever enters it gets that status', () => {
    let seen = 0;
    fc.assert(
      fc.property(world, (rows) => {
        const snapshot = aSnapshot(rows);
        for (const { remedies, status } of explainPartnership(snapshot, OPTIONS, undefined, 'p')?.ways ?? []) {
          const after = assess(
            applied(
              snapshot,
              remedies.flatMap(({ edits }) => edits),
            ),
            OPTIONS,
          ).partnerships;
          expect(after.find(({ row }) => row.id === 'p')?.status).toBe(status);
          seen += 1;
        }
      }),
      { numRuns: 25 },
    );
    expect(seen).toBeGreaterThan(0);
  });
});
