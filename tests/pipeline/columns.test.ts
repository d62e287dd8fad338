import { describe, expect, it } from 'vitest';
import type { ManagedMapping } from '../../src/domain/mapping.js';
import type { PropertySchema } from '../../src/domain/source.js';
import { fallsBack, intoColumn, saysNothing, type Value } from '../../src/pipeline/columns.js';

const column = (given: Partial<PropertySchema>): PropertySchema => ({
  id: 'c',
  name: 'C',
  type: 'any',
  writable: true,
  ...given,
});
const mapping = (values?: ManagedMapping['values']): ManagedMapping => ({
  property: 'C',
  createOptions: false,
  ...(values === undefined ? {} : { values }),
});
const status = (canonical: string): Extract<Value, { kind: 'canonical' }> => ({
  kind: 'canonical',
  vocabulary: 'partnershipStatus',
  canonical,
  word: `word for ${canonical}`,
});

describe('a value in a column', () => {
  const options = ['순조', '주의', '위험'];
  it.each<[string, Value, PropertySchema, ManagedMapping, ReturnType<typeof intoColumn>]>([
    [
      "takes the team's own label first",
      status('on-track'),
      column({ options }),
      mapping({ 순조: ['on-track'] }),
      { desired: { kind: 'label', label: '순조' }, missing: [] },
    ],
    [
      'takes a known label of the column',
      status('watch'),
      column({ options }),
      mapping(),
      { desired: { kind: 'label', label: '주의' }, missing: [] },
    ],
    [
      'takes our word in a text column',
      status('watch'),
      column({}),
      mapping(),
      { desired: { kind: 'label', label: 'word for watch' }, missing: [] },
    ],
    [
      'empties the cell where no option stands for it',
      status('insufficient-data'),
      column({ options }),
      mapping(),
      { desired: { kind: 'empty' }, missing: ['word for insufficient-data'] },
    ],
    [
      'shows a score as points',
      { kind: 'score', score: 87 },
      column({}),
      mapping(),
      { desired: { kind: 'number', number: 87, text: '87' }, missing: [] },
    ],
    [
      'shows a score as a share in a percent column',
      { kind: 'score', score: 87 },
      column({ percent: true }),
      mapping(),
      { desired: { kind: 'share', share: 0.87, text: '87%' }, missing: [] },
    ],
    [
      'writes the flags a multi-select knows and tells the others',
      { kind: 'plain', desired: { kind: 'labels', labels: ['Late', 'Silent'] } },
      column({ options: ['late'] }),
      mapping(),
      { desired: { kind: 'labels', labels: ['Late'] }, missing: ['Silent'] },
    ],
  ])('%s', (_name, value, property, mapped, expected) => {
    expect(intoColumn(value, property, mapped)).toEqual(expected);
  });
});

describe('a status column that cannot be empty', () => {
  const notion = column({ options: ['순조', '주의', '위험'], defaultOption: '순조' });
  it('would show a partnership without data as healthy, so nothing is written', () => {
    expect(fallsBack(status('insufficient-data'), notion, mapping())).toBe(true);
    expect(fallsBack(status('insufficient-data'), column({ defaultOption: 'Not started' }), mapping())).toBe(false);
  });

  it('says nothing of ours while it shows the option a new row starts with', () => {
    expect(saysNothing({ kind: 'labels', labels: ['순조'] }, notion, mapping())).toBe(true);
    expect(saysNothing({ kind: 'labels', labels: ['위험'] }, notion, mapping())).toBe(false);
    expect(saysNothing({ kind: 'labels', labels: ['Not started'] }, column({}), mapping())).toBe(true);
  });
});
