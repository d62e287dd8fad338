import { describe, expect, it } from 'vitest';
import { addDays } from '../../src/domain/calendar.js';
import type { Person, Values } from '../../src/domain/entities.js';
import { completePerson, isSamePerson } from '../../src/domain/people.js';
import type { FindingCode } from '../../src/domain/rules/index.js';
import { found, type Rows, severities } from '../support/findings.js';
import { aPartnership, OPTIONS, ofP, TODAY } from '../support/rows.js';

const ago = (days: number) => addDays(TODAY, -days);
const ahead = (days: number) => addDays(TODAY, days);
const p = (values: Values<'partnerships'>): Rows => ({ partnerships: [aPartnership(values)] });
const STRATEGIC = p({ tier: 'strategic' });
const seo: Person = { name: '김서연' };
const park: Person = { name: '박지우' };

describe('who decides', () => {
  const asked: Values<'decisions'> = { status: 'pending', requestedOn: TODAY };
  const taken: Values<'decisions'> = { status: 'approved', decidedOn: ago(5) };
  it.each<[string, FindingCode, Values<'decisions'>, string[]]>([
    ['nobody', 'decision-without-approver', asked, ['low']],
    ['somebody', 'decision-without-approver', { ...asked, approver: [seo] }, []],
    ['already taken', 'decision-without-approver', taken, []],
    ['who asked', 'self-approval', { ...taken, requestedBy: [seo], approver: [seo] }, ['medium']],
    ['who asked, still to be taken', 'self-approval', { ...asked, requestedBy: [seo], approver: [seo] }, ['low']],
    ['who asked and another', 'self-approval', { ...taken, requestedBy: [seo], approver: [seo, park] }, []],
    ['another', 'self-approval', { ...taken, requestedBy: [seo], approver: [park] }, []],
    ['90 days ago', 'self-approval', { ...taken, requestedBy: [seo], approver: [seo], decidedOn: ago(90) }, ['medium']],
    ['91 days ago', 'self-approval', { ...taken, requestedBy: [seo], approver: [seo], decidedOn: ago(91) }, []],
    ['nobody asked', 'self-approval', taken, []],
    ['to be seen again today', 'decision-review-overdue', { ...taken, reviewBy: TODAY }, []],
    ['to be seen again yesterday', 'decision-review-overdue', { ...taken, reviewBy: ago(1) }, ['low']],
    ['seen since', 'decision-review-overdue', { ...taken, reviewBy: ago(1), reviewedOn: ago(2) }, []],
    [
      'seen before it was taken',
      'decision-review-overdue',
      { ...taken, reviewBy: ago(1), reviewedOn: ago(6) },
      ['low'],
    ],
    ['rejected', 'decision-review-overdue', { ...taken, status: 'rejected', reviewBy: ago(1) }, []],
    ['not taken', 'decision-review-overdue', { ...asked, reviewBy: ago(1) }, []],
  ])('%s: %s', (_scenario, code, values, expected) => {
    expect(severities(found(code, { decisions: [ofP('decisions', values)] }))).toEqual(expected);
  });

  it.each<[string, Values<'decisions'>, string[]]>([
    // Two business days from Thursday 19 November end today.
    ['two days at the lawyers', { ...asked, stage: '법무', stageSince: '2026-11-19' }, []],
    ['three days at the lawyers', { ...asked, stage: '법무', stageSince: '2026-11-18' }, ['medium 2026-11-18 법무']],
    ['five days at the lawyers', { ...asked, stage: '법무', stageSince: '2026-11-16' }, ['high 2026-11-16 법무']],
    [
      'at the lawyers from the beginning',
      { ...asked, stage: '법무', requestedOn: '2026-11-18' },
      ['medium 2026-11-18 법무'],
    ],
    ['a stage without a time of its own', { ...asked, stage: '재무', stageSince: '2026-11-09' }, []],
    [
      'too long in all',
      { ...asked, requestedOn: '2026-11-06', stage: '법무', stageSince: TODAY },
      ['medium 2026-11-06 '],
    ],
    ['no stage', { ...asked, requestedOn: '2026-11-18' }, []],
  ])('in a stage: %s', (_scenario, values, expected) => {
    const policy = { ...OPTIONS.policy, rules: { ...OPTIONS.policy.rules, approvalDays: { 법무: 2 } } };
    const findings = found('decision-waiting', { decisions: [ofP('decisions', values)] }, [], { policy });
    expect(findings.map(({ severity, params }) => `${severity} ${params.date} ${params.stage ?? ''}`)).toEqual(
      expected,
    );
  });
});

