/** Reminders of conflicts: one task per issue on its way up the ladder, and one on the way back to trust. */
import { addBusinessDays, addDays, previousBusinessDay } from '../calendar.js';
import type { Joined } from '../facts.js';
import { isRung, lastDayOn } from '../rules/conflict.js';
import { openSteps, RECOVERY_READS } from '../rules/recovery.js';
import { about, countedFromToday, dayIn, defineReminder, onFindings } from './reminder.js';

const RULE = 'issue';

const rowOf = ({ issues }: Joined, id: string) => issues.find((row) => row.id === id);

/** From the day a grave issue is raised; a lesser one is told when it is late. */
export const issueAcknowledge = defineReminder({
  code: 'issue-acknowledge',
  rule: RULE,
  guide: '4-4',
  severity: 'high',
  ...onFindings(['issue-open'], ({ row: { id } }, { facts }) => {
    const { policy, calendar, mapped } = facts;
    const row = rowOf(facts, id);
    const { openedOn, severity, acknowledgedOn } = row?.values ?? {};
    if (row === undefined || openedOn === undefined || severity === undefined || acknowledgedOn !== undefined)
      return undefined;
    if (!mapped('issues', 'acknowledgedOn') || row.unreadable.has('acknowledgedOn')) return undefined;
    const due = addBusinessDays(openedOn, policy.rules.issueDays[severity].acknowledge, calendar);
    return { occurrence: `${openedOn}~acknowledge`, due };
  }),
});

/** Each rung is asked for once: what keeps it there decides whether it goes one further. */
export const conflictStep = defineReminder({
  code: 'conflict-step',
  rule: RULE,
  guide: '5-3',
  severity: 'high',
  ...onFindings(['issue-stuck'], (finding, { facts }) => {
    const { state } = finding.params;
    const since = dayIn(finding, 'date');
    if (!isRung(state) || state === 'recovering') return undefined;
    const { policy, calendar } = facts;
    const due = addBusinessDays(lastDayOn(state, since, facts), policy.reminders.answerDays['conflict-step'], calendar);
    return { occurrence: `${since}~${state}`, due };
  }),
});

export const issueResolve = defineReminder({
  code: 'issue-resolve',
  rule: RULE,
  guide: '4-4',
  severity: 'high',
  ...onFindings(['issue-open'], ({ row: { id } }, { facts }) => {
    const { openedOn, severity } = rowOf(facts, id)?.values ?? {};
    if (severity === undefined) return undefined;
    if (openedOn === undefined) return { occurrence: 'undated~resolve', ...countedFromToday('issue-resolve', facts) };
    const due = addBusinessDays(openedOn, facts.policy.rules.issueDays[severity].resolve, facts.calendar);
    return { occurrence: `${openedOn}~resolve`, due };
  }),
});

/** Meeting, prevention, then checks until trust is back: always the first that was not done. */
export const recoveryStep = defineReminder({
  code: 'recovery-step',
  rule: 'recovery',
  guide: '5-4',
  severity: 'medium',
  reads: RECOVERY_READS,
  ask: ({ facts }) => {
    const { mapped, asOf, policy, calendar } = facts;
    if (!mapped('issues', 'resolvedOn') || !mapped('issues', 'severity')) return [];
    const before = addDays(asOf, policy.reminders.leadDays['recovery-step'] + 1);
    return openSteps(facts, before).map(({ row, step, date }) =>
      about(row, {
        occurrence: `${date}~${step}`,
        due: previousBusinessDay(date, calendar),
        params: { issue: row.title, step, date },
      }),
    );
  },
});

export const lessonMissing = defineReminder({
  code: 'lesson-missing',
  rule: 'lesson-missing',
  guide: '5-5',
  severity: 'low',
  ...onFindings(['lesson-missing'], (finding, { facts: { policy, calendar } }) => {
    if (finding.severity === 'info') return undefined;
    const resolvedOn = dayIn(finding, 'date');
    const late = addDays(resolvedOn, policy.rules.issueLesson);
    return {
      occurrence: resolvedOn,
      due: addBusinessDays(late, policy.reminders.answerDays['lesson-missing'], calendar),
    };
  }),
});
