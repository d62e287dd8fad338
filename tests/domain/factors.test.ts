import { describe, expect, it } from 'vitest';
import { assess } from '../../src/domain/assess.js';
import type { PartnershipAssessment } from '../../src/domain/assessment.js';
import { addDays } from '../../src/domain/calendar.js';
import type { Values } from '../../src/domain/entities.js';
import { FACTORS, type FactorCode, type Measure } from '../../src/domain/factors/factor.js';
import { measure } from '../../src/domain/factors/index.js';
import { gatherFacts, gatherKpis } from '../../src/domain/facts.js';
import { aPartnership, aSnapshot, OPTIONS, ofP, TODAY } from '../support/rows.js';

type Rows = Parameters<typeof aSnapshot>[0];
type SnapshotOptions = Parameters<typeof aSnapshot>[1];

const ago = (days: number) => addDays(TODAY, -days);
const ahead = (days: number) => addDays(TODAY, days);

function measured(code: FactorCode, rows: Rows, options: SnapshotOptions = {}): Measure | undefined {
  const snapshot = aSnapshot({ partnerships: [aPartnership()], ...rows }, options);
  const [facts] = gatherFacts(snapshot, gatherKpis(snapshot, OPTIONS), OPTIONS);
  return facts === undefined ? undefined : measure(facts).find((found) => found.code === code);
}

const scoreOf = (code: FactorCode, rows: Rows, options?: SnapshotOptions) => measured(code, rows, options)?.score;

function judged(rows: Rows): PartnershipAssessment {
  const [only] = assess(aSnapshot({ partnerships: [aPartnership()], ...rows }), OPTIONS).partnerships;
  if (only === undefined) throw new Error('expected one partnership');
  return only;
}

/** Rows of an entity of the partnership, numbered. */
const many = <E extends 'actions' | 'issues' | 'interactions' | 'feedback' | 'reviews' | 'milestones'>(
  entity: E,
  values: readonly Values<E>[],
) => values.map((row, index) => ofP(entity, row, { id: `${entity}${index}` }));

describe('milestones', () => {
  it.each<[string, Values<'milestones'>, number | undefined]>([
    ['overdue and four fifths done', { due: ago(1), progress: 0.8 }, 40],
    ['overdue, said to be done in full, but not reported done', { due: ago(1), progress: 1 }, 50],
    ['a progress that is no share counts as none', { due: ago(1), progress: 80 }, 0],
    ['not due yet, however much is done', { due: ahead(1), progress: 0.9 }, undefined],
  ])('%s', (_scenario, values, score) => {
    expect(scoreOf('milestones', { milestones: many('milestones', [values]) })).toBe(score);
  });

  it('tells the schedule performance index, what is blocked and the longest open slip', () => {
    const milestones = many('milestones', [
      { due: ago(20), doneOn: ago(20), weight: 2 },
      { due: ago(10), originalDue: ago(40), progress: 0.5 },
      { due: ahead(10), blockedBy: ['milestones1'] },
      { due: ago(5), status: 'cancelled' },
    ]);
    // Earned 2 + 0.5, planned 2 + 1.
    expect(measured('milestones', { milestones })?.params).toEqual({
      overdue: 1,
      blocked: 1,
      slipDays: 40,
      spi: expect.closeTo(2.5 / 3, 12),
    });
  });

  it('those that wait for each other, or one for itself, are blocked and nothing else', () => {
    const milestones = many('milestones', [
      { due: ahead(10), blockedBy: ['milestones1'] },
      { due: ahead(10), blockedBy: ['milestones0'] },
      { due: ahead(10), blockedBy: ['milestones2'] },
      { due: ago(1), blockedBy: ['not there'] },
    ]);
    expect(measured('milestones', { milestones })?.params).toMatchObject({ blocked: 3 });
  });

  it('is blocked no longer once the other is done', () => {
    const milestones = many('milestones', [
      { due: ago(5), doneOn: ago(5) },
      { due: ahead(10), blockedBy: ['milestones0'] },
    ]);
    expect(measured('milestones', { milestones })?.params).toMatchObject({ blocked: 0, spi: 1 });
  });
});

