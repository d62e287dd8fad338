/** filterByFormula: what it lets through, and which formulas it refuses. */
import { describe, expect, it } from 'vitest';
import { BASE, DEALS, deal, FIELD, PARTNERS, rec, refused, startWorld } from './airtable-world.js';

const idsOf = (body: unknown): string[] => (body as { records: { id: string }[] }).records.map((row) => row.id);

describe('partners let through by', () => {
  const [hanbit, oneil, saebom] = [rec(1), rec(2), rec(3)];
  it.each<[string, string[]]>([
    ["{Name}='Hanbit'", [hanbit]],
    ['{Name} = "Hanbit"', [hanbit]],
    ['Name="Hanbit"', [hanbit]],
    [`{${FIELD.name}}='Hanbit'`, [hanbit]],
    ["{Name}!='Hanbit'", [oneil, saebom]],
    ["{Name}='hanbit'", []],
    ["LOWER({Name})='hanbit'", [hanbit]],
    ["UPPER({Name})='HANBIT'", [hanbit]],
    ["TRIM('  Hanbit ')={Name}", [hanbit]],
    [`{Name}='O\\'Neil & "Sons"'`, [oneil]],
    [`{Name}="O'Neil & \\"Sons\\""`, [oneil]],
    ["'a\\\\b'='a\\\\b'", [hanbit, oneil, saebom]],
    [`RECORD_ID()='${rec(2)}'`, [oneil]],
    [`OR(RECORD_ID()='${rec(2)}',RECORD_ID()='${rec(3)}')`, [oneil, saebom]],
    ["AND({Tier}='core',{Active})", [hanbit]],
    ['{Active}=TRUE()', [hanbit]],
    ['{Active}=1', [hanbit]],
    ['NOT({Active})', [oneil, saebom]],
    ['{Active}=FALSE()', [oneil, saebom]],
    ['{Tier}=BLANK()', [saebom]],
    ["{Tier}=''", [saebom]],
    ['{Tier}', [hanbit, oneil]],
    ['{Score}', [oneil, saebom]],
    ['{Score}=0', [hanbit]],
    ["{Score}='7.5'", []],
    ['{Score}>0', [oneil]],
    ['{Score}>=0', [hanbit, oneil]],
    ['{Score}<-1', [saebom]],
    ['{Score}<=-2', [saebom]],
    ['{Score}*2+1=16', [oneil]],
    ['({Score}-7.5)/1=0', [oneil]],
    ["{Name}&'/'&{Tier}='Hanbit/core'", [hanbit]],
    ["CONCATENATE({Name},'!')='Hanbit!'", [hanbit]],
    ['LEN({Name})=6', [hanbit, saebom]],
    ["FIND('bit',{Name})=4", [hanbit]],
    ["FIND('BIT',{Name})", []],
    ["SEARCH('BIT',{Name})", [hanbit]],
    ["FIND('loyal',ARRAYJOIN({Tags}))", [hanbit]],
    ["ARRAYJOIN({Tags},'+')='fast+loyal'", [hanbit]],
    ["{Tags}='fast, loyal'", [hanbit]],
    ["{Deals}='Alpha, Beta'", [hanbit]],
    ["FIND('Beta',ARRAYJOIN({Deals},';'))", [hanbit]],
    [`FIND('${deal(2)}',ARRAYJOIN({Deals}))`, []],
    ['{Deal count}=2', [hanbit]],
    ["{Owner}='Kim'", [hanbit]],
    ["IF({Active},'yes','')", [hanbit]],
    ["IS_AFTER({Since},'2026-02-28')", [hanbit]],
    ["IS_BEFORE({Since},'2026-03-01')", []],
    ["IS_SAME({Since},'2026-03-01')", [hanbit]],
    ["{Since}='2026-03-01'", [hanbit]],
    ["{Since}>DATETIME_PARSE('2026-02-01')", [hanbit]],
    ['IS_AFTER(NOW(),{Met})', [hanbit]],
    ["IS_AFTER(CREATED_TIME(),DATETIME_PARSE('2026-01-05T08:59:59.000Z'))", [hanbit, oneil, saebom]],
    ["IS_AFTER(CREATED_TIME(),DATETIME_PARSE('2026-01-05T09:00:00.000Z'))", []],
    ['{Health}=5', []],
    ['NOT({Health})', [saebom]],
    ["DATETIME_PARSE('never')", []],
    ['1/0', []],
    ['{Brace\\}d}=BLANK()', [hanbit, oneil, saebom]],
    ['1', [hanbit, oneil, saebom]],
    ['0', []],
    ["''", []],
    ['BLANK()', []],
  ])('%s', async (formula, ids) => {
    const { call } = await startWorld();
    const { status, body } = await call('GET', `/${BASE}/${PARTNERS}?filterByFormula=${encodeURIComponent(formula)}`);
    expect(status).toBe(200);
    expect(idsOf(body)).toEqual(ids);
  });
});

