import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { suggest } from '../../src/config/suggest.js';

describe('did you mean', () => {
  it.each([
    ['databse', ['database', 'date'], 'database'],
    ['nmae', ['name', 'owner'], 'name'],
    ['TIMEZONE', ['timezone'], 'timezone'],
    ['statuss', ['stage', 'status'], 'status'],
    ['노선', ['노션', '에어테이블'], '노션'],
    ['너선', ['노션', '에어테이블'], '노션'],
    ['탐', ['팀'], '팀'],
    ['에어태이불', ['노션', '에어테이블'], '에어테이블'],
    ['에어테이블'.normalize('NFD'), ['에어테이블'], '에어테이블'],
  ])('%s, of %j: %s', (written, candidates, expected) => {
    expect(suggest(written, candidates)).toBe(expected);
  });

  it.each([
    ['three edits', 'dtbse', ['database']],
    ['another short word', 'due', ['end']],
    ['one letter for another', 'a', ['b']],
    ['another Korean word', '회의', ['노션']],
    ['nothing to choose from', 'name', []],
  ])('says nothing: %s', (_, written, candidates) => {
    expect(suggest(written, candidates)).toBeUndefined();
  });

  it('finds every word with one letter dropped, and only ever what was offered', () => {
    const words = ['partnerships', 'measurements', 'milestones', 'interactions', '계약만료일'];
    fc.assert(
      fc.property(fc.constantFrom(...words), fc.nat(), (word, at) => {
        const index = at % word.length;
        expect(suggest(word.slice(0, index) + word.slice(index + 1), words)).toBe(word);
      }),
    );
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (written) => {
        expect([...words, undefined]).toContain(suggest(written, words));
      }),
    );
  });
});
