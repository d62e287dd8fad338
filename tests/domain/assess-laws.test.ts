import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assess } from '../../src/domain/assess.js';
import { addDays, isDay } from '../../src/domain/calendar.js';
import type { EntityRow } from '../../src/domain/entities.js';
import { wholeFactors } from '../../src/domain/points.js';
import { RULES } from '../../src/domain/rules/index.js';
import type { Snapshot } from '../../src/domain/snapshot.js';
import { VOCABULARIES } from '../../src/domain/vocabulary.js';
import { aRow, aSnapshot, OPTIONS, TODAY } from '../support/rows.js';

const day = fc.integer({ min: -500, max: 500 }).map((days) => addDays(TODAY, days));
const label = (name: keyof typeof VOCABULARIES) => fc.constantFrom(...Object.keys(VOCABULARIES[name]));
const number = fc.oneof(fc.integer({ min: -5, max: 200 }), fc.double());
const links = fc.subarray(['p1', 'p2', 'p3']);

/** Rows of an entity with any of the given fields. */
function rowsOf(entity: string, fields: Readonly<Record<string, fc.Arbitrary<unknown>>>, most = 5) {
  const values = fc.record(fields, { requiredKeys: [] });
  const unreadable = fc.oneof(
    { weight: 8, arbitrary: fc.constant([]) },
    fc.subarray(Object.keys(fields), { maxLength: 2 }),
  );
  return fc.array(fc.tuple(values, unreadable), { maxLength: most }).map((given) =>
    given.map(([row, broken], index) =>
      aRow(entity as 'partnerships', row as EntityRow<'partnerships'>['values'], {
        id: entity === 'partnerships' ? `p${index + 1}` : `${entity}${index}`,
        unreadable: broken,
      }),
    ),
  );
}

const MARKS = {
  communication: number,
  problemResponse: fc.integer({ min: 0, max: 6 }),
  trust: fc.integer({ min: 0, max: 6 }),
  side: label('side'),
};

/** What was promised, asked, decided and answered. */
const LEDGER = {
  actions: rowsOf('actions', {
    partnership: links,
    review: fc.subarray(['reviews0', 'reviews1']),
    side: label('side'),
    due: day,
    doneOn: day,
    status: label('rowStatus'),
  }),
  issues: rowsOf('issues', {
    partnership: links,
    severity: label('severity'),
    openedOn: day,
    acknowledgedOn: day,
    resolvedOn: day,
    state: label('issueState'),
    cause: fc.constantFrom('late parts', ' Late parts', 'label'),
  }),
  decisions: rowsOf('decisions', {
    partnership: links,
    requestedOn: day,
    decidedOn: day,
    expiresOn: day,
    rationale: fc.constant('why'),
    status: label('decisionStatus'),
  }),
  feedback: rowsOf('feedback', {
    partnership: links,
    date: day,
    kind: label('feedbackKind'),
    answeredOn: day,
    satisfaction: fc.integer({ min: 0, max: 6 }),
    ...MARKS,
  }),
};

const world = fc
  .record({
    partnerships: rowsOf(
      'partnerships',
      {
        tier: label('tier'),
        stage: label('lifecycleStage'),
        start: day,
        end: day,
        noticeDays: number,
        autoRenew: fc.boolean(),
        renewalDecision: label('renewalDecision'),
        reviewCadence: label('cadence'),
        lastReview: day,
        nextReview: day,
        lastContact: day,
        satisfaction: number,
        esg: fc.oneof(number, fc.double({ min: 0, max: 1, noNaN: true })),
        esgEvidenceUntil: day,
        profile: fc.oneof(number, fc.double({ min: 0, max: 1, noNaN: true })),
        stageSince: day,
        overrideStatus: label('partnershipStatus'),
        overrideUntil: day,
      },
      3,
    ),
    kpis: rowsOf('kpis', {
      partnership: links,
      status: label('rowStatus'),
      direction: label('direction'),
      accumulation: label('accumulation'),
      baseline: number,
      target: number,
      targetHigh: number,
      actual: number,
      start: day,
      end: day,
      weight: number,
      critical: fc.boolean(),
      measuredOn: day,
    }),
    measurements: rowsOf('measurements', {
      kpi: fc.subarray(['kpis0', 'kpis1']),
      date: day,
      value: number,
      numerator: number,
      denominator: number,
    }),
    milestones: rowsOf('milestones', {
      partnership: links,
      due: day,
      originalDue: day,
      doneOn: day,
      status: label('rowStatus'),
      weight: number,
      progress: fc.double({ min: -1, max: 2, noNaN: true }),
      blockedBy: fc.subarray(['milestones0', 'milestones1']),
    }),
    reviews: rowsOf('reviews', {
      partnership: links,
      kind: label('reviewKind'),
      plannedOn: day,
      heldOn: day,
      status: label('reviewStatus'),
      satisfaction: number,
      actionCount: number,
      ...MARKS,
    }),
    risks: rowsOf('risks', {
      partnership: links,
      likelihood: number,
      impact: number,
      status: label('riskStatus'),
      acceptedUntil: day,
      plan: fc.constant('plan'),
      openedOn: day,
      reviewBy: day,
    }),
    agreements: rowsOf('agreements', {
      partnership: links,
      kind: label('agreementKind'),
      start: day,
      end: day,
      noticeDays: number,
      status: label('agreementStatus'),
      decision: label('renewalDecision'),
      decidedOn: day,
    }),
    interactions: rowsOf('interactions', {
      partnership: links,
      date: day,
      direction: label('interactionDirection'),
      twoWay: fc.boolean(),
      tone: label('tone'),
      respondedOn: day,
    }),
    contacts: rowsOf('contacts', {
      partnership: links,
      side: label('side'),
      lastContact: day,
      status: label('contactStatus'),
    }),
    ...LEDGER,
  })
  .map((rows) => rows as unknown as Parameters<typeof aSnapshot>[0]);

