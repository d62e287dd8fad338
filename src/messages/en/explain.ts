/** What English says when it is asked why. */
import type { Params } from '../../domain/assessment.js';
import type { ExplainWords } from '../explain.js';
import { dayIn, nameIn, percentIn } from '../words.js';
import { day, dayOf, quoted } from './phrases.js';

const number = (value: number): string =>
  new Intl.NumberFormat(
    'en',
    Math.abs(value) < 1 ? { maximumSignificantDigits: 4 } : { maximumFractionDigits: 2 },
  ).format(value);

const percent = (share: number): string => `${Math.floor(share * 100 + 1e-9)}%`;
const signed = (value: number): string => (value > 0 ? `+${value}` : `−${Math.abs(value)}`);
const title = (params: Params): string => quoted(params, 'title');
const due = (params: Params): string => (dayIn(params, 'day') === undefined ? '' : ` due ${dayOf(params, 'day')}`);
const on = (params: Params): string => (dayIn(params, 'day') === undefined ? '' : ` of ${dayOf(params, 'day')}`);
const amount = (params: Params, key: string): string =>
  `${number(Number(params[key] ?? 0))}${nameIn(params, 'unit') === '' ? '' : ` ${nameIn(params, 'unit')}`}`;
const ends = (params: Params): string =>
  dayIn(params, 'end') === undefined ? '' : ` (its period ends on ${dayOf(params, 'end')})`;
const counted = (count: unknown, one: string, many: string): string => `${count ?? 0} ${count === 1 ? one : many}`;

const listed = (steps: readonly string[]): string =>
  steps.length < 2 ? steps.join('') : `${steps.slice(0, -1).join(', ')} and ${steps.at(-1)}`;

const RATERS: ExplainWords['raters'] = { us: 'us', them: 'the partner', joint: 'both together' };
const QUESTIONS: ExplainWords['questions'] = {
  satisfaction: 'satisfaction',
  communication: 'communication',
  problemResponse: 'problem response',
  trust: 'trust',
};
const rater = ({ rater: who }: Params): string => RATERS[who === 'us' || who === 'them' ? who : 'joint'];
const question = ({ question: asked }: Params): string =>
  Object.entries(QUESTIONS).find(([code]) => code === asked)?.[1] ?? '';

const TRENDS = { rising: 'rising', steady: 'steady', falling: 'falling' } as const;

