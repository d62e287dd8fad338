import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalise } from '../../src/connectors/airtable/canonicalise.js';
import { decodeCell, encodeCell } from '../../src/connectors/airtable/codec.js';
import { quoteText, textFormula } from '../../src/connectors/airtable/read.js';
import { describeField } from '../../src/connectors/airtable/schema.js';
import type { Cell, Desired } from '../../src/domain/cells.js';

const column = (type: string, options?: Parameters<typeof describeField>[0]['options']) =>
  describeField({ id: 'fld00000000000000', name: '열', type, options });
const yielding = (type: string, result: string) => column(type, { result: { type: result } });

const seoyeon = { id: 'usr00000000000001', email: 'seoyeon@example.com', name: '김서연' };
const text = (value: string): Cell => ({ kind: 'text', text: value });
const number = (value: number): Cell => ({ kind: 'number', number: value });
const EMPTY: Cell = { kind: 'empty' };
const UNKNOWN = { kind: 'unknown' };

describe('decoding cells', () => {
  it.each<[string, ReturnType<typeof column>, unknown, unknown]>([
    ['an absent cell', column('number'), undefined, EMPTY],
    ['an unchecked checkbox', column('checkbox'), undefined, EMPTY],
    ['a checked checkbox', column('checkbox'), true, { kind: 'flag', flag: true }],
    ['zero', column('number'), 0, number(0)],
    ['a percent', column('percent'), 0.5, number(0.5)],
    ['money', column('currency'), 1200.5, number(1200.5)],
    ['stars', column('rating'), 4, number(4)],
    ['seconds', column('duration'), 90.5, number(90.5)],
    ['a count', column('count'), 3, number(3)],
    ['a running number', column('autoNumber'), 12, number(12)],
    ['rich text with the line end nobody wrote', column('richText'), '**굵게**\n', text('**굵게**')],
    ['an address', column('url'), 'https://example.com', text('https://example.com')],
    ['an option', column('singleSelect'), '주의', { kind: 'labels', labels: ['주의'] }],
    ['options', column('multipleSelects'), ['a', 'b'], { kind: 'labels', labels: ['a', 'b'] }],
    ['a synced source', column('externalSyncSource'), 'CRM', { kind: 'labels', labels: ['CRM'] }],
    ['links', column('multipleRecordLinks'), ['rec1', 'rec2'], { kind: 'links', ids: ['rec1', 'rec2'] }],
    ['a day', column('date'), '2026-11-23', { kind: 'date', start: '2026-11-23' }],
    ['a time', column('dateTime'), '2026-11-23T01:00:00.000Z', { kind: 'date', start: '2026-11-23T01:00:00.000Z' }],
    ['a collaborator', column('singleCollaborator'), seoyeon, { kind: 'people', people: [seoyeon] }],
    ['collaborators', column('multipleCollaborators'), [seoyeon], { kind: 'people', people: [seoyeon] }],
    ['a creator without e-mail', column('createdBy'), { id: 'usr1' }, { kind: 'people', people: [{ id: 'usr1' }] }],
    ['a barcode', column('barcode'), { text: '880', type: 'ean13' }, text('880')],
    ['a button', column('button'), { label: 'Open', url: null }, EMPTY],
    ['generated text', column('aiText'), { state: 'generated', isStale: false, value: '요약' }, text('요약')],
    ['generated text that failed', column('aiText'), { state: 'error', isStale: false, value: null }, UNKNOWN],
    ['generated text not there yet', column('aiText'), { state: 'empty', isStale: false, value: null }, EMPTY],
    ['files', column('multipleAttachments'), [{ filename: 'a.pdf' }], { kind: 'list', items: [text('a.pdf')] }],
    ['a type that came after us', column('manualSort'), 'a2', UNKNOWN],
    ['a formula of numbers', yielding('formula', 'number'), 0.62, number(0.62)],
    ['a formula that is a list of one', yielding('formula', 'number'), [0.62], number(0.62)],
    [
      'a formula that is a list',
      yielding('formula', 'number'),
      [1, 2],
      { kind: 'list', items: [number(1), number(2)] },
    ],
    ['a formula that is NaN', yielding('formula', 'number'), { specialValue: 'NaN' }, UNKNOWN],
    ['a rollup that is infinite', yielding('rollup', 'number'), { specialValue: 'Infinity' }, UNKNOWN],
    ['a formula that failed', yielding('formula', 'number'), { error: '#ERROR!' }, UNKNOWN],
    ['a formula of days', yielding('formula', 'date'), '2026-11-23', { kind: 'date', start: '2026-11-23' }],
    ['a formula that is no longer valid', column('formula', { result: null }), 'text', text('text')],
    [
      'a lookup with holes',
      yielding('multipleLookupValues', 'number'),
      [1, null, 3],
      { kind: 'list', items: [number(1), number(3)] },
    ],
    ['a lookup of holes only', yielding('multipleLookupValues', 'number'), [null], EMPTY],
    [
      'a lookup with a failed value',
      yielding('multipleLookupValues', 'number'),
      [1, { specialValue: 'NaN' }],
      { kind: 'list', items: [number(1), { kind: 'unknown', reason: 'NaN' }] },
    ],
    [
      'a lookup of links',
      yielding('multipleLookupValues', 'multipleRecordLinks'),
      ['rec1', null, 'rec2'],
      { kind: 'links', ids: ['rec1', 'rec2'] },
    ],
    ['a number column that holds words', column('number'), 'twelve', text('twelve')],
    ['a value of no known shape', column('number'), { amount: 3 }, UNKNOWN],
  ])('%s', (_, property, value, expected) => {
    expect(decodeCell(property, value)).toMatchObject(expected as object);
  });

  it('never takes an unreadable number for zero or for nothing', () => {
    const broken = fc.oneof(
      fc.record({ specialValue: fc.constantFrom('NaN', 'Infinity', '-Infinity') }),
      fc.record({ error: fc.string() }),
    );
    const types = fc.constantFrom('number', 'percent', 'formula', 'rollup', 'multipleLookupValues', 'count');
    fc.assert(
      fc.property(types, broken, (type, value) => {
        expect(decodeCell(yielding(type, 'number'), value).kind).toBe('unknown');
      }),
    );
  });
});

