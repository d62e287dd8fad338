/** The table of playbooks, and every reminder there is for a policy: a playbook that is not in here does not exist. */
import type { Policy } from '../policy.js';
import { REMINDERS } from '../reminders/index.js';
import { isOn, type Reminder } from '../reminders/reminder.js';
import { conflictMediation, conflictOpened } from './conflict.js';
import { exit, onboarding } from './lifecycle.js';
import { handOver } from './people.js';
import { asReminders } from './playbook.js';
import { renewal } from './renewal.js';
import { riskCritical, riskHigh } from './risk.js';

export const PLAYBOOKS = [
  onboarding,
  riskCritical,
  riskHigh,
  conflictOpened,
  conflictMediation,
  handOver,
  renewal,
  exit,
] as const;

export type PlaybookCode = (typeof PLAYBOOKS)[number]['code'];

/** The steps a playbook is shipped with. */
export type StepOf<C extends PlaybookCode> = Extract<(typeof PLAYBOOKS)[number], { code: C }>['steps'][number]['id'];

/** The reminders a team wants, then the steps of the playbooks it wants. */
export function remindersOf({ reminders, playbooks }: Pick<Policy, 'reminders' | 'playbooks'>): readonly Reminder[] {
  const wanted = PLAYBOOKS.filter(
    ({ code, byDefault }) =>
      !playbooks.disabled.includes(code) && (byDefault === 'on' || playbooks.enabled.includes(code)),
  );
  return [
    ...REMINDERS.filter((reminder) => isOn(reminder, reminders)),
    ...wanted.flatMap((playbook) => asReminders(playbook, playbooks)),
  ];
}
