import type { CheckWords, ToldColumn } from '../check.js';

const list = (items: readonly string[]): string => items.join(', ');
const quote = (items: readonly string[]): string => list(items.map((item) => `“${item}”`));
const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

const missing = ({ column, near }: ToldColumn): string =>
  `there is no column “${column}”${near === null ? '' : `: did you mean “${near}”?`}`;

export const check: CheckWords = {
  title: (workspace) => `Checking ${workspace}`,
  rows: (count) => counted(count, 'row'),
  unreadable: 'could not be read',
  mapped: (fields, results) =>
    `${counted(fields, 'column')} read${results === 0 ? '' : `, ${counted(results, 'result')} written`}`,
  read: {
    missing,
    'wrong-type': ({ column, type }) => `“${column}” is a ${type} column, which cannot hold this`,
    'wrong-table': ({ column }) => `“${column}” leads to another table than the configured one`,
    'read-only': ({ column, type }) => `“${column}” is a ${type} column, which cannot be written`,
    labels: ({ column, labels }) =>
      `“${column}” has options that stand for nothing known: ${quote(labels)}. Say under \`values\` what they mean`,
    'no-label': ({ column, labels }) => `“${column}” has no option for ${quote(labels)}`,
  },
  written: {
    missing,
    'wrong-type': ({ column, type }) => `“${column}” is a ${type} column, which cannot hold this result`,
    'wrong-table': ({ column }) => `“${column}” leads to another table than the configured one`,
    'read-only': ({ column, type }) => `“${column}” is a ${type} column, which cannot be written`,
    labels: ({ column, labels }) =>
      `“${column}” has no option for ${quote(labels)}: add the options, or say under \`values\` which of yours stand for them. Until then the cell stays empty`,
    'no-label': ({ column, labels }) =>
      `“${column}” has no option for ${quote(labels)}, so it would show another value: add the options, or say under \`values\` which of yours stand for them`,
  },
  unmanaged: (names) => `not written, as no column is named for it: ${list(names)}`,
  access: 'What the tokens may do',
  rights: { read: 'read', insert: 'add rows', update: 'change rows', people: 'see people' },
  states: { granted: 'yes', missing: 'no', unknown: 'not told before the first write' },
  notNeeded: 'not needed',
  grant: (names) => `grant it in the settings of the connection: ${list(names)}`,
  joins: 'Rows joined by partner code',
  joined: (joined, rows) => `${joined} of ${counted(rows, 'row')} joined`,
  unmatched: (codes) => `no partnership has ${quote(codes)}`,
  misspelt: (found, near) => `“${found}” looks like “${near}”: write one of them like the other`,
  doubled: (codes) => `several partnerships have ${quote(codes)}, so it joins nothing`,
  people: 'People',
  named: (count) => `${count} named in the tables`,
  unreachable: (names) => `no task can be assigned to ${list(names)}: give an e-mail or id under \`people\``,
  unseen: (names) => `in \`people\`, and in no table: ${list(names)}`,
  months: 'Calls of this month',
  month: (used, perMonth, perRun) => `${used} of ${perMonth} used; reading everything once takes ${perRun}`,
  pace: (seconds) =>
    `that is not enough for a run every quarter of an hour: start the worker with --every ${seconds} or more`,
  off: (count) => `Off, because no column is mapped for it (${count})`,
  or: ' or ',
  issues: (count) => `To mend in the tables (${count})`,
  more: (count) => `… ${count} more (--all)`,
  ready: (hints) => (hints === 0 ? 'All is well.' : `Ready. ${counted(hints, 'hint')} above.`),
  faults: (count) => `${counted(count, 'thing')} to mend first, marked ✗.`,
  next: 'Next:',
  mend: 'mend what is marked ✗, then run tandem check again',
};
