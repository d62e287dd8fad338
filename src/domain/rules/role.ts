/** Who does what: role specifications with a gap, with two who answer for one thing, and those nobody has looked at. */
import type { EntityRow } from '../entities.js';
import { emptyFields, type Facts, isKnown, refOf, tierOf } from '../facts.js';
import { isSamePerson } from '../people.js';
import type { Params, Severity } from '../verdict.js';
import { defineRule, type Hit } from './rule.js';
import { ACTIVE_READS, isActive } from './stage.js';
import { ENDED_READS, isEnded } from './term.js';

type RoleRow = EntityRow<'roles'>;

const hit = (row: RoleRow, severity: Severity, params: Params = {}): Hit => ({
  severity,
  entity: 'roles',
  row: refOf(row),
  params: { role: row.title, ...params },
});

export const roleGap = defineRule({
  code: 'role-gap',
  family: 'governance',
  guide: '3-2',
  severities: ['low', 'info'],
  thresholds: [],
  requires: [['roles.responsible', 'roles.accountable', 'roles.theirPerson']],
  reads: ['roles.responsible', 'roles.accountable', 'roles.theirPerson', ...ENDED_READS],
  check: (facts) => {
    if (isEnded(facts)) return [];
    return facts.roles.flatMap((row) => {
      const missing = emptyFields(row, ['responsible', 'accountable', 'theirPerson'], facts);
      if (missing.length === 0) return [];
      const isOurs = missing.some((field) => field !== 'theirPerson');
      return [hit(row, isOurs ? 'low' : 'info', { missing: missing.join(',') })];
    });
  },
});

const functionOf = ({ values, title }: RoleRow): string =>
  (values.function ?? title).normalize('NFC').replace(/\s+/g, ' ').trim().toLowerCase();

/** The people who answer for a function, over all rows that name it. */
function accountablesOf(rows: readonly RoleRow[]) {
  const all = rows.flatMap(({ values }) => values.accountable ?? []);
  return all.filter((person, index) => all.findIndex((other) => isSamePerson(person, other)) === index);
}

export const roleOverlap = defineRule({
  code: 'role-overlap',
  family: 'governance',
  guide: '3-2',
  severities: ['medium'],
  thresholds: [],
  requires: ['roles.function', 'roles.accountable'],
  reads: ['roles.function', 'roles.accountable', ...ENDED_READS],
  check: (facts) => {
    if (isEnded(facts)) return [];
    const functions = new Set(facts.roles.map(functionOf).filter((name) => name !== ''));
    return [...functions].flatMap((name) => {
      const rows = facts.roles.filter((row) => functionOf(row) === name && isKnown(row, 'accountable'));
      const people = accountablesOf(rows);
      const [first, ...others] = rows;
      if (first === undefined || people.length < 2) return [];
      return [{ ...hit(first, 'medium', { count: people.length }), evidence: others.map(refOf) }];
    });
  },
});

export const roleStale = defineRule({
  code: 'role-stale',
  family: 'governance',
  guide: '3-2',
  severities: ['low'],
  thresholds: [],
  requires: ['roles.reviewBy'],
  reads: ['roles.reviewBy', ...ENDED_READS],
  check: (facts) => {
    if (isEnded(facts)) return [];
    return facts.roles.flatMap((row) => {
      const { reviewBy } = row.values;
      return reviewBy === undefined || reviewBy >= facts.asOf ? [] : [hit(row, 'low', { date: reviewBy })];
    });
  },
});

export const rolesMissing = defineRule({
  code: 'roles-missing',
  family: 'governance',
  guide: '3-2',
  severities: ['low', 'info'],
  thresholds: [],
  requires: ['roles.function'],
  reads: [...ACTIVE_READS, 'partnerships.tier', 'roles.partnership'],
  check: (facts: Facts) => {
    if (facts.roles.length > 0 || !isActive(facts)) return [];
    const severity = tierOf(facts) === 'strategic' ? 'low' : 'info';
    return [{ severity, entity: 'partnerships', row: refOf(facts.partnership), params: {} }];
  },
});