describe('promises', () => {
  it.each<[string, readonly Values<'actions'>[], [number | undefined, number | undefined, number | undefined]]>([
    ['ours kept', [{ side: 'us', due: ago(3), doneOn: ago(3) }], [100, undefined, undefined]],
    ['theirs late', [{ side: 'them', due: ago(3), doneOn: ago(2) }], [undefined, 50, undefined]],
    ['theirs open', [{ side: 'them', due: ago(3) }], [undefined, 0, undefined]],
    ['of both sides, for each', [{ side: 'both', due: ago(3), doneOn: ago(3) }], [100, 100, undefined]],
    ['of nobody in particular', [{ due: ago(3), status: 'done' }], [undefined, undefined, 100]],
    ['not due yet', [{ side: 'us', due: TODAY }], [undefined, undefined, undefined]],
    ['done before it was due', [{ side: 'us', due: ahead(9), doneOn: ago(1) }], [100, undefined, undefined]],
    ['cancelled', [{ side: 'us', due: ago(3), status: 'cancelled' }], [undefined, undefined, undefined]],
    ['kept more than a year ago', [{ side: 'us', due: ago(366), doneOn: ago(366) }], [undefined, undefined, undefined]],
    ['open for more than a year', [{ side: 'us', due: ago(366) }], [0, undefined, undefined]],
    [
      'each side apart',
      [
        { side: 'us', due: ago(9), doneOn: ago(9) },
        { side: 'us', due: ago(8) },
        { side: 'them', due: ago(7), doneOn: ago(7) },
      ],
      [50, 100, undefined],
    ],
  ])('%s', (_scenario, values, expected) => {
    const rows = { actions: many('actions', values) };
    expect([scoreOf('promises-us', rows), scoreOf('promises-them', rows), scoreOf('actions', rows)]).toEqual(expected);
  });

  it('counts what was kept and what fell due', () => {
    const actions = many('actions', [
      { side: 'us', due: ago(9), doneOn: ago(9) },
      { side: 'us', due: ago(8) },
    ]);
    expect(measured('promises-us', { actions })?.params).toEqual({ kept: 1, due: 2 });
  });

  it('tells nothing where no table says what is done, nor of a side that cannot be read', () => {
    const actions = many('actions', [{ side: 'us', due: ago(3) }]);
    expect(scoreOf('promises-us', { actions }, { unmapped: { actions: ['status', 'doneOn'] } })).toBeUndefined();
    const unclear = [ofP('actions', { due: ago(3) }, { unreadable: ['side'] })];
    expect(scoreOf('actions', { actions: unclear })).toBeUndefined();
  });
});

describe('handling of issues', () => {
  // A critical issue of Monday 2 November is to be resolved by Monday 9 November, five business days later.
  const opened = '2026-11-02';
  const issue = (values: Values<'issues'>): Values<'issues'> => ({ severity: 'critical', openedOn: opened, ...values });
  const timeOnly: SnapshotOptions = { unmapped: { issues: ['cause'] } };
  it.each<[string, Values<'issues'>, number | undefined]>([
    ['resolved on the last day', issue({ resolvedOn: '2026-11-09' }), 100],
    ['resolved a day late', issue({ resolvedOn: '2026-11-10' }), 50],
    ['open past its time', issue({}), 0],
    ['open within its time', issue({ openedOn: ago(1) }), undefined],
    ['of no severity with a time', issue({ severity: 'low' }), undefined],
    ['closed, nobody says when', issue({ state: 'closed' }), undefined],
    ['resolved more than a year ago', issue({ openedOn: ago(380), resolvedOn: ago(366) }), undefined],
  ])('%s', (_scenario, values, score) => {
    expect(scoreOf('issue-handling', { issues: many('issues', [values]) }, timeOnly)).toBe(score);
  });

  it('half of it is for not being the same again', () => {
    const causes = (first: string, second: string) =>
      many('issues', [
        issue({ openedOn: '2026-09-01', resolvedOn: '2026-09-02', cause: first }),
        issue({ resolvedOn: '2026-11-03', cause: second }),
      ]);
    expect(scoreOf('issue-handling', { issues: causes('late parts', 'wrong label') })).toBe(100);
    expect(scoreOf('issue-handling', { issues: causes('late parts', ' Late Parts ') })).toBe(75);
    expect(scoreOf('issue-handling', { issues: causes('', '') })).toBe(100);
  });

  it('is off without the day of resolution', () => {
    const issues = many('issues', [issue({})]);
    expect(scoreOf('issue-handling', { issues }, { unmapped: { issues: ['resolvedOn'] } })).toBeUndefined();
  });
});

