/** What Notion's values mean to Tandem, and what a column will hold after a write. No calls. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalise } from '../../src/connectors/notion/canonicalise.js';
import { decode, encode } from '../../src/connectors/notion/codec.js';
import { fitText, splitText } from '../../src/connectors/notion/text.js';
import { type Cell, type Desired, EMPTY, sameCell } from '../../src/domain/cells.js';
import type { PropertySchema } from '../../src/ports.js';

const rich = (...parts: string[]) => parts.map((plain_text) => ({ type: 'text', plain_text, href: null }));
const user = {
  object: 'user',
  id: 'u1',
  name: '김서연'.normalize('NFD'),
  type: 'person',
  person: { email: 'a@example.com' },
};
const text = (value: string): Cell => ({ kind: 'text', text: value });

const DECODED: readonly (readonly [name: string, value: Record<string, unknown> & { type: string }, cell: Cell])[] = [
  ['title in parts', { type: 'title', title: rich('한빛', ' 물산') }, text('한빛 물산')],
  ['empty rich text', { type: 'rich_text', rich_text: [] }, EMPTY],
  ['zero is a number', { type: 'number', number: 0 }, { kind: 'number', number: 0 }],
  ['no number is empty', { type: 'number', number: null }, EMPTY],
  ['select', { type: 'select', select: { id: 'x', name: '위험', color: 'red' } }, { kind: 'labels', labels: ['위험'] }],
  ['status', { type: 'status', status: { id: 'x', name: 'Done' } }, { kind: 'labels', labels: ['Done'] }],
  ['empty select', { type: 'select', select: null }, EMPTY],
  [
    'multi select',
    { type: 'multi_select', multi_select: [{ name: 'a' }, { name: 'b' }] },
    { kind: 'labels', labels: ['a', 'b'] },
  ],
  [
    'day',
    { type: 'date', date: { start: '2026-03-02', end: null, time_zone: null } },
    { kind: 'date', start: '2026-03-02' },
  ],
  [
    'range of instants, as given',
    { type: 'date', date: { start: '2026-03-02T09:00:00.000+09:00', end: '2026-03-02T10:00:00.000+09:00' } },
    { kind: 'date', start: '2026-03-02T09:00:00.000+09:00', end: '2026-03-02T10:00:00.000+09:00' },
  ],
  [
    'person',
    { type: 'people', people: [user] },
    { kind: 'people', people: [{ id: 'u1', name: '김서연', email: 'a@example.com' }] },
  ],
  [
    'person without capability',
    { type: 'people', people: [{ object: 'user', id: 'u1' }] },
    { kind: 'people', people: [{ id: 'u1' }] },
  ],
  ['relation', { type: 'relation', relation: [{ id: 'p1' }], has_more: false }, { kind: 'links', ids: ['p1'] }],
  ['checkbox', { type: 'checkbox', checkbox: false }, { kind: 'flag', flag: false }],
  ['url', { type: 'url', url: 'https://example.com' }, text('https://example.com')],
  ['no phone', { type: 'phone_number', phone_number: null }, EMPTY],
  [
    'files by name',
    { type: 'files', files: [{ name: 'nda.pdf', type: 'external', external: { url: 'x' } }] },
    { kind: 'list', items: [text('nda.pdf')] },
  ],
  ['unique id', { type: 'unique_id', unique_id: { prefix: 'PRE', number: 12 } }, text('PRE-12')],
  ['unique id without prefix', { type: 'unique_id', unique_id: { prefix: null, number: 12 } }, text('12')],
  [
    'created time',
    { type: 'created_time', created_time: '2026-03-02T00:00:00.000Z' },
    { kind: 'date', start: '2026-03-02T00:00:00.000Z' },
  ],
  [
    'created by',
    { type: 'created_by', created_by: { object: 'user', id: 'u1' } },
    { kind: 'people', people: [{ id: 'u1' }] },
  ],
  ['button', { type: 'button', button: {} }, EMPTY],
  ['place', { type: 'place', place: { lat: 1, lon: 2, name: 'Seoul' } }, text('Seoul')],
  [
    'verification',
    { type: 'verification', verification: { state: 'verified', date: null, verified_by: null } },
    text('verified'),
  ],
  ['formula: number', { type: 'formula', formula: { type: 'number', number: 0.5 } }, { kind: 'number', number: 0.5 }],
  ['formula: empty text', { type: 'formula', formula: { type: 'string', string: null } }, EMPTY],
  ['formula: boolean', { type: 'formula', formula: { type: 'boolean', boolean: true } }, { kind: 'flag', flag: true }],
  [
    'formula: date',
    { type: 'formula', formula: { type: 'date', date: { start: '2026-01-01', end: null } } },
    { kind: 'date', start: '2026-01-01' },
  ],
  [
    'formula: unsupported',
    { type: 'formula', formula: { type: 'unsupported', unsupported: {} } },
    { kind: 'unknown', reason: 'unsupported result' },
  ],
  [
    'rollup: number',
    { type: 'rollup', rollup: { type: 'number', number: 3, function: 'sum' } },
    { kind: 'number', number: 3 },
  ],
  [
    'rollup: incomplete',
    { type: 'rollup', rollup: { type: 'incomplete', incomplete: {}, function: 'sum' } },
    { kind: 'unknown', reason: 'incomplete result' },
  ],
  [
    'rollup: list of values',
    {
      type: 'rollup',
      rollup: {
        type: 'array',
        array: [
          { type: 'number', number: 1 },
          { type: 'title', title: rich('A') },
        ],
        function: 'show_original',
      },
    },
    { kind: 'list', items: [{ kind: 'number', number: 1 }, text('A')] },
  ],
  ['a type nobody knows', { type: 'hologram', hologram: 1 }, { kind: 'unknown', reason: 'the type hologram' }],
  ['a type named like a method', { type: 'toString' }, { kind: 'unknown', reason: 'the type toString' }],
  ['a number that is a text', { type: 'number', number: '12' }, { kind: 'unknown', reason: 'unreadable number' }],
];

test.each(DECODED)('reads %s', (_name, value, cell) => {
  expect(decode(value)).toEqual(cell);
});

const column = (type: string, over: Partial<PropertySchema> = {}): PropertySchema => ({
  id: 'x',
  name: 'Column',
  type,
  writable: true,
  ...over,
});
const status = column('status', { options: ['시작 전', '진행 중', 'At risk'], defaultOption: '시작 전' });
const select = column('select', { options: ['순조', '🔴 At Risk'] });
const multi = column('multi_select', { options: ['late', 'silent'] });
const labels = (...list: string[]): Cell => ({ kind: 'labels', labels: list });
const label = (value: string): Desired => ({ kind: 'label', label: value });
const links = (count: number): Desired => ({
  kind: 'links',
  ids: Array.from({ length: count }, (_, n) => `p${n}`),
  text: 'A, B',
});
const day: Desired = { kind: 'date', day: '2026-12-31' };
const person = { id: 'u1', name: '김서연' };

const HELD: readonly (readonly [name: string, property: PropertySchema, desired: Desired, cell: Cell])[] = [
  [
    'a share in a percent column',
    column('number', { percent: true }),
    { kind: 'share', share: 0.62345678, text: '62 %' },
    { kind: 'number', number: 0.6235 },
  ],
  [
    'a share in a plain column',
    column('number'),
    { kind: 'share', share: 1.2, text: '120 %' },
    { kind: 'number', number: 1.2 },
  ],
  ['a share in text', column('rich_text'), { kind: 'share', share: 0.62, text: '62 %' }, text('62 %')],
  ['minus zero', column('number'), { kind: 'number', number: -0, text: '0' }, { kind: 'number', number: 0 }],
  ['a day', column('date'), day, { kind: 'date', start: '2026-12-31' }],
  ['a day in text', column('rich_text'), day, text('2026-12-31')],
  ['an option in NFD', select, label('순조'.normalize('NFD')), labels('순조')],
  ['an option that differs in form', select, label('at-risk'), labels('🔴 At Risk')],
  ['a status', status, label('At risk'), labels('At risk')],
  ['nothing in a status', status, { kind: 'empty' }, labels('시작 전')],
  ['nothing in a select', select, { kind: 'empty' }, EMPTY],
  ['labels', multi, { kind: 'labels', labels: ['silent', 'late', 'silent'] }, labels('silent', 'late')],
  ['labels of which one is missing', multi, { kind: 'labels', labels: ['late', 'gone'] }, labels('late')],
  ['no labels', multi, { kind: 'labels', labels: [] }, EMPTY],
  ['labels in text', column('rich_text'), { kind: 'labels', labels: ['a', 'b'] }, text('a · b')],
  [
    'a person',
    column('people'),
    { kind: 'people', people: [person, { name: 'no id' }] },
    { kind: 'people', people: [person] },
  ],
  [
    'people in text',
    column('rich_text'),
    { kind: 'people', people: [person, { email: 'b@example.com' }] },
    text('김서연, b@example.com'),
  ],
  ['links in text', column('rich_text'), links(2), text('A, B')],
  [
    'control characters',
    column('title'),
    { kind: 'text', text: 'a\u0000b\r\nc\u001b[31m\ud800d\te' },
    text('ab\nc[31md\te'),
  ],
  ['text in NFD', column('title'), { kind: 'text', text: '한빛'.normalize('NFD') }, text('한빛')],
  ['a blank text', column('rich_text'), { kind: 'text', text: '\u0007' }, EMPTY],
];

test.each(HELD)('holds %s', (_name, property, desired, cell) => {
  expect(canonicalise(property, desired, { createOptions: false })).toEqual({ kind: 'cell', cell });
});

test('a relation takes a hundred links', () => {
  const held = canonicalise(column('relation'), links(130), { createOptions: false });
  expect(held.kind === 'cell' && held.cell.kind === 'links' && held.cell.ids.length).toBe(100);
});

const REFUSED: readonly (readonly [string, PropertySchema, Desired, boolean, string])[] = [
  ['a computed column', column('formula', { writable: false }), label('x'), true, 'read-only'],
  ['a checkbox', column('checkbox'), { kind: 'empty' }, true, 'wrong-type'],
  ['text in a number column', column('number'), { kind: 'text', text: '1' }, true, 'wrong-type'],
  ['a number that is none', column('number'), { kind: 'number', number: Number.NaN, text: '' }, true, 'wrong-type'],
  [
    'a share without end',
    column('number'),
    { kind: 'share', share: Number.POSITIVE_INFINITY, text: '' },
    true,
    'wrong-type',
  ],
  ['two labels in a select', select, { kind: 'labels', labels: ['순조', '위험'] }, true, 'wrong-type'],
  ['an assignee without id', column('people'), { kind: 'people', people: [{ name: 'A' }] }, true, 'wrong-type'],
  ['an unknown option', select, label('위험'), false, 'no-such-option'],
  ['an unknown status, even where options may be made', status, label('위험'), true, 'no-such-option'],
  ['a new option with a comma', select, label('a, b'), true, 'no-such-option'],
  [
    'an option two others resemble',
    column('select', { options: ['A B', 'a-b'] }),
    label('AB'),
    false,
    'no-such-option',
  ],
  ['emptying a status without options', column('status', { options: [] }), { kind: 'empty' }, true, 'no-such-option'],
  ['a type nobody knows', column('hologram'), label('x'), true, 'wrong-type'],
];

test.each(REFUSED)('refuses %s', (_name, property, desired, createOptions, code) => {
  expect(canonicalise(property, desired, { createOptions })).toMatchObject({ kind: 'refused', code });
});

test('an option may be made where the mapping allows it', () => {
  expect(canonicalise(select, label(' 새 상태 '), { createOptions: true })).toEqual({
    kind: 'cell',
    cell: labels('새 상태'),
  });
});

describe('long text', () => {
  const family = '👨‍👩‍👧‍👦';

  test.each([
    ['1,999', 1_999, [1_999]],
    ['2,000', 2_000, [2_000]],
    ['2,001', 2_001, [2_000, 1]],
    ['25,000', 25_000, [...Array(12).fill(2_000), 1_000]],
  ])('%s characters', (_name, length, lengths) => {
    expect(splitText('가'.repeat(length)).map((item) => item.length)).toEqual(lengths);
  });

  test('a family at the seam stays together', () => {
    const [first, second] = splitText(`${'a'.repeat(1_995)}${family}b`);
    expect(first).toBe('a'.repeat(1_995));
    expect(second).toBe(`${family}b`);
  });

  test('a letter under more marks than an item holds is split between code points', () => {
    const items = splitText(`a${'\u{1E94A}'.repeat(1_500)}`);
    expect(items.join('')).toBe(`a${'\u{1E94A}'.repeat(1_500)}`);
    for (const item of items) expect(item).not.toMatch(/\p{Cs}/u);
  });

  test('what does not fit into a hundred items is cut between characters a reader sees', () => {
    const fitted = fitText(family.repeat(20_000));
    expect(splitText(fitted)).toHaveLength(100);
    expect(fitted.length).toBeLessThanOrEqual(200_000);
    expect(fitted).toBe(family.repeat(fitted.length / family.length));
  });

  test('law: items are short, join to the text, cut no pair, and fitting twice is fitting once', () => {
    const piece = fc.constantFrom('가', 'a', family, '🇰🇷', 'e\u0301', '\n', '\u0000', '\ud83d', '각'.normalize('NFD'));
    const long = fc.array(fc.tuple(piece, fc.integer({ min: 1, max: 900 })), { maxLength: 12 });
    fc.assert(
      fc.property(long, (runs) => {
        const fitted = fitText(runs.map(([unit, times]) => unit.repeat(times)).join(''));
        const items = splitText(fitted);
        expect(fitText(fitted)).toBe(fitted);
        expect(items.join('')).toBe(fitted);
        for (const item of items) {
          expect(item.length).toBeLessThanOrEqual(2_000);
          expect(item).not.toMatch(/\p{Cs}/u);
        }
      }),
      { numRuns: 60 },
    );
  });
});

test.each([
  [text('a'), column('title'), { title: [{ text: { content: 'a' } }] }],
  [EMPTY, column('rich_text'), { rich_text: [] }],
  [EMPTY, column('number'), { number: null }],
  [EMPTY, column('select'), { select: null }],
  [labels('a', 'b'), column('multi_select'), { multi_select: [{ name: 'a' }, { name: 'b' }] }],
  [
    { kind: 'date', start: '2026-01-01', end: '2026-02-01' } as const,
    column('date'),
    { date: { start: '2026-01-01', end: '2026-02-01' } },
  ],
  [{ kind: 'people', people: [person] } as const, column('people'), { people: [{ id: 'u1' }] }],
  [EMPTY, column('relation'), { relation: [] }],
  [EMPTY, column('url'), { url: null }],
  [{ kind: 'flag', flag: true } as const, column('checkbox'), { checkbox: true }],
])('writes %j to a column', (cell, property, wire) => {
  expect(encode(cell, property)).toEqual(wire);
});

test('a column that cannot be written and a cell a column cannot hold are never encoded', () => {
  expect(() => encode(text('a'), column('formula', { writable: false }))).toThrow(/cannot be written/);
  expect(() => encode(text('a'), column('number'))).toThrow(/cannot be written/);
});

test('law: what is canonical for a text column reads back as the same cell', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 5_000 }), (value) => {
      const held = canonicalise(column('rich_text'), { kind: 'text', text: value }, { createOptions: false });
      if (held.kind !== 'cell') throw new Error('text is never refused');
      const wire = encode(held.cell, column('rich_text'));
      const items = 'rich_text' in wire ? wire.rich_text : [];
      const stored = items.map((item) => ({ plain_text: 'text' in item ? item.text.content : '' }));
      expect(sameCell(decode({ type: 'rich_text', rich_text: stored }), held.cell)).toBe(true);
    }),
    { numRuns: 200 },
  );
});
