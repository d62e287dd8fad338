import type { InitWords } from '../init.js';

const list = (items: readonly string[]): string => items.join(', ');
const quote = (items: readonly string[]): string => list(items.map((item) => `“${item}”`));
const withOptions = (options: readonly string[]): string =>
  options.length === 0 ? '' : ` with the options ${list(options)}`;

export const init: InitWords = {
  head: [
    'Proposed by `tandem init` from the tables your tokens can see. Look at the lines with a remark first.',
    'Left of a colon: what Tandem calls it. Right: your column, by name or by id (ids survive renames).',
    'Tokens stay in the environment: NOTION_TOKEN, AIRTABLE_TOKEN. Next: tandem check, then tandem plan.',
  ],
  workspace: 'permanent: part of the key of every task. Change it now or never',
  locale: 'language of everything written back: en or ko',
  timezone: 'decides what day it is',
  holidays: 'countries whose public holidays are days off, for example [KR]',
  plan: {
    notion: 'your plan: business and enterprise may call more often',
    airtable: 'your plan: free has 1,000 calls a month, team 100,000',
  },
  people: [
    'Who is told when somebody does not act, and e-mail addresses the tools do not show.',
    'Take the # away where you fill something in, and add `lead: NAME`.',
  ],
  manages: 'columns Tandem owns and overwrites',
  found: {
    word: 'chosen for a word in its name: please look',
    title: 'the column rows are called by',
    options: 'chosen for its options: please look',
    relation: 'chosen for the table it links to',
    only: 'the only column with people: please look',
    period: 'both ends in one column',
  },
  or: (names) => `or: ${list(names)}`,
  orTable: (names) => `or the table ${quote(names)}`,
  unknown: (labels) => `no meaning known for ${quote(labels)}: say it under \`values\``,
  noLabel: (labels) => `no option for ${quote(labels)}: the cell stays empty then`,
  likely: 'what your labels seem to mean: please look',
  link: 'joined by the code of the partner',
  misfit: {
    filled: (column) => `“${column}” holds what people entered. Give Tandem a column of its own`,
    'read-only': (column, type) => `“${column}” is a ${type} column, which cannot be written`,
    'wrong-type': (column, type) => `“${column}” is a ${type} column, which cannot hold this`,
    'wrong-table': (column) => `“${column}” links to another table`,
    labels: (column) => `of the options of “${column}” too few have a known meaning: say it under \`values\``,
  },
  unmapped: (names) => `no column found for: ${list(names)}`,
  unused: (names) => `columns not used: ${list(names)}`,
  cut: (rows) => `only the first ${rows} rows were looked at`,
  kinds: {
    notion: { text: 'text', number: 'number', percent: 'number shown as percent', date: 'date', select: 'select' },
    airtable: { text: 'long text', number: 'number', percent: 'percent', date: 'date', select: 'single select' },
  },
  add: (kind, options) => `add a ${kind} column${withOptions(options)}, then take the # away`,
  off: (names) => `Not in use yet: there is no column for ${list(names)}. Add it, then take the # away.`,
  lacksPartnership:
    'Nothing tells which partnership a row belongs to: add a relation to the partnerships, or a column with the code of the partner',
  title: (names) => `Looked at ${list(names)}`,
  mapped: (fields, results) =>
    `${fields} column${fields === 1 ? '' : 's'} read${results === 0 ? '' : `, ${results} result${results === 1 ? '' : 's'} written`}`,
  toAdd: (column, kind, options) => `add “${column}”: ${kind}${withOptions(options)}`,
  left: (titles) => `Tables that fit nothing: ${quote(titles)}. To use one, name it: tandem init kpis=LINK …`,
  passedOver: (count) => `${count} more tables were not looked at. Name the ones you mean: tandem init LINK …`,
  absent: (names) => `No table for: ${list(names)}. All of them are optional.`,
  written: (file) => `Wrote ${file}.`,
  next: 'Next:',
  look: 'read the remarks in the file, then tandem check',
};
