/**
 * The table of reminders: everything Tandem can ask somebody to do, gravest first within a rule. A reminder that is
 * not in here does not exist.
 */
import { milestoneOverdue } from './delivery.js';
import { reviewDue, reviewOverdue } from './governance.js';
import { decideBy, noticePassed } from './term.js';

export const REMINDERS = [noticePassed, decideBy, milestoneOverdue, reviewOverdue, reviewDue] as const;

/** Names a reminder in the configuration and finds its words. */
export type ReminderCode = (typeof REMINDERS)[number]['code'];

/** The part of a key that says what the task is about. */
export type ReminderRule = (typeof REMINDERS)[number]['rule'];
