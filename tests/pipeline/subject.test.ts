import { describe, expect, it } from 'vitest';
import { findSubject } from '../../src/pipeline/subject.js';
import { aPartnership, aSnapshot, ofP } from '../support/rows.js';

const partner = (title: string, id: string, code?: string) =>
  aPartnership(code === undefined ? {} : { code }, { id, title });

const SNAPSHOT = aSnapshot({
  partnerships: [
    partner('한빛솔루션', '1a2b3c4d-0000-4000-8000-000000000001', 'HB-01'),
    partner('Beacon & Sons', 'p2'),
    partner('Dunecrest Data', 'p3'),
    partner('Dunecrest Data', 'p4'),
    partner('🚀', 'p5'),
  ],
  kpis: [
    ofP('kpis', {}, { id: 'k1', title: '한빛솔루션 공동 매출' }),
    ofP('kpis', {}, { id: 'k2', title: 'Joint revenue' }),
    ofP('kpis', {}, { id: 'k3', title: 'Joint leads' }),
  ],
});

describe('the row a person means', () => {
  it.each<[string, string, string]>([
    ['the name', '한빛솔루션', '한빛솔루션'],
    ['the name as macOS writes it', '한빛솔루션'.normalize('NFD'), '한빛솔루션'],
    ['a name typed in haste', ' beacon&  sons ', 'Beacon & Sons'],
    ['a code', 'hb01', '한빛솔루션'],
    ['an id', '1a2b3c4d-0000-4000-8000-000000000001', '한빛솔루션'],
    ['an id as a link writes it', '1a2b3c4d000040008000000000000001', '한빛솔루션'],
    ['an id of two with one name', 'p4', 'Dunecrest Data'],
    ['a KPI', 'joint revenue', 'Joint revenue'],
    ['the beginning of a name, of a partnership before its KPIs', '한빛', '한빛솔루션'],
    ['a part of a name', 'sons', 'Beacon & Sons'],
    ['a part of the name of a KPI', '공동 매출', '한빛솔루션 공동 매출'],
    ['a name of nothing but a picture', '🚀', '🚀'],
  ])('%s', (_scenario, wanted, title) => {
    expect(findSubject(SNAPSHOT, wanted).title).toBe(title);
  });

  it.each<[string, string, RegExp]>([
    [
      'two of one name',
      'Dunecrest Data',
      /"Dunecrest Data" may mean 2 rows:\n {2}Dunecrest Data {2}\(partnership, p3\)\n/,
    ],
    ['a beginning of two KPIs', 'joint', /may mean 2 rows:\n {2}Joint revenue {2}\(KPI, k2\)\n {2}Joint leads/],
  ])('%s', (_scenario, wanted, message) => {
    expect(() => findSubject(SNAPSHOT, wanted)).toThrow(
      expect.objectContaining({ code: 'subject-ambiguous', message: expect.stringMatching(message) }),
    );
  });

  it.each<[string, string, string]>([
    [
      'a slip of the pen',
      'Beakon & Sons',
      'No partnership and no KPI is called "Beakon & Sons". Did you mean:\n  Beacon & Sons  (partnership, p2)',
    ],
    ['nothing like it', 'Zephyr', 'No partnership and no KPI is called "Zephyr".'],
    ['nothing', '', 'No partnership and no KPI is called "".'],
  ])('%s', (_scenario, wanted, message) => {
    expect(() => findSubject(SNAPSHOT, wanted)).toThrow(
      expect.objectContaining({ code: 'subject-not-found', message }),
    );
  });
});