describe('what people say when they are asked', () => {
  it.each<[string, Rows, number | undefined]>([
    ['a review', { reviews: many('reviews', [{ heldOn: ago(9), satisfaction: 4 }]) }, 75],
    ['feedback', { feedback: many('feedback', [{ date: ago(9), satisfaction: 2 }]) }, 25],
    [
      'the newest of one side',
      {
        feedback: many('feedback', [
          { date: ago(9), satisfaction: 5, side: 'us' },
          { date: ago(40), satisfaction: 1, side: 'us' },
        ]),
      },
      100,
    ],
    [
      'the mean of both sides',
      {
        feedback: many('feedback', [
          { date: ago(9), satisfaction: 5, side: 'us' },
          { date: ago(40), satisfaction: 3, side: 'them' },
        ]),
      },
      75,
    ],
    [
      'a side that last spoke more than half a year before the other has not spoken in this round',
      {
        feedback: many('feedback', [
          { date: ago(9), satisfaction: 5, side: 'us' },
          { date: ago(192), satisfaction: 1, side: 'them' },
        ]),
      },
      100,
    ],
    ['marks older than a year', { feedback: many('feedback', [{ date: ago(366), satisfaction: 5 }]) }, undefined],
    ['marks of a day to come', { feedback: many('feedback', [{ date: ahead(1), satisfaction: 5 }]) }, undefined],
    ['a mark that is none', { feedback: many('feedback', [{ date: ago(9), satisfaction: 80 }]) }, undefined],
    [
      'a review that was cancelled',
      { reviews: many('reviews', [{ heldOn: ago(9), status: 'cancelled', satisfaction: 5 }]) },
      undefined,
    ],
  ])('satisfaction: %s', (_scenario, rows, score) => {
    expect(scoreOf('satisfaction', rows)).toBe(score);
  });

  it.each<[FactorCode, Values<'feedback'>]>([
    ['communication', { communication: 4 }],
    ['problem-response', { problemResponse: 4 }],
    ['stated-trust', { trust: 4 }],
  ])('%s', (code, values) => {
    expect(scoreOf(code, { feedback: many('feedback', [{ date: ago(9), ...values }]) })).toBe(75);
    expect(scoreOf(code, { feedback: many('feedback', [{ date: ago(9), satisfaction: 5 }]) })).toBeUndefined();
  });

  // In full up to half a mark, nothing from two marks on.
  it.each<[number, number, number]>([
    [4, 4, 100],
    [4, 4.5, 100],
    [4, 2.75, 50],
    [4, 2, 0],
    [5, 1, 0],
  ])('the two sides see it alike: %d and %d', (us, them, score) => {
    const feedback = many('feedback', [
      { date: ago(9), side: 'us', trust: us },
      { date: ago(8), side: 'them', trust: them },
    ]);
    expect(scoreOf('perception-gap', { feedback })).toBeCloseTo(score, 9);
  });

  it('one side alone has no gap', () => {
    expect(
      scoreOf('perception-gap', { feedback: many('feedback', [{ date: ago(9), side: 'us', trust: 4 }]) }),
    ).toBeUndefined();
  });
});