describe('what a column holds after a write', () => {
  const held = (cell: Cell) => ({ kind: 'cell', cell });
  const refused = (code: string) => ({ kind: 'refused', code });
  const share = (value: number): Desired => ({ kind: 'share', share: value, text: `${Math.round(value * 100)} %` });
  const plain = (value: number): Desired => ({ kind: 'number', number: value, text: `${value}` });
  const day: Desired = { kind: 'date', day: '2026-12-31' };
  const people = (...list: readonly { id?: string; email?: string; name?: string }[]): Desired => ({
    kind: 'people',
    people: list,
  });
  const choices = { choices: [{ name: 'At risk' }, { name: '주의' }, { name: 'on-track' }] };

  it.each<[string, ReturnType<typeof column>, Desired, unknown]>([
    ['a share in a percent column', column('percent', { precision: 0 }), share(0.625), held(number(0.63))],
    ['a share in a finer percent column', column('percent', { precision: 1 }), share(0.6254), held(number(0.625))],
    ['a share above one', column('percent', { precision: 0 }), share(1.2), held(number(1.2))],
    ['a negative share', column('percent', { precision: 0 }), share(-0.625), held(number(-0.63))],
    ['a share in a number column', column('number', { precision: 2 }), share(0.625), held(number(0.63))],
    ['a share in a whole-number column', column('number', { precision: 0 }), share(0.625), refused('wrong-type')],
    ['a share in a money column', column('currency', { precision: 2 }), share(0.5), refused('wrong-type')],
    ['a half that binary cannot hold', column('number', { precision: 2 }), plain(1.005), held(number(1.01))],
    ['a very small number', column('number', { precision: 2 }), plain(1e-7), held(number(0))],
    ['a very large number', column('number', { precision: 2 }), plain(1e21), held(number(1e21))],
    ['what rounds to zero from below', column('number', { precision: 0 }), plain(-0.2), held(number(0))],
    ['no number', column('number', { precision: 0 }), plain(Number.NaN), refused('wrong-type')],
    ['stars', column('rating'), plain(3.6), held(number(4))],
    ['no stars', column('rating'), plain(0), refused('wrong-type')],
    ['a number in a text', column('singleLineText'), plain(72), held(text('72'))],
    ['a share in a text', column('multilineText'), share(0.62), held(text('62 %'))],
    ['a day in a text', column('singleLineText'), day, held(text('2026-12-31'))],
    ['a day', column('date'), day, held({ kind: 'date', start: '2026-12-31' })],
    ['a day in a time column', column('dateTime'), day, held({ kind: 'date', start: '2026-12-31T12:00:00.000Z' })],
    ['a day in a number column', column('number', { precision: 0 }), day, refused('wrong-type')],
    [
      'an option in other letters',
      column('singleSelect', choices),
      { kind: 'label', label: 'AT RISK' },
      held({ kind: 'labels', labels: ['At risk'] }),
    ],
    [
      'an option with a hyphen',
      column('singleSelect', choices),
      { kind: 'label', label: 'On track' },
      held({ kind: 'labels', labels: ['on-track'] }),
    ],
    [
      'an option nobody has',
      column('singleSelect', choices),
      { kind: 'label', label: '위험' },
      refused('no-such-option'),
    ],
    [
      'two options in a single select',
      column('singleSelect', choices),
      { kind: 'labels', labels: ['주의', 'At risk'] },
      refused('wrong-type'),
    ],
    ['an empty label', column('singleSelect', choices), { kind: 'label', label: ' ' }, held(EMPTY)],
    ['rich text', column('richText'), { kind: 'text', text: 'line\n' }, held(text('line'))],
    ['a text in NFD', column('multilineText'), { kind: 'text', text: '한빛'.normalize('NFD') }, held(text('한빛'))],
    ['a text with NUL', column('multilineText'), { kind: 'text', text: 'a\u0000b' }, held(text('ab'))],
    ['half a pair', column('multilineText'), { kind: 'text', text: 'a\ud83d' }, held(text('a\ufffd'))],
    ['a whole pair', column('multilineText'), { kind: 'text', text: 'a👍' }, held(text('a👍'))],
    ['a person by id', column('singleCollaborator'), people(seoyeon), held({ kind: 'people', people: [seoyeon] })],
    [
      'a person of another tool by e-mail',
      column('singleCollaborator'),
      people({ id: '5f0c-notion', email: 'a@example.com' }),
      held({ kind: 'people', people: [{ email: 'a@example.com' }] }),
    ],
    ['a person by name only', column('singleCollaborator'), people({ name: '누구' }), refused('wrong-type')],
    ['a formula', column('formula'), plain(1), refused('read-only')],
    [
      'a row of another tool',
      column('multipleRecordLinks'),
      { kind: 'links', ids: ['5f0c-uuid'], text: '' },
      refused('wrong-type'),
    ],
    ['a word in a checkbox', column('checkbox'), { kind: 'text', text: 'yes' }, refused('wrong-type')],
  ])('%s', (_, property, desired, expected) => {
    expect(canonicalise(property, desired, { createOptions: false })).toMatchObject(expected as object);
  });

  it('tells how to mend a whole-number column that should hold a share', () => {
    const outcome = canonicalise(column('number', { precision: 0 }), share(0.5), { createOptions: false });
    expect(outcome).toMatchObject({ reason: expect.stringContaining('percent column') });
  });

  it('cuts a text at the limit without cutting a character in two', () => {
    const outcome = canonicalise(
      column('multilineText'),
      { kind: 'text', text: `a${'👍'.repeat(60_000)}` },
      { createOptions: false },
    );
    const cut = outcome.kind === 'cell' && outcome.cell.kind === 'text' ? outcome.cell.text : '';
    expect(cut.length).toBe(99_999);
    expect(cut).not.toMatch(/\p{Surrogate}/u);
  });

  it('is the same when it is done again: what a column holds, it can be told to hold', () => {
    const types = fc.constantFrom('number', 'percent', 'currency');
    const given = fc.tuple(types, fc.integer({ min: 0, max: 8 }), fc.double({ noNaN: true, noDefaultInfinity: true }));
    fc.assert(
      fc.property(given, ([type, precision, value]) => {
        const once = canonicalise(column(type, { precision }), plain(value), { createOptions: false });
        if (once.kind !== 'cell' || once.cell.kind !== 'number') throw new Error('a number was expected');
        expect(canonicalise(column(type, { precision }), plain(once.cell.number), { createOptions: false })).toEqual(
          once,
        );
      }),
    );
  });

  it('writes nothing for what cannot be written', () => {
    expect(encodeCell(column('number'), { kind: 'unknown', reason: 'NaN' })).toBeUndefined();
    expect(encodeCell(column('singleSelect'), EMPTY)).toBeNull();
    expect(encodeCell(column('singleCollaborator'), { kind: 'people', people: [seoyeon] })).toEqual({ id: seoyeon.id });
  });
});