describe('formulas that are refused', () => {
  const BAD = 'Invalid formula. Please check your formula text.';
  it.each([
    ['an unknown field', '{Nope}=1', 'Unknown field names: nope'],
    ['an unknown field without braces', 'Nope=1', 'Unknown field names: nope'],
    ['an unknown function', 'FROBNICATE(1)', 'Unknown function names: FROBNICATE'],
    ['a name every object has', 'CONSTRUCTOR()', 'Unknown function names: CONSTRUCTOR'],
    ['an open bracket', "AND({Name}='x'", BAD],
    ['an open string', "{Name}='x", BAD],
    ['a missing side', '{Name}=', BAD],
    ['two values in a row', "{Name} 'x'", BAD],
    ['a quote that is not escaped', "{Name}='O'Neil'", BAD],
    ['a trailing comma', 'AND(1,)', BAD],
    ['a strange character', '{Name}#1', BAD],
    ['too few arguments', "FIND('x')", 'Invalid arguments for function FIND.'],
    ['a parsing format', "DATETIME_PARSE('1','D')", 'Invalid arguments for function DATETIME_PARSE.'],
  ])('%s', async (_, formula, why) => {
    const { call } = await startWorld();
    const answer = await call('GET', `/${BASE}/${PARTNERS}?filterByFormula=${encodeURIComponent(formula)}`);
    expect(answer).toEqual(
      refused(422, 'INVALID_FILTER_BY_FORMULA', `The formula for filtering records is invalid: ${why}`),
    );
  });
});

describe('modification times', () => {
  const since = (field = '') => `IS_AFTER(LAST_MODIFIED_TIME(${field}),DATETIME_PARSE('2026-11-02T03:00:00.000Z'))`;
  const found = async (world: Awaited<ReturnType<typeof startWorld>>, formula: string) =>
    (await world.base(PARTNERS).select({ filterByFormula: formula }).all()).map((row) => row.id);

  it('finds what was edited since, by field if asked', async () => {
    const world = await startWorld();
    expect(await found(world, since())).toEqual([]);
    world.advance(5_000);
    await world.base(PARTNERS).update(rec(2), { Score: 8 });
    expect(await found(world, since())).toEqual([rec(2)]);
    expect(await found(world, since('{Score}'))).toEqual([rec(2)]);
    expect(await found(world, since('{Name},{Tier}'))).toEqual([]);
  });

  it('moves a lastModifiedTime field with the fields it watches', async () => {
    const world = await startWorld();
    world.advance(86_400_000);
    await world.base(PARTNERS).update(rec(1), { Score: 8 });
    const edited = async () => (await world.base(PARTNERS).find(rec(1))).fields;
    expect(await edited()).toMatchObject({ Edited: '2026-11-03T03:00:00.000Z', 'Tier edited': '2026-01-05' });
    await world.base(PARTNERS).update(rec(1), { Tier: 'basic' });
    expect(await edited()).toMatchObject({ 'Tier edited': '2026-11-03' });
  });

  it('is blind to computed values that change', async () => {
    const world = await startWorld();
    world.advance(5_000);
    world.airtable.edit(BASE, PARTNERS, rec(1), { Health: 12 });
    expect(await found(world, since())).toEqual([]);
    expect(await found(world, '{Health}=12')).toEqual([rec(1)]);
  });

  it('does not move when the same value is written again', async () => {
    const world = await startWorld();
    world.advance(5_000);
    await world.base(PARTNERS).update(rec(2), { Score: 7.5 });
    expect(await found(world, since())).toEqual([]);
  });

  it('moves on both sides of a link', async () => {
    const world = await startWorld();
    world.advance(5_000);
    await world.base(DEALS).update(deal(3), { Partner: [rec(3)] });
    expect(await found(world, since())).toEqual([rec(3)]);
  });
});