describe('answers and tone', () => {
  const asked = (days: number): Values<'interactions'> => ({
    date: '2026-11-02',
    respondedOn: addDays('2026-11-02', days),
  });
  // Monday to Wednesday is 2 business days, to the Tuesday after 6, to Monday a fortnight on 10.
  it.each<[string, readonly Values<'interactions'>[], number | undefined]>([
    ['the median', [asked(0), asked(8), asked(14)], 50],
    ['within two business days', [asked(2), asked(2), asked(2)], 100],
    ['ten business days', [asked(14), asked(14), asked(14)], 0],
    ['the middle of an even number', [asked(2), asked(2), asked(14), asked(14)], 50],
    ['fewer than three', [asked(2), asked(2)], undefined],
    ['not answered is not answered late', [asked(2), asked(2), { date: '2026-11-02' }], undefined],
    ['longer ago than ninety days', [asked(2), asked(2), { date: ago(91), respondedOn: ago(91) }], undefined],
  ])('answers: %s', (_scenario, values, score) => {
    expect(scoreOf('response-time', { interactions: many('interactions', values) })).toBe(score);
  });

  const said = (...tones: readonly ('positive' | 'neutral' | 'negative')[]) =>
    many(
      'interactions',
      tones.map((tone) => ({ date: ago(9), tone })),
    );
  it.each<[string, Rows, number | undefined]>([
    ['three good to one bad', { interactions: said('positive', 'positive', 'positive', 'negative') }, 75],
    ['only bad', { interactions: said('negative', 'negative', 'negative') }, 0],
    ['neutral words do not count', { interactions: said('positive', 'neutral', 'neutral', 'neutral') }, undefined],
    [
      'praise and complaints count along',
      {
        interactions: said('positive'),
        feedback: many('feedback', [
          { date: ago(9), kind: 'praise' },
          { date: ago(9), kind: 'complaint' },
          { date: ago(9), kind: 'complaint' },
        ]),
      },
      50,
    ],
    [
      'longer ago than ninety days',
      {
        interactions: many(
          'interactions',
          [1, 2, 3].map(() => ({ date: ago(91), tone: 'positive' as const })),
        ),
      },
      undefined,
    ],
  ])('tone: %s', (_scenario, rows, score) => {
    expect(scoreOf('tone', rows)).toBe(score);
  });
});

describe('trust without any sign of it has no number', () => {
  it.each<[string, Rows]>([
    ['nothing is kept', {}],
    ['tables without a row for the partner', { interactions: [], reviews: [], contacts: [], feedback: [] }],
    [
      'a first review that is long overdue',
      { partnerships: [aPartnership({ start: ago(400) })], reviews: [], interactions: [] },
    ],
    ['a review that is planned', { reviews: [ofP('reviews', { plannedOn: ahead(20) })] }],
  ])('%s', (_scenario, rows) => {
    const { trust, contributions } = judged(rows);
    expect(trust).toBeUndefined();
    expect(contributions.map(({ dimension }) => dimension)).not.toContain('trust');
  });
});

describe('strategic fit', () => {
  it.each<[string, Values<'partnerships'>, number | undefined]>([
    ['a share', { esg: 0.8 }, 80],
    ['evidence valid today', { esg: 0.8, esgEvidenceUntil: TODAY }, 80],
    ['evidence expired', { esg: 0.8, esgEvidenceUntil: ago(1) }, 40],
    ['nothing checked', { esgEvidenceUntil: TODAY }, undefined],
  ])('esg: %s', (_scenario, values, score) => {
    const found = scoreOf('esg', { partnerships: [aPartnership(values)] });
    if (score === undefined) expect(found).toBeUndefined();
    else expect(found).toBeCloseTo(score, 9);
  });

  it('the profile counts beside it', () => {
    // (1 x 90 + 0.5 x 60) / 1.5
    expect(judged({ partnerships: [aPartnership({ esg: 0.9, profile: 0.6 })] }).health).toBeCloseTo(80, 9);
  });
});

describe('weights of factors', () => {
  const rows: Rows = { partnerships: [aPartnership({ lastContact: TODAY, satisfaction: 3 })] };
  const trustWith = (weights: Partial<Record<FactorCode, number>>) => {
    const { health } = OPTIONS.policy;
    const policy = { ...OPTIONS.policy, health: { ...health, factors: { ...health.factors, ...weights } } };
    return assess(aSnapshot(rows), { ...OPTIONS, policy }).partnerships[0]?.trust;
  };
  it('are shares of what is measured', () => {
    expect(trustWith({})).toBe(75);
    expect(trustWith({ contact: 3 })).toBe(87.5);
    expect(trustWith({ contact: 0 })).toBe(50);
    expect(trustWith({ contact: 0, satisfaction: 0 })).toBeUndefined();
  });

  it('every factor stands in one dimension and under one pillar', () => {
    expect(Object.keys(FACTORS).sort()).toEqual(Object.keys(OPTIONS.policy.health.factors).sort());
  });
});