/** The same data with every day moved. */
function shifted(data: unknown, days: number): unknown {
  if (typeof data === 'string') return isDay(data) ? addDays(data, days) : data;
  if (data instanceof Set) return data;
  if (Array.isArray(data)) return data.map((item) => shifted(item, days));
  if (data === null || typeof data !== 'object') return data;
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, shifted(value, days)]));
}

function numbersIn(data: unknown): number[] {
  if (typeof data === 'number') return [data];
  return data === null || typeof data !== 'object' ? [] : Object.values(data).flatMap(numbersIn);
}

/** 400 Gregorian years: the same weekdays, months and leap days come again. */
const ERA = 146_097;

describe('laws of assessment', () => {
  it('never throws and never yields a number that is none', () => {
    fc.assert(
      fc.property(world, (rows) => {
        const result = assess(aSnapshot(rows), OPTIONS);
        expect(numbersIn(result).every(Number.isFinite)).toBe(true);
        for (const { health, contributions, pillars, confidence, kpiAchievement = 0 } of result.partnerships) {
          expect(health ?? 0).toBe(contributions.reduce((sum, { points }) => sum + points, 0));
          for (const { points, factors } of contributions) {
            expect(points).toBe(factors.reduce((sum, factor) => sum + factor.points, 0));
          }
          const whole = wholeFactors(contributions);
          expect(whole.reduce((sum, { points }) => sum + points, 0)).toBe(Math.round(health ?? 0));
          for (const score of Object.values(pillars)) {
            expect(score).toBeGreaterThanOrEqual(0);
            expect(score).toBeLessThanOrEqual(100);
          }
          expect(health ?? 0).toBeGreaterThanOrEqual(0);
          expect(health ?? 0).toBeLessThanOrEqual(100 + 1e-9);
          for (const share of [confidence, kpiAchievement / 1.2]) {
            expect(share).toBeGreaterThanOrEqual(0);
            expect(share).toBeLessThanOrEqual(1 + 1e-9);
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it('gives every finding a severity its rule has declared, and a row that is there', () => {
    const declared = new Map<string, readonly string[]>(RULES.map((rule) => [rule.code, rule.severities]));
    fc.assert(
      fc.property(world, (rows) => {
        for (const { findings } of assess(aSnapshot(rows), OPTIONS).partnerships) {
          for (const { code, severity, entity, row } of findings) {
            expect(declared.get(code)).toContain(severity);
            expect((rows[entity] ?? []).map(({ id }) => id)).toContain(row.id);
          }
        }
      }),
      { numRuns: 200 },
    );
  });

  it('does not depend on the order of rows', () => {
    fc.assert(
      fc.property(world, fc.infiniteStream(fc.nat()), (rows, keys) => {
        const shuffle = <T>(items: readonly T[]): T[] =>
          items
            .map((item) => ({ item, key: keys.next().value ?? 0 }))
            .sort((left, right) => left.key - right.key)
            .map(({ item }) => item);
        const mixed = Object.fromEntries(
          Object.entries(rows).map(([entity, given]) => [entity, shuffle<unknown>(given ?? [])]),
        );
        expect(assess(aSnapshot(mixed), OPTIONS)).toEqual(assess(aSnapshot(rows), OPTIONS));
      }),
      { numRuns: 200 },
    );
  });

  it('depends on days between dates, not on dates', () => {
    fc.assert(
      fc.property(world, (rows) => {
        const here = assess(aSnapshot(rows), OPTIONS);
        const there = assess(shifted(aSnapshot(rows), ERA) as Snapshot, { ...OPTIONS, asOf: addDays(TODAY, ERA) });
        expect(shifted(there, -ERA)).toEqual(here);
      }),
      { numRuns: 200 },
    );
  });

  it('without anything measured a partnership is never on track, unless a person says so', () => {
    fc.assert(
      fc.property(world, (rows) => {
        for (const { status, contributions, override } of assess(aSnapshot(rows), OPTIONS).partnerships) {
          if (contributions.length === 0 && override === undefined) expect(status).not.toBe('on-track');
        }
      }),
      { numRuns: 200 },
    );
  });

  it('one partnership does not change what is said of another', () => {
    fc.assert(
      fc.property(world, (rows) => {
        const all = assess(aSnapshot(rows), OPTIONS).partnerships;
        for (const row of rows.partnerships ?? []) {
          const alone = assess(aSnapshot({ ...rows, partnerships: [row] }), OPTIONS).partnerships;
          expect(alone).toEqual(all.filter((item) => item.row.id === row.id));
        }
      }),
      { numRuns: 100 },
    );
  });
});
