/** The terms of a partnership: until when notice can be given, by when that has to be decided, and what was decided. */
import { addDays, type Day, daysBetween, previousBusinessDay } from '../calendar.js';
import type { EntityName, EntityRow } from '../entities.js';
import { type Facts, type Joined, refOf } from '../facts.js';
import { oncePer } from '../once.js';
import type { RowRef } from '../snapshot.js';
import { defineRule, type FieldPath, type Hit, type Requirement } from './rule.js';

type AgreementRow = EntityRow<'agreements'>;

/** A term nobody has decided about. */
export interface OpenTerm {
  readonly entity: EntityName;
  readonly row: RowRef;
  readonly end: Day;
  /** Last day on which notice can be given: end minus the notice period. */
  readonly deadline: Day;
  /** The deadline minus the buffer, rolled back to a business day. */
  readonly decideBy: Day;
  readonly autoRenew: boolean;
}

const isContract = ({ values: { kind }, unreadable }: AgreementRow): boolean =>
  !unreadable.has('kind') && (kind === undefined || kind === 'contract');

const isDecided = (decision: string | undefined): boolean => decision !== undefined && decision !== 'undecided';

/** Everything `isEnded` rests on. */
export const ENDED_READS: readonly FieldPath[] = [
  'partnerships.stage',
  'partnerships.end',
  'partnerships.renewalDecision',
  'agreements.kind',
  'agreements.end',
  'agreements.status',
  'agreements.decision',
];

/** In exit, or past the end of its term after a decision to end or the termination of its agreements. */
export const isEnded = oncePer(({ partnership, agreements, asOf }: Joined): boolean => {
  const { stage, end, renewalDecision } = partnership.values;
  if (stage === 'exit') return true;
  const contracts = agreements.filter((row) => isContract(row) && row.values.status !== 'draft');
  const terminated = contracts.length > 0 && contracts.every((row) => row.values.status === 'terminated');
  const ends = contracts.flatMap((row) => row.values.end ?? []).sort();
  const last = ends.at(-1) ?? end;
  const latest = contracts.filter((row) => row.values.end !== undefined && row.values.end === last);
  const decided = renewalDecision === 'end' || latest.some((row) => row.values.decision === 'end');
  return last !== undefined && last < asOf && (terminated || decided);
});

/**
 * The undecided terms, earliest deadline first: those of signed agreements, or the partnership's own where it has
 * no agreement with an end. An agreement without a state counts as signed.
 */
export const openTerms = oncePer((facts: Facts): readonly OpenTerm[] => {
  const contracts = facts.agreements.filter((row) => isContract(row) && row.values.end !== undefined);
  if (contracts.length === 0) return ownTerm(facts);
  const signed = contracts.filter(
    (row) => !row.unreadable.has('status') && (row.values.status ?? 'signed') === 'signed',
  );
  return signed
    .flatMap((row) => agreementTerm(row, signed, facts))
    .sort((left, right) => (orderKey(left) < orderKey(right) ? -1 : 1));
});

const orderKey = (term: OpenTerm): string => `${term.deadline} ${term.row.id}`;

function agreementTerm(row: AgreementRow, signed: readonly AgreementRow[], facts: Facts): readonly OpenTerm[] {
  const { end, noticeDays, autoRenew } = row.values;
  if (end === undefined || row.unreadable.has('noticeDays')) return [];
  const summary = facts.partnership.values;
  const term = termOf(
    { entity: 'agreements', row: refOf(row), end, autoRenew: autoRenew ?? summary.autoRenew ?? false },
    noticeDays ?? summary.noticeDays ?? 0,
    facts,
  );
  const followed = signed.some(
    ({ id, values: { start } }) => id !== row.id && start !== undefined && start >= term.deadline,
  );
  return followed || row.unreadable.has('decision') || isAgreementDecided(row, facts) ? [] : [term];
}

/** A decision dated before the term began was made about the term before. */
function isAgreementDecided({ values: { decision, decidedOn, start } }: AgreementRow, facts: Facts): boolean {
  if (!facts.mapped('agreements', 'decision')) return isDecided(facts.partnership.values.renewalDecision);
  return isDecided(decision) && !(decidedOn !== undefined && start !== undefined && decidedOn < start);
}