describe('who does what', () => {
  const role = (values: Values<'roles'>, id = 'r1') =>
    ofP('roles', { function: '정산', ...values }, { id, title: '정산' });
  const full: Values<'roles'> = { responsible: [seo], accountable: [park], theirPerson: 'Kim' };
  it.each<[string, FindingCode, Rows, string[]]>([
    ['nobody does it', 'role-gap', { roles: [role({ ...full, responsible: [] })] }, ['low']],
    ['no counterpart', 'role-gap', { roles: [role({ ...full, theirPerson: undefined as never })] }, ['info']],
    ['all is said', 'role-gap', { roles: [role(full)] }, []],
    ['in exit', 'role-gap', { ...p({ stage: 'exit' }), roles: [role({})] }, []],
    ['one answers for it', 'role-overlap', { roles: [role(full), role(full, 'r2')] }, []],
    ['two in one row', 'role-overlap', { roles: [role({ accountable: [seo, park] })] }, ['medium']],
    [
      'two rows',
      'role-overlap',
      { roles: [role({ accountable: [seo] }), role({ accountable: [park] }, 'r2')] },
      ['medium'],
    ],
    [
      'another function',
      'role-overlap',
      { roles: [role({ accountable: [seo] }), role({ accountable: [park], function: '영업' }, 'r2')] },
      [],
    ],
    [
      'another spelling',
      'role-overlap',
      { roles: [role({ accountable: [seo] }), role({ accountable: [park], function: ' 정산 ' }, 'r2')] },
      ['medium'],
    ],
    ['to be seen again today', 'role-stale', { roles: [role({ reviewBy: TODAY })] }, []],
    ['to be seen again yesterday', 'role-stale', { roles: [role({ reviewBy: ago(1) })] }, ['low']],
    ['none written down', 'roles-missing', { roles: [] }, ['info']],
    ['none, strategic', 'roles-missing', { ...STRATEGIC, roles: [] }, ['low']],
    ['none, not begun', 'roles-missing', { ...p({ start: ahead(1) }), roles: [] }, []],
    ['one written down', 'roles-missing', { roles: [role({})] }, []],
  ])('%s: %s', (_scenario, code, rows, expected) => {
    expect(severities(found(code, rows))).toEqual(expected);
  });

  it('names what is missing, of what the team keeps', () => {
    const rows: Rows = { roles: [role({ accountable: [seo] })] };
    expect(found('role-gap', rows)[0]?.params).toEqual({ role: '정산', missing: 'responsible,theirPerson' });
    expect(found('role-gap', rows, ['roles.theirPerson'])[0]?.params.missing).toBe('responsible');
    expect(found('role-gap', rows, ['roles.theirPerson', 'roles.responsible'])).toEqual([]);
  });
});