export const explain: ExplainWords = {
  headings: {
    why: 'Why',
    health: 'Health',
    change: 'Change',
    pillars: 'Pillars',
    gates: 'Gates',
    coverage: 'Data',
    kpis: 'KPIs',
    rules: 'Rules',
    ways: 'What would change it today',
    outlook: 'If nothing is entered',
    inputs: 'Inputs',
    formula: 'Formula',
    readings: 'Readings',
    partnerships: 'Counts for',
    trouble: 'In the way',
  },
  number,
  percent,
  factors: {
    kpis: { name: 'KPIs', formula: 'pace of each KPI, or its result once its period is over, by weight' },
    milestones: {
      name: 'Milestones',
      formula: 'done on time in full, late in part, overdue by its progress, by weight',
    },
    'promises-us': { name: 'Our promises', formula: 'share of our actions that fell due and were kept' },
    'promises-them': { name: 'Promises of the partner', formula: 'share of their actions that fell due and were kept' },
    actions: { name: 'Actions', formula: 'share of the actions of no stated side that fell due and were done' },
    'issue-handling': {
      name: 'Handling of issues',
      formula: 'half for resolving in time, half for not being the same again',
    },
    contact: { name: 'Contact', formula: 'in full up to the warning of the tier, nothing from its alarm on' },
    reviews: {
      name: 'Reviews',
      formula: 'in full while the next review is not overdue, nothing a whole interval late',
    },
    satisfaction: { name: 'Satisfaction', formula: '(mark − 1) / 4, mean of the raters' },
    communication: { name: 'Communication', formula: '(mark − 1) / 4, mean of the raters' },
    'problem-response': { name: 'Problem response', formula: '(mark − 1) / 4, mean of the raters' },
    'stated-trust': { name: 'Stated trust', formula: '(mark − 1) / 4, mean of the raters' },
    'perception-gap': { name: 'Same view of things', formula: 'less the further the marks of both sides lie apart' },
    'response-time': { name: 'Response time', formula: 'median business days until an answer, last 90 days' },
    tone: { name: 'Tone', formula: 'share of good words among good and bad ones, last 90 days' },
    esg: { name: 'ESG', formula: 'share of the checklist, in part once the evidence has expired' },
    profile: { name: 'Partner profile', formula: 'share of the profile that is filled' },
  },
  pillars: {
    trust: 'trust',
    structure: 'structure',
    performance: 'performance',
    conflict: 'conflict',
    sustainability: 'sustainability',
  },
  evidence: {
    kpi: (params) =>
      `${title(params)} ${percentIn(params, 'achievement')} achieved${params.pace === undefined ? '' : `, pace ${number(Number(params.pace))}`}`,
    kept: (params) => `${title(params)}${due(params)}: done on time`,
    late: (params) => `${title(params)}${due(params)}: done late`,
    overdue: (params) => `${title(params)}${due(params)}: overdue`,
    handled: (params) => `${title(params)}${due(params)}: resolved in time`,
    'handled-late': (params) => `${title(params)}${due(params)}: resolved late`,
    unhandled: (params) => `${title(params)}${due(params)}: not resolved`,
    contact: (params) =>
      `last two-way contact${on(params)}: warning after ${counted(params.warn, 'day', 'days')}, alarm after ${params.alarm ?? 0}`,
    review: (params) => `next review${due(params)}, last held ${dayOf(params, 'lastHeld')}`,
    rating: (params) =>
      `${number(Number(params.mark ?? 0))} of 5${dayIn(params, 'day') === undefined ? '' : ` on ${dayOf(params, 'day')}`}, by ${rater(params)}`,
    gap: (params) =>
      `${question(params)}: ${number(Number(params.us ?? 0))} by us, ${number(Number(params.them ?? 0))} by the partner`,
    answered: (params) =>
      `message${on(params)}: answered after ${counted(params.days, 'business day', 'business days')}`,
    positive: (params) => `entry${on(params)}: good`,
    negative: (params) => `entry${on(params)}: bad`,
    share: (params) => `${percentIn(params, 'share')} stated${params.expired === 1 ? ', evidence expired' : ''}`,
  },
  figures: {
    milestones: (params) =>
      [
        ...(params.spi === undefined ? [] : [`schedule performance ${number(Number(params.spi))}`]),
        `${params.overdue ?? 0} overdue`,
        `${params.blocked ?? 0} blocked`,
        `longest slip ${counted(params.slipDays, 'day', 'days')}`,
      ].join(', '),
    'promises-us': (params) => `${params.kept ?? 0} of ${params.due ?? 0} kept on time`,
    'promises-them': (params) => `${params.kept ?? 0} of ${params.due ?? 0} kept on time`,
    actions: (params) => `${params.kept ?? 0} of ${params.due ?? 0} done on time`,
    'response-time': (params) => `median ${counted(params.days, 'business day', 'business days')}`,
    tone: (params) => `${params.positive ?? 0} good, ${params.negative ?? 0} bad`,
  },
  questions: QUESTIONS,
  raters: RATERS,
  methods: {
    'from-baseline': ({ actual, baseline, target, ratio }) =>
      `(actual − baseline) / (target − baseline) = (${actual} − ${baseline}) / (${target} − ${baseline}) = ${ratio}`,
    'share-of-target': ({ actual, target, ratio }) => `actual / target = ${actual} / ${target} = ${ratio}`,
    'distance-to-bound': ({ actual, target, ratio }) =>
      `1 + (target − actual) / |target| = 1 + (${target} − ${actual}) / |${target}| = ${ratio}`,
    'zero-target': ({ actual, ratio }) => `the target is 0, so it is reached or not: ${actual} gives ${ratio}`,
    range: ({ actual, target, targetHigh, ratio }) =>
      `1 between ${target} and ${targetHigh}, outside less the distance in units of the bound: ${actual} gives ${ratio}`,
    'share-kept': ({ target, ratio }) => `share of the readings at ${target} or more = ${ratio}`,
    'reached-or-not': ({ actual, target, ratio }) => `reached or not: ${actual} of ${target} gives ${ratio}`,
    'rating-from-1': ({ actual, target, ratio }) =>
      `(actual − 1) / (target − 1) = (${actual} − 1) / (${target} − 1) = ${ratio}`,
  },
  remedies: {
    'raise-kpi': (params) =>
      `KPI ${quoted(params, 'kpi')} at ${amount(params, 'to')} instead of ${number(Number(params.from ?? 0))}${ends(params)}`,
    'enter-actual': (params) => `an actual for KPI ${quoted(params, 'kpi')}, at its target of ${amount(params, 'to')}`,
    'refresh-kpi': (params) => `KPI ${quoted(params, 'kpi')} read anew`,
    'finish-milestone': (params) => `milestone ${quoted(params, 'milestone')} done`,
    'keep-promise': (params) => `action ${quoted(params, 'action')} done`,
    'resolve-issue': (params) => `issue ${quoted(params, 'issue')} resolved`,
    'close-risk': (params) => `risk ${quoted(params, 'risk')} closed`,
    'decide-renewal': (params) => `the renewal of the term to ${dayOf(params, 'end')} decided`,
    talk: () => 'a two-way conversation',
    'hold-review': () => 'the overdue review held',
    'renew-evidence': () => 'new ESG evidence',
    'end-override': (params) =>
      dayIn(params, 'until') === undefined
        ? 'the decision of a person taken back'
        : `the decision of a person taken back, or past its last day ${dayOf(params, 'until')}`,
  },
  endings: {
    fired: 'found',
    quiet: 'found nothing',
    off: 'switched off',
    unmapped: 'off, columns not mapped',
    frozen: 'frozen, tables not read whole',
  },
  anyOf: (columns) => columns.join(' or '),
  gate: (limit, sentence) => `${limit} at best: ${sentence}`,
  noGates: 'none',
  coverage: (share, minimum) => `${percent(share)} of the KPI weight is measured (${percent(minimum)} is needed)`,
  confidence: (level, share) => `confidence ${level.toLowerCase()} (${percent(share)} fresh)`,
  change: (points, since, parts) =>
    `${points === 0 ? '±0' : signed(points)} since ${day(since)}${parts.length === 0 ? '' : ` (${parts.join(', ')})`}`,
  trend: ({ direction, points, since, weeks }) =>
    `${TRENDS[direction]} over ${weeks} weeks: ${points === 0 ? '±0' : signed(points)} since ${day(since)}`,
  way: (steps, status, health) =>
    `${listed(steps)}: “${status}”${health === undefined ? '' : ` with ${health} points`}`,
  noWays: (status) =>
    status === 'on-track' || status === 'achieved'
      ? 'It could not be better.'
      : 'No entry of today was found that would.',
  outlook: (given, status, causes) =>
    `“${status}” on ${day(given)}${causes.length === 0 ? '' : `: ${causes.join(' · ')}`}`,
  steady: (days) => `The status stays for the next ${days} days.`,
  expected: (params) =>
    `${percentIn(params, 'expected')} should be done by now, so the pace is ${number(Number(params.pace ?? 0))}`,
  fresh: (share, readOn) =>
    `${readOn === undefined ? 'nobody says when it was read' : `read on ${day(readOn)}`}, ${percent(share)} fresh`,
  weight: (weight, critical, current) =>
    `weight ${number(weight)}${critical ? ', critical' : ''}${current ? '' : ', does not count today'}`,
};
