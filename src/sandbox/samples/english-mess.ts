/**
 * What real tables look like: rows and cells of the English sample that are not as they should be. Here or in the
 * partners: missing target; zero baseline; baseline = target; lower is better; percent as 0.8, as 80 and undeclared;
 * formula numbers, one of them an error and one NaN; columns renamed since the mapping was written; a doubled partner
 * name; trashed pages; emoji, decomposed Hangul and trailing spaces in names; more than 25 links both ways; an option
 * label nobody defined ("tbd"); a partner without owner; a review over a year old; notice near, passed and
 * auto-renewing; a contract without end; codes that are mistyped, missing, and two in one cell; rows of no
 * partnership; text of over 2,000 characters; empty rows; a contact who left; critical and high risks open and
 * closed; periods over and not begun; an exit; silence by tier; "1,200" as text; a summary cell that differs from its
 * rows; an expired override.
 */
import type { DayAt } from './ids.js';
import { extraRow, type Mess, type SampleRow } from './story.js';

const LONG_NOTE = Array.from(
  { length: 40 },
  (_, index) => `Call ${index + 1}: both sides went through the outage, its cause and the next step. `,
).join('');

export const englishMess = (on: DayAt): Mess => ({
  extra: {
    partnerships: [
      {
        ...extraRow('OF-90', 1500, { name: 'Oldfriend Trading', code: 'OF-90', tier: 'basic', start: on(-1500) }),
        trashed: true,
      },
    ],
    kpis: kpis(on),
    measurements: measurements(on),
    milestones: [
      extraRow('no-partner', 80, { name: 'Intranet redesign', due: on(-30), status: 'active', progress: 0.5 }),
      extraRow('no-due', 50, { name: 'Co-branding study', partnership: ['OL-06'], status: 'planned', progress: 0 }),
      extraRow('empty', 9),
    ],
    reviews: reviews(on),
    risks: risks(on),
    contacts: contacts(on),
    interactions: [
      extraRow('no-partner', 12, { title: 'Met at the fair', date: on(-12), direction: 'inbound', channel: 'Visit' }),
      extraRow('empty', 3),
    ],
    agreements: agreements(on),
    tasks: tasks(on),
  },
  spoilt: {
    partnerships: {
      'OL-06': { lastReview: on(-390) },
      'FP-15': { tier: 'tbd' },
      'SV-19': { muted: true },
      'TN-20': {
        overrideStatus: 'watch',
        overrideReason: 'Waiting for a call with their board',
        overrideUntil: on(-9),
      },
    },
    kpis: { 'CV-12/reach': { status: 'tbd' }, 'MC-16/revenue': { relevance: LONG_NOTE } },
    milestones: { 'DC-10/m3': { status: 'tbd' } },
    contacts: { 'RR-18/c1': { status: 'left' } },
    interactions: { 'BL-03/t1': { note: LONG_NOTE } },
  },
});

function kpis(on: DayAt): SampleRow[] {
  const year = { start: on(-330), end: on(35), status: 'active', measuredOn: on(-6), weight: 1 };
  const add = (key: string, codes: string, values: SampleRow['values']): SampleRow =>
    extraRow(key, 330, { ...year, partnership: codes, ...values });
  const up = { direction: 'higher', accumulation: 'snapshot' };
  const ratio = { direction: 'lower', accumulation: 'ratio', target: 0.03, unit: '%', scale: 'fraction' };
  return [
    add('zero-baseline', 'NW-01', {
      name: 'New channel revenue',
      ...up,
      baseline: 0,
      target: 300,
      actual: 282,
      unit: 'k GBP',
    }),
    add('flat', 'OL-06', { name: 'Joint patents kept', ...up, baseline: 5, target: 5, actual: 5, unit: 'patents' }),
    add('no-target', 'BL-03', { name: 'Tickets reopened', direction: 'lower', accumulation: 'count', actual: 12 }),
    add('percent-80', 'GF-02', { name: 'Survey response', ...up, target: 80, actual: 78, unit: '%', scale: 'percent' }),
    add('percent-0.8', 'HU-04', {
      name: 'Studio utilisation',
      ...up,
      target: 0.8,
      actual: 0.79,
      unit: '%',
      scale: 'fraction',
    }),
    add('percent-unclear', 'MP-05', { name: 'Repeat purchase', ...up, target: 0.8, actual: 78, unit: '%' }),
    add('two-partners', 'NW-01, BL-03', {
      name: 'Joint webinar attendance',
      ...up,
      target: 500,
      actual: 490,
      unit: 'people',
    }),
    add('mistyped', 'NW-1O', {
      name: 'Northwharf on-time delivery',
      ...up,
      target: 0.95,
      actual: 0.93,
      scale: 'fraction',
    }),
    add('lower-case', ' vt-07 ', { name: 'Vantorre app rating', ...up, baseline: 3, target: 4.5, actual: 4.4 }),
    extraRow('no-partner', 200, { name: 'Brand awareness', ...year, ...up, target: 40, actual: 31 }),
    add('ratio', 'GF-02', { name: 'Return rate', ...ratio, numerator: 27, denominator: 1100 }),
    add('ratio-error', 'SB-08', {
      name: 'Re-delivery rate',
      ...ratio,
      numerator: 9,
      denominator: { wire: { error: '#ERROR!' } },
    }),
    add('ratio-nan', 'VT-07', {
      name: 'Churn rate',
      ...ratio,
      numerator: 2,
      denominator: { wire: { specialValue: 'NaN' } },
    }),
    add('range', 'BL-03', {
      name: 'Days of stock',
      direction: 'range',
      accumulation: 'snapshot',
      target: 10,
      targetHigh: 20,
      actual: 14,
    }),
    add('rating', 'OL-06', {
      name: 'Joint evaluation mark',
      direction: 'rating',
      kind: 'qualitative',
      target: 5,
      actual: 5,
    }),
    add('binary', 'SB-08', { name: 'Quality certificate', direction: 'milestone', target: 1, actual: 1 }),
    add('over', 'NW-01', { name: 'Deals last year', ...up, target: 40, actual: 44, start: on(-425), end: on(-60) }),
    add('over-missed', 'RR-18', {
      name: 'First-half leads',
      ...up,
      target: 200,
      actual: 90,
      start: on(-300),
      end: on(-120),
    }),
    add('not-begun', 'KR-09', {
      name: 'Revenue next year',
      ...up,
      target: 2000,
      measuredOn: null,
      start: on(40),
      end: on(404),
    }),
    extraRow('empty', 20),
  ];
}

