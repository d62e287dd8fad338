/** What holds when people change: who has left and still answers for something, who stands in, and who sponsors. */
import { daysBetween } from '../calendar.js';
import type { EntityName, EntityRow, Person } from '../entities.js';
import { emptyFields, type Facts, isKnown, refOf, tierOf } from '../facts.js';
import { isSamePerson } from '../people.js';
import { isDone } from './delivery.js';
import { isOpenIssue } from './issue.js';
import { isOpenAction } from './promise.js';
import { isOpenRisk } from './risk.js';
import { defineRule, type FieldPath, type Requirement } from './rule.js';
import { ACTIVE_READS, isActive } from './stage.js';
import { ENDED_READS, isEnded } from './term.js';

/** A row somebody answers for today. */
interface Owned {
  readonly row: EntityRow;
  readonly people: readonly Person[];
}

const owned = (row: EntityRow, people: readonly Person[] = []): Owned => ({ row, people });

/** Everything that is not over, with those who answer for it; the partnership itself first. */
function ownedRows({ partnership, kpis, roles, milestones, actions, risks, issues, asOf }: Facts): readonly Owned[] {
  const { owner, backupOwner, sponsor } = partnership.values;
  return [
    owned(
      partnership,
      [owner, sponsor, backupOwner].flatMap((people) => people ?? []),
    ),
    ...roles.map((row) => owned(row, [...(row.values.responsible ?? []), ...(row.values.accountable ?? [])])),
    ...kpis.filter(({ current }) => current).map(({ row }) => owned(row, row.values.owner)),
    ...milestones
      .filter((row) => row.values.status !== 'cancelled' && !isDone(row, asOf))
      .map((row) => owned(row, row.values.owner)),
    ...actions.filter((row) => isOpenAction(row, asOf)).map((row) => owned(row, row.values.owner)),
    ...risks.filter((row) => isOpenRisk(row, asOf)).map((row) => owned(row, row.values.owner)),
    ...issues
      .filter((row) => isOpenIssue(row, asOf))
      .map((row) => owned(row, [...(row.values.owner ?? []), ...(row.values.decider ?? [])])),
  ];
}

/** Somebody of ours who has left: the configuration says so, or every contact of that name does. */
function hasLeft(person: Person, { contacts }: Facts): boolean {
  if (person.left === true) return true;
  const ours = contacts.filter(({ values: { side, name } }) => {
    return side === 'us' && name !== undefined && isSamePerson({ name }, person);
  });
  return ours.length > 0 && ours.every(({ values }) => values.status === 'left');
}

const OWNERS: Requirement = [
  'partnerships.owner',
  'partnerships.backupOwner',
  'partnerships.sponsor',
  'roles.responsible',
  'roles.accountable',
  'kpis.owner',
  'milestones.owner',
  'actions.owner',
  'risks.owner',
  'issues.owner',
  'issues.decider',
];

export const ownerLeft = defineRule({
  code: 'owner-left',
  family: 'relationship',
  guide: '6-4',
  severities: ['medium', 'low'],
  thresholds: [],
  requires: [OWNERS],
  reads: [
    ...(OWNERS as readonly FieldPath[]),
    'contacts.name',
    'contacts.side',
    'contacts.status',
    'kpis.status',
    'kpis.start',
    'kpis.end',
    'milestones.status',
    'milestones.doneOn',
    'actions.status',
    'actions.doneOn',
    'risks.status',
    'risks.acceptedUntil',
    'issues.state',
    'issues.resolvedOn',
    ...ENDED_READS,
  ],
  check: (facts) => {
    if (isEnded(facts)) return [];
    const rows = ownedRows(facts);
    const people = rows.flatMap((item) => item.people).filter((person) => hasLeft(person, facts));
    const gone = people.filter((person, index) => people.findIndex((other) => isSamePerson(person, other)) === index);
    return gone.flatMap((person) => {
      const [first, ...others] = rows.filter((item) => item.people.some((other) => isSamePerson(person, other)));
      if (first === undefined) return [];
      const params = { person: person.name ?? person.email ?? '', count: others.length + 1 };
      const { entity }: { readonly entity: EntityName } = first.row;
      const severity = entity === 'partnerships' ? ('medium' as const) : ('low' as const);
      return [{ severity, entity, row: refOf(first.row), evidence: others.map(({ row }) => refOf(row)), params }];
    });
  },
});

