/**
 * What people could do about a partnership, each as the entries it would leave in the tables. A remedy claims nothing:
 * whether it changes the status is found out by applying it and assessing again.
 */
import { addDays, type Day } from '../calendar.js';
import type { EntityName } from '../entities.js';
import { isExpired } from '../factors/strategic.js';
import { type Facts, type KpiFact, refOf } from '../facts.js';
import { isOverdue } from '../rules/delivery.js';
import { nextReviewOf, reviewSchedule } from '../rules/governance.js';
import { silenceOf } from '../rules/relationship.js';
import { assessRisk, isOpenRisk } from '../rules/risk.js';
import { openTerms } from '../rules/term.js';
import type { RowRef, Snapshot } from '../snapshot.js';
import type { Params } from '../verdict.js';
import { adding, type Edit, setting } from './edit.js';
import { actualAt, enterActual, roundedOut } from './kpi-target.js';

export type RemedyCode =
  | 'raise-kpi'
  | 'enter-actual'
  | 'refresh-kpi'
  | 'finish-milestone'
  | 'keep-promise'
  | 'resolve-issue'
  | 'close-risk'
  | 'decide-renewal'
  | 'talk'
  | 'hold-review'
  | 'renew-evidence'
  | 'end-override';

/** One thing to do, the row it is about, and what would then stand in the tables. */
export interface Remedy {
  readonly code: RemedyCode;
  readonly entity: EntityName;
  readonly row: RowRef;
  readonly params: Params;
  readonly edits: readonly Edit[];
}

/** Everything that could be done today about the facts; remedies the mapping has no column for are left out. */
export function remediesFor(snapshot: Snapshot, facts: Facts): readonly Remedy[] {
  const remedies = [
    ...closeRisks(snapshot, facts),
    ...decideRenewal(snapshot, facts),
    ...facts.kpis.flatMap((kpi) => kpiRemedies(snapshot, kpi, facts.asOf)),
    ...resolveIssues(snapshot, facts),
    ...finishMilestones(snapshot, facts),
    ...keepPromises(snapshot, facts),
    ...talk(snapshot, facts),
    ...holdReview(snapshot, facts),
    ...renewEvidence(snapshot, facts),
  ];
  return remedies.filter(({ edits }) => edits.length > 0);
}

/** A KPI brought to its pace, given a number, or read anew, whichever it needs. */
function kpiRemedies(snapshot: Snapshot, kpi: KpiFact, asOf: Day): readonly Remedy[] {
  if (!kpi.current) return [];
  const { row, assessment } = kpi;
  const about = { entity: 'kpis', row: refOf(row) } as const;
  const { target, unit = '', end } = row.values;
  const named = { kpi: row.title, unit, ...(end === undefined ? {} : { end }) };
  if (assessment.status === 'not-computable') {
    if (assessment.actual !== undefined || target === undefined) return [];
    const edits = enterActual(snapshot, kpi, target, asOf);
    return [{ ...about, code: 'enter-actual', params: { ...named, to: target }, edits }];
  }
  const raised = raiseTo(snapshot, kpi, assessment.expected ?? 1, asOf);
  const remedies = raised === undefined || (assessment.pace ?? 0) >= 1 ? [] : [raised];
  if (kpi.fresh >= 1 || assessment.actual === undefined) return remedies;
  const edits = enterActual(snapshot, kpi, assessment.actual, asOf);
  return [...remedies, { ...about, code: 'refresh-kpi', params: named, edits }];
}

/** The KPI brought to a ratio. */
export function raiseTo(snapshot: Snapshot, kpi: KpiFact, ratio: number, asOf: Day): Remedy | undefined {
  const to = actualAt(kpi, ratio);
  const { actual } = kpi.assessment;
  if (to === undefined || actual === undefined || to === actual) return undefined;
  return raisedTo(snapshot, kpi, roundedOut(actual, to), asOf);
}

/** The KPI at another actual. */
export function raisedTo(snapshot: Snapshot, kpi: KpiFact, to: number, asOf: Day): Remedy {
  const { row, assessment } = kpi;
  const { unit = '', end } = row.values;
  const params = { kpi: row.title, from: assessment.actual ?? 0, to, unit, ...(end === undefined ? {} : { end }) };
  return { code: 'raise-kpi', entity: 'kpis', row: refOf(row), params, edits: enterActual(snapshot, kpi, to, asOf) };
}

function finishMilestones(snapshot: Snapshot, { milestones, asOf }: Facts): readonly Remedy[] {
  return milestones
    .filter((row) => isOverdue(row, asOf))
    .map((row) => ({
      code: 'finish-milestone',
      entity: 'milestones',
      row: refOf(row),
      params: { milestone: row.title },
      edits: setting(snapshot, 'milestones', row.id, { doneOn: asOf, status: 'done' }),
    }));
}