/** The first three add up to the cell of their KPI; the last two do not, and one of them is no plain number. */
function measurements(on: DayAt): SampleRow[] {
  const add = (kpi: string, ago: number, value: string): SampleRow =>
    extraRow(`${kpi}@${ago}`, ago, { name: `${ago} days ago`, kpi: [kpi], date: on(-ago), value });
  return [
    add('NW-01/revenue', 185, '310'),
    add('NW-01/revenue', 95, '360'),
    add('NW-01/revenue', 9, '366'),
    add('RR-18/leads', 118, '95'),
    add('RR-18/leads', 47, '1,200'),
  ];
}

function reviews(on: DayAt): SampleRow[] {
  const add = (key: string, code: string, values: SampleRow['values']): SampleRow =>
    extraRow(key, 60, { partnership: [code], kind: 'performance', side: 'both', ...values });
  return [
    add('moved', 'MC-16', { name: 'Morningtide business review (moved)', plannedOn: on(-36), status: 'moved' }),
    add('cancelled', 'RR-18', { name: 'Rookery business review', plannedOn: on(-88), status: 'cancelled' }),
    add('old', 'BL-03', {
      name: 'Bluelark evaluation',
      kind: 'evaluation',
      heldOn: on(-226),
      status: 'held',
      trust: 4,
    }),
  ];
}

function risks(on: DayAt): SampleRow[] {
  const add = (key: string, code: string, values: SampleRow['values']): SampleRow =>
    extraRow(key, 140, { partnership: [code], openedOn: on(-140), ...values });
  return [
    add('closed-critical', 'BL-03', { name: 'Data centre fire', likelihood: 5, impact: 5, status: 'closed' }),
    add('no-likelihood', 'SM-11', { name: 'Rumour of a takeover', impact: 2, status: 'open' }),
    add('unknown-state', 'LC-13', { name: 'Higher fees asked', likelihood: 2, impact: 3, status: 'tbd' }),
    add('accepted', 'SB-08', { name: 'Price of raw material', likelihood: 3, impact: 2, status: 'accepted' }),
  ];
}

function contacts(on: DayAt): SampleRow[] {
  const away = { partnership: ['SM-11'], side: 'them', status: 'on-leave', lastContact: on(-60) };
  return [
    extraRow('on-leave', 200, { name: 'Freya Lund', ...away }),
    extraRow('no-partner', 15, { name: 'Card from the fair', role: 'unknown', side: 'them', status: 'active' }),
    extraRow('empty', 5),
  ];
}

function agreements(on: DayAt): SampleRow[] {
  const add = (key: string, code: string, name: string, values: SampleRow['values']): SampleRow =>
    extraRow(key, 300, { name, partnership: code, start: on(-300), status: 'signed', ...values });
  return [
    add('nda-1', 'VT-07', 'Vantorre NDA', { kind: 'nda', end: on(430) }),
    add('nda-2', 'FP-15, CV-12', 'Three-way NDA', { kind: 'nda', end: on(795) }),
    add('cert', 'OL-06', 'Oystercatch quality certificate', { kind: 'certificate', end: on(210) }),
    add('old', 'RR-18', 'Rookery agreement (old)', {
      kind: 'contract',
      end: on(-40),
      status: 'terminated',
      decision: 'end',
    }),
    add('draft', 'WE-22', 'Wrenfield addendum', { kind: 'contract', end: on(365), status: 'draft' }),
    add('unmatched', 'XX-99', 'Someone else entirely', { kind: 'contract', end: on(45), noticeDays: 30 }),
    extraRow('empty', 4),
  ];
}

/** Tasks people made themselves: no key. */
function tasks(on: DayAt): SampleRow[] {
  const add = (key: string, title: string, status: string, values: SampleRow['values'] = {}): SampleRow =>
    extraRow(key, 25, { title, status, ...values });
  return [
    add('t1', 'Get the outage report', 'doing', { due: on(3), assignee: ['Amelia Hart'], partnership: ['MC-16'] }),
    add('t2', 'Find a venue for the partner day', 'todo', { due: on(20), assignee: ['Grace Adeyemi'] }),
    add('t3', 'Visit the Greenholt shops', 'done', { due: on(-8), assignee: ['Priya Raman'], partnership: ['GF-02'] }),
    add('t4', 'Scan the signed contracts ', 'todo'),
    { ...add('t5', 'File last quarter', 'dropped', { due: on(-90) }), trashed: true },
    extraRow('empty', 2),
  ];
}
