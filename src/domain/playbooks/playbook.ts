/**
 * The shape of a playbook: a checklist that somebody works through once when something begins. Every step becomes a
 * reminder of its own, so that keys, drafts, moves and human edits follow the rules every other task follows.
 */
import { addBusinessDays, addDays, type Day } from '../calendar.js';
import type { PlaybookStepSetting, PlaybooksPolicy } from '../policy-playbooks.js';
import type { AssigneeRule, Matter, Occasion, Reminder } from '../reminders/reminder.js';
import type { FieldPath, GuideSection } from '../rules/rule.js';

/** One step: what to do is in the words of the locale, under the codes of playbook and step. */
export interface PlaybookStep<S extends string = string> {
  /** Part of the key: never renamed. */
  readonly id: S;
  /** Business days from the day the playbook begins. */
  readonly after: number;
  readonly role: AssigneeRule;
}

export interface Playbook<C extends string = string, S extends string = string>
  extends Pick<Reminder, 'closes' | 'on' | 'severity'> {
  readonly code: C;
  readonly guide: GuideSection;
  readonly byDefault: 'on' | 'off';
  /** Fields it looks at besides those its findings rest on. */
  readonly reads: readonly FieldPath[];
  /** What it is about today, and the occurrence: once per row and occurrence. */
  readonly starts: (
    matter: Matter,
  ) => readonly Pick<Occasion, 'entity' | 'row' | 'occurrence' | 'params' | 'keepOnly'>[];
  readonly steps: readonly PlaybookStep<S>[];
}

type Preset = 'byDefault' | 'closes' | 'on' | 'reads';

/** A playbook that is on, reads nothing further, and whose open steps end when its reason is gone. */
export function definePlaybook<const C extends string, const S extends string>(
  playbook: Omit<Playbook<C, S>, Preset> & Partial<Pick<Playbook<C, S>, Preset>>,
): Playbook<C, S> {
  return { byDefault: 'on', closes: 'when-cleared', on: [], reads: [], ...playbook };
}

/** A beginning that is seen for the first time when it is older than this is history: somebody has dealt with it. */
const FRESH_DAYS = 30;

/** Whether a day lies so little before today that what began then is still beginning. */
export const isFresh = (day: Day, asOf: Day): boolean => day <= asOf && day >= addDays(asOf, -FRESH_DAYS);

/** What has begun lately is worked through; what began long ago only keeps the tasks it has. Undated, it may be new. */
export const unlessOld = (day: Day | undefined, asOf: Day): Pick<Occasion, 'keepOnly'> =>
  day === undefined || isFresh(day, asOf) ? {} : { keepOnly: true };

/** A step as a reminder: due so many business days after the task was made. A team's own step brings its words along. */
export function asReminders(playbook: Playbook, settings: PlaybooksPolicy): readonly Reminder[] {
  const { code, guide, severity, closes, on, reads, starts } = playbook;
  const steps: readonly (PlaybookStep | PlaybookStepSetting)[] = settings.steps[code] ?? playbook.steps;
  return steps.map((step) => ({
    code: `${code}/${step.id}`,
    rule: `pb-${code}-${step.id}`,
    guide,
    severity,
    byDefault: 'on',
    assignee: step.role,
    closes,
    gather: 'by-row',
    on,
    reads,
    needs: ['partnerships'],
    ask: (matter) =>
      starts(matter).map(({ params, ...start }) => ({
        ...start,
        due: addBusinessDays(matter.facts.asOf, step.after, matter.facts.calendar),
        dueStands: 'for-occurrence',
        params: { ...params, ...('title' in step ? { title: step.title, note: step.note ?? '' } : {}) },
      })),
  }));
}