describe('owner-left', () => {
  const gone: Person = { name: '최하늘', left: true };
  const contact = (values: Values<'contacts'>) => ofP('contacts', { side: 'us', name: '박지우', ...values });
  const tell = (rows: Rows) =>
    found('owner-left', rows).map(
      ({ severity, entity, params }) => `${severity} ${entity} ${params.person} ${params.count}`,
    );
  it.each<[string, Rows, string[]]>([
    ['nobody has left', {}, []],
    ['the owner', p({ owner: [gone] }), ['medium partnerships 최하늘 1']],
    ['the backup', p({ backupOwner: [gone] }), ['medium partnerships 최하늘 1']],
    [
      'a contact of ours',
      { ...p({ owner: [park] }), contacts: [contact({ status: 'left' })] },
      ['medium partnerships 박지우 1'],
    ],
    ['who is back', { ...p({ owner: [park] }), contacts: [contact({ status: 'left' }), contact({})] }, []],
    ['a namesake of theirs', { ...p({ owner: [park] }), contacts: [contact({ status: 'left', side: 'them' })] }, []],
    [
      'an open risk and a milestone',
      { risks: [ofP('risks', { owner: [gone] })], milestones: [ofP('milestones', { owner: [gone] })] },
      ['low milestones 최하늘 2'],
    ],
    [
      'what is over is nobody’s',
      {
        risks: [ofP('risks', { owner: [gone], status: 'closed' })],
        milestones: [ofP('milestones', { owner: [gone], doneOn: ago(1) })],
        actions: [ofP('actions', { owner: [gone], status: 'done' })],
        issues: [ofP('issues', { owner: [gone], resolvedOn: ago(1) })],
        kpis: [ofP('kpis', { owner: [gone], status: 'done' })],
      },
      [],
    ],
    [
      'two people',
      {
        ...p({ owner: [gone] }),
        contacts: [contact({ status: 'left' })],
        actions: [ofP('actions', { owner: [park] })],
      },
      ['medium partnerships 최하늘 1', 'low actions 박지우 1'],
    ],
    ['in exit', p({ owner: [gone], stage: 'exit' }), []],
  ])('%s', (_scenario, rows, expected) => {
    expect(tell(rows)).toEqual(expected);
  });

  it('shows every row that is still theirs', () => {
    const rows: Rows = { ...p({ owner: [gone] }), risks: [ofP('risks', { owner: [gone] })] };
    expect(found('owner-left', rows)[0]?.evidence?.map(({ id }) => id)).toEqual(['risks']);
  });

  it('knows from the configuration who has left', () => {
    const known = [{ name: '최하늘', email: 'sky@example.com', left: true, aliases: [], ids: {} }];
    expect(completePerson(known, { email: 'sky@example.com' })).toMatchObject({ left: true });
    expect(
      completePerson([{ ...known[0], name: '최하늘', left: false, aliases: [], ids: {} }], { name: '최하늘' }),
    ).not.toHaveProperty('left');
  });

  it.each<[Person, Person, boolean]>([
    [{ id: '1' }, { id: '1' }, true],
    [{ id: '1', name: 'A' }, { id: '2', name: 'B' }, false],
    [{ email: 'A@x.com' }, { email: 'a@x.com' }, true],
    [{ name: ' 김서연' }, { name: '김서연' }, true],
    [{}, {}, false],
  ])('%j and %j are one person: %s', (left, right, expected) => {
    expect(isSamePerson(left, right)).toBe(expected);
  });
});

describe('who stands in and who sponsors', () => {
  const theirs = (values: Values<'contacts'>) => ofP('contacts', { side: 'them', ...values });
  it.each<[string, FindingCode, Rows, string[]]>([
    ['no backup', 'backup-missing', p({ backupOwner: [] }), ['info']],
    ['no backup, strategic', 'backup-missing', p({ tier: 'strategic', backupOwner: [] }), ['low']],
    ['a backup', 'backup-missing', {}, []],
    ['still being chosen', 'backup-missing', p({ stage: 'selection', backupOwner: [] }), []],
    ['neither', 'sponsor-missing', { ...p({ sponsor: [] }), contacts: [theirs({})] }, ['info us,them']],
    ['ours only', 'sponsor-missing', { contacts: [theirs({})] }, ['info them']],
    ['theirs only', 'sponsor-missing', { ...p({ sponsor: [] }), contacts: [theirs({ sponsor: true })] }, ['info us']],
    ['theirs has left', 'sponsor-missing', { contacts: [theirs({ sponsor: true, status: 'left' })] }, ['info them']],
    ['both', 'sponsor-missing', { contacts: [theirs({ sponsor: true })] }, []],
    ['heard of 180 days ago', 'sponsor-silent', { contacts: [theirs({ sponsor: true, lastContact: ago(180) })] }, []],
    [
      'heard of 181 days ago',
      'sponsor-silent',
      { contacts: [theirs({ sponsor: true, lastContact: ago(181) })] },
      ['info'],
    ],
    [
      'strategic',
      'sponsor-silent',
      { ...STRATEGIC, contacts: [theirs({ sponsor: true, lastContact: ago(91) })] },
      ['low'],
    ],
    ['no sponsor', 'sponsor-silent', { contacts: [theirs({ lastContact: ago(400) })] }, []],
    ['never heard of', 'sponsor-silent', { contacts: [theirs({ sponsor: true })] }, []],
  ])('%s: %s', (_scenario, code, rows, expected) => {
    const findings = found(code, rows);
    expect(findings.map(({ severity, params }) => [severity, params.missing ?? []].flat().join(' '))).toEqual(expected);
  });

  it('asks for their sponsor only where the contacts tell it', () => {
    const rows: Rows = { contacts: [theirs({})] };
    expect(found('sponsor-missing', rows, ['contacts.sponsor'])).toEqual([]);
    const broken: Rows = { ...rows, contacts: [ofP('contacts', {}, { unreadable: ['sponsor'] })] };
    expect(found('sponsor-missing', broken)).toEqual([]);
  });
});
