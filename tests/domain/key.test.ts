import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hashText, parseKey, reminderKey, subjectOf } from '../../src/domain/key.js';

const identity = {
  workspace: 'hanbit-alliance',
  rule: 'review-due',
  occurrence: '2026-11-30',
  subject: subjectOf('rec1'),
};

describe('the key of a reminder', () => {
  it('has the written form other releases must keep producing', () => {
    const subject = subjectOf('2f1c0d9e-8b7a-4c6d-9e5f-0a1b2c3d4e5f');
    expect(reminderKey({ ...identity, subject })).toBe(`td1.hanbit-alliance.review-due.2026-11-30.${subject}`);
    expect(hashText('partnership')).toBe('8ct73936r258h');
  });

  it('is read back into its parts', () => {
    expect(parseKey(reminderKey(identity))).toEqual(identity);
  });

  it('is at most 100 characters for the longest workspace', () => {
    expect(
      reminderKey({ ...identity, workspace: 'w'.repeat(32), rule: 'milestone-overdue' }).length,
    ).toBeLessThanOrEqual(100);
  });

  it('does not tell an id with hyphens from the same id without', () => {
    expect(subjectOf('2f1c0d9e-8b7a-4c6d-9e5f-0a1b2c3d4e5f')).toBe(subjectOf('2f1c0d9e8b7a4c6d9e5f0a1b2c3d4e5f'));
  });

  it.each(['', 'td2.a.b.c.d', 'td1.a.b.c', 'TD1.a.b.c.d', 'buy milk', 'td1.a.b.c d.e'])(
    '%j is no key of ours',
    (text) => {
      expect(parseKey(text)).toBeUndefined();
    },
  );

  it('hashes composed and decomposed Korean alike, and different texts apart', () => {
    expect(hashText('한빛'.normalize('NFD'))).toBe(hashText('한빛'));
    fc.assert(
      fc.property(fc.string(), fc.string(), (left, right) => {
        fc.pre(left.normalize('NFC') !== right.normalize('NFC'));
        expect(hashText(left)).not.toBe(hashText(right));
      }),
    );
  });
});