function ownTerm(facts: Facts): readonly OpenTerm[] {
  const { partnership } = facts;
  const { end, noticeDays = 0, autoRenew = false, renewalDecision } = partnership.values;
  if (end === undefined || isDecided(renewalDecision)) return [];
  if (partnership.unreadable.has('noticeDays') || partnership.unreadable.has('renewalDecision')) return [];
  return [termOf({ entity: 'partnerships', row: refOf(partnership), end, autoRenew }, noticeDays, facts)];
}

function termOf(
  term: Pick<OpenTerm, 'entity' | 'row' | 'end' | 'autoRenew'>,
  noticeDays: number,
  { policy, calendar }: Facts,
): OpenTerm {
  // A part of a day is none: a deadline is a day.
  const deadline = addDays(term.end, noticeDays > 0 ? -Math.trunc(noticeDays) : 0);
  const decideBy = previousBusinessDay(addDays(deadline, -policy.rules.decideBuffer), calendar);
  return { ...term, deadline, decideBy };
}

/** Whether notice must be given so soon, or could no longer be given, that the partnership cannot be called on track. */
export function isPressing({ deadline }: OpenTerm, { policy, asOf }: Facts): boolean {
  return daysBetween(asOf, deadline) <= policy.rules.decideBuffer;
}

const requires: readonly Requirement[] = [['partnerships.end', 'agreements.end']];
const reads: readonly FieldPath[] = [
  'partnerships.end',
  'partnerships.noticeDays',
  'partnerships.autoRenew',
  'partnerships.renewalDecision',
  'agreements.kind',
  'agreements.start',
  'agreements.end',
  'agreements.noticeDays',
  'agreements.autoRenew',
  'agreements.status',
  'agreements.decision',
  'agreements.decidedOn',
];

const paramsOf = ({ row, decideBy, deadline, end, autoRenew }: OpenTerm) => ({
  agreement: row.title,
  date: decideBy,
  deadline,
  end,
  autoRenew: autoRenew ? 1 : 0,
});

function toldFrom(term: OpenTerm, { policy }: Facts): Day {
  return addDays(term.decideBy, -policy.rules.decideLead);
}

export const decideBy = defineRule({
  code: 'decide-by',
  family: 'time',
  guide: '6-5',
  severities: ['high', 'medium'],
  thresholds: ['rules.decideBuffer', 'rules.decideLead'],
  requires,
  reads,
  check: (facts): readonly Hit[] =>
    openTerms(facts)
      .filter((term) => facts.asOf <= term.deadline && facts.asOf >= toldFrom(term, facts))
      .map((term) => ({
        severity: isPressing(term, facts) ? 'high' : 'medium',
        entity: term.entity,
        row: term.row,
        params: paramsOf(term),
      })),
});

export const noticePassed = defineRule({
  code: 'notice-passed',
  family: 'time',
  guide: '6-5',
  severities: ['high'],
  thresholds: [],
  requires,
  reads,
  check: (facts): readonly Hit[] =>
    openTerms(facts)
      .filter((term) => term.deadline < facts.asOf)
      .map((term) => ({ severity: 'high', entity: term.entity, row: term.row, params: paramsOf(term) })),
});

/** A term that renews by itself, and of which nobody has written down until when notice can be given. */
export const noticeUnknown = defineRule({
  code: 'notice-unknown',
  family: 'time',
  guide: '6-5',
  severities: ['medium', 'low'],
  thresholds: ['rules.decideLead'],
  requires: [
    ['partnerships.end', 'agreements.end'],
    ['partnerships.autoRenew', 'agreements.autoRenew'],
    ['partnerships.noticeDays', 'agreements.noticeDays'],
  ],
  reads: [...reads, 'partnerships.stage'],
  check: (facts): readonly Hit[] => {
    if (isEnded(facts)) return [];
    return openTerms(facts)
      .filter((term) => term.autoRenew && !statesNotice(term, facts) && term.end >= facts.asOf)
      .map((term) => ({
        severity: daysBetween(facts.asOf, term.end) <= facts.policy.rules.decideLead ? 'medium' : 'low',
        entity: term.entity,
        row: term.row,
        params: { agreement: term.row.title, end: term.end },
      }));
  },
});

/** Whether a term, or the partnership for it, says how many days of notice there are; 0 is said too. */
function statesNotice({ row }: OpenTerm, { agreements, partnership }: Facts): boolean {
  const own = agreements.find(({ id }) => id === row.id)?.values.noticeDays;
  return (own ?? partnership.values.noticeDays) !== undefined;
}