/** Reads `{field} = "literal"` the way a formula is read: one literal, closed at the first quote that is not escaped. */
function evaluate(formula: string): { field: string; value: string; rest: string } {
  const [, field = '', tail = ''] = /^\{(.+?)\} = "(.*)$/s.exec(formula) ?? [];
  const named: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };
  let value = '';
  for (let at = 0; at < tail.length; at += 1) {
    const character = tail.charAt(at);
    if (character === '"') return { field, value, rest: tail.slice(at + 1) };
    if (character === '\n' || character === '\r' || character === '\t') throw new Error('raw control character');
    if (character === '\\') at += 1;
    value += character === '\\' ? (named[tail.charAt(at)] ?? tail.charAt(at)) : character;
  }
  throw new Error('the literal is not closed');
}

describe('formulas', () => {
  it('a quoted text always stands for itself, whatever it holds', () => {
    const nasty = fc.string({ unit: fc.constantFrom('"', "'", '\\', '\n', '\r', '\t', '{', '}', ',', ')', 'n', '한') });
    fc.assert(
      fc.property(fc.oneof(nasty, fc.string({ unit: 'binary' })), (value) => {
        const formula = textFormula({ propertyId: 'fld00000000000000', match: 'equals', text: value });
        expect(evaluate(formula)).toEqual({ field: 'fld00000000000000', value, rest: '' });
      }),
    );
  });

  it('escapes both kinds of quotes', () => {
    expect(quoteText(`"it's"`)).toBe(`"\\"it\\'s\\""`);
  });
});