/** How much a gap weighs in a partnership: with a strategic partner it is told, else noted. */
const gapSeverity = (facts: Facts): 'low' | 'info' => (tierOf(facts) === 'strategic' ? 'low' : 'info');

export const backupMissing = defineRule({
  code: 'backup-missing',
  family: 'relationship',
  guide: '6-4',
  severities: ['low', 'info'],
  thresholds: [],
  requires: ['partnerships.backupOwner'],
  reads: ['partnerships.backupOwner', 'partnerships.tier', ...ACTIVE_READS],
  check: (facts) => {
    const { partnership } = facts;
    if (!isActive(facts) || emptyFields(partnership, ['backupOwner'], facts).length === 0) return [];
    return [{ severity: gapSeverity(facts), entity: 'partnerships', row: refOf(partnership), params: {} }];
  },
});

const theirSponsors = ({ contacts }: Facts) =>
  contacts.filter(({ values: { side, status, sponsor } }) => sponsor === true && side !== 'us' && status !== 'left');

/** Which side has nobody at the top who answers for the partnership, as far as the team keeps that. */
function missingSponsors(facts: Facts): readonly ('us' | 'them')[] {
  const unclear = facts.contacts.some((row) => !isKnown(row, 'sponsor', 'side', 'status'));
  const isAsked = facts.mapped('contacts', 'sponsor') && !unclear;
  const ours = emptyFields(facts.partnership, ['sponsor'], facts).length > 0;
  const theirs = isAsked && theirSponsors(facts).length === 0;
  return [...(ours ? (['us'] as const) : []), ...(theirs ? (['them'] as const) : [])];
}

export const sponsorMissing = defineRule({
  code: 'sponsor-missing',
  family: 'relationship',
  guide: '6-4',
  severities: ['low', 'info'],
  thresholds: [],
  requires: [['partnerships.sponsor', 'contacts.sponsor']],
  reads: [
    'partnerships.sponsor',
    'partnerships.tier',
    'contacts.sponsor',
    'contacts.side',
    'contacts.status',
    ...ACTIVE_READS,
  ],
  check: (facts) => {
    const missing = isActive(facts) ? missingSponsors(facts) : [];
    if (missing.length === 0) return [];
    const params = { missing: missing.join(',') };
    return [{ severity: gapSeverity(facts), entity: 'partnerships', row: refOf(facts.partnership), params }];
  },
});

export const sponsorSilent = defineRule({
  code: 'sponsor-silent',
  family: 'relationship',
  guide: '6-4',
  severities: ['low', 'info'],
  thresholds: ['rules.sponsorSilence'],
  requires: ['contacts.sponsor', 'contacts.lastContact'],
  reads: [
    'contacts.sponsor',
    'contacts.side',
    'contacts.status',
    'contacts.lastContact',
    'partnerships.tier',
    ...ENDED_READS,
  ],
  check: (facts) => {
    if (isEnded(facts)) return [];
    const allowed = facts.policy.rules.sponsorSilence[tierOf(facts)];
    return theirSponsors(facts).flatMap((row) => {
      const { lastContact } = row.values;
      if (lastContact === undefined || daysBetween(lastContact, facts.asOf) <= allowed) return [];
      const params = { contact: row.title, date: lastContact };
      return [{ severity: gapSeverity(facts), entity: 'contacts' as const, row: refOf(row), params }];
    });
  },
});