function keepPromises(snapshot: Snapshot, { actions, asOf }: Facts): readonly Remedy[] {
  const open = actions.filter(({ values: { due, doneOn, status } }) => {
    const done = doneOn === undefined ? status === 'done' : doneOn <= asOf;
    return due !== undefined && due < asOf && !done && status !== 'cancelled';
  });
  return open.map((row) => ({
    code: 'keep-promise',
    entity: 'actions',
    row: refOf(row),
    params: { action: row.title },
    edits: setting(snapshot, 'actions', row.id, { doneOn: asOf, status: 'done' }),
  }));
}

function resolveIssues(snapshot: Snapshot, { issues, asOf }: Facts): readonly Remedy[] {
  const open = issues.filter(
    ({ values: { state, resolvedOn } }) =>
      (resolvedOn === undefined || resolvedOn > asOf) &&
      state !== 'resolved' &&
      state !== 'recovering' &&
      state !== 'closed',
  );
  return open.map((row) => ({
    code: 'resolve-issue',
    entity: 'issues',
    row: refOf(row),
    params: { issue: row.title },
    edits: setting(snapshot, 'issues', row.id, { resolvedOn: asOf, state: 'resolved', stateSince: asOf }),
  }));
}

/** Risks grave enough to stand in the way of a better status. */
function closeRisks(snapshot: Snapshot, { risks, policy, asOf }: Facts): readonly Remedy[] {
  return risks
    .filter((row) => isOpenRisk(row, asOf) && assessRisk(row, policy).grade === 'critical')
    .map((row) => ({
      code: 'close-risk',
      entity: 'risks',
      row: refOf(row),
      params: { risk: row.title },
      edits: setting(snapshot, 'risks', row.id, { status: 'closed' }),
    }));
}

function decideRenewal(snapshot: Snapshot, facts: Facts): readonly Remedy[] {
  return openTerms(facts).map(({ entity, row, end }) => ({
    code: 'decide-renewal',
    entity,
    row,
    params: { agreement: row.title, end },
    edits:
      entity === 'agreements' && facts.mapped('agreements', 'decision')
        ? setting(snapshot, 'agreements', row.id, { decision: 'renew', decidedOn: facts.asOf })
        : setting(snapshot, 'partnerships', facts.partnership.id, { renewalDecision: 'renew' }),
  }));
}

/** A conversation of both sides, where conversations are logged, else the day of it. */
function talk(snapshot: Snapshot, facts: Facts): readonly Remedy[] {
  const { partnership, contacts, asOf } = facts;
  const silence = silenceOf(facts);
  if (silence === undefined || silence.days <= silence.warn) return [];
  const [contact] = contacts.filter(({ values }) => values.side !== 'us');
  const logged = adding(
    snapshot,
    'interactions',
    { partnership: [partnership.id], date: asOf, twoWay: true, direction: 'two-way', respondedOn: asOf },
    ['date'],
  );
  const stated = setting(snapshot, 'partnerships', partnership.id, { lastContact: asOf });
  const known = contact === undefined ? [] : setting(snapshot, 'contacts', contact.id, { lastContact: asOf });
  const edits = [logged, stated, known].find((ways) => ways.length > 0) ?? [];
  return [{ code: 'talk', entity: 'partnerships', row: refOf(partnership), params: {}, edits }];
}

function holdReview(snapshot: Snapshot, facts: Facts): readonly Remedy[] {
  const { partnership, asOf } = facts;
  const schedule = reviewSchedule(facts);
  if (schedule === undefined || nextReviewOf(schedule) >= asOf) return [];
  const held = {
    partnership: [partnership.id],
    plannedOn: asOf,
    heldOn: asOf,
    status: 'held',
    kind: 'performance',
  } as const;
  const byDay = adding(snapshot, 'reviews', held, ['heldOn']);
  const byState = adding(snapshot, 'reviews', held, ['plannedOn', 'status']);
  const stated = setting(snapshot, 'partnerships', partnership.id, { lastReview: asOf });
  const edits = [byDay, byState, stated].find((ways) => ways.length > 0) ?? [];
  return [{ code: 'hold-review', entity: 'partnerships', row: refOf(partnership), params: {}, edits }];
}

const YEAR = 365;

function renewEvidence(snapshot: Snapshot, facts: Facts): readonly Remedy[] {
  const { partnership, asOf } = facts;
  if (!isExpired(facts)) return [];
  const edits = setting(snapshot, 'partnerships', partnership.id, { esgEvidenceUntil: addDays(asOf, YEAR) });
  return [{ code: 'renew-evidence', entity: 'partnerships', row: refOf(partnership), params: {}, edits }];
}

/** The decision of a person taken back. */
export function endOverride(snapshot: Snapshot, { partnership }: Facts): readonly Remedy[] {
  const { overrideStatus, overrideUntil } = partnership.values;
  if (overrideStatus === undefined) return [];
  const edits = setting(snapshot, 'partnerships', partnership.id, { overrideStatus: undefined });
  const params = overrideUntil === undefined ? {} : { until: overrideUntil };
  return [{ code: 'end-override', entity: 'partnerships', row: refOf(partnership), params, edits }];
}
