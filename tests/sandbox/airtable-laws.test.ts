/** What holds for any value. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BASE, DEALS, deal, PARTNERS, rec, startWorld } from './airtable-world.js';

const RUNS = { numRuns: 60 };
const text = fc.string({ minLength: 1, maxLength: 40, unit: 'grapheme' });

describe('laws', () => {
  it('a record is found by any text it holds, escaped into a formula', async () => {
    const { base, airtable } = await startWorld();
    await fc.assert(
      fc.asyncProperty(text, fc.constantFrom('"', "'"), async (value, quote) => {
        airtable.edit(BASE, DEALS, deal(3), { Title: value });
        const literal = value.replaceAll('\\', '\\\\').replaceAll(quote, `\\${quote}`);
        const rows = await base(DEALS)
          .select({ filterByFormula: `{Title}=${quote}${literal}${quote}` })
          .all();
        expect(rows.map((row) => row.id)).toContain(deal(3));
      }),
      RUNS,
    );
  });

  it('writing back what was read changes nothing', async () => {
    const { base, airtable, context } = await startWorld();
    const cells = fc.record({
      Name: text,
      Score: fc.double({ noNaN: true, noDefaultInfinity: true }),
      Share: fc.double({ min: -2, max: 2, noNaN: true }),
      Fee: fc.float({ noNaN: true, noDefaultInfinity: true }),
      Stars: fc.integer({ min: 1, max: 5 }),
      Active: fc.boolean(),
      Met: fc.date({ noInvalidDate: true, min: new Date(0), max: new Date(4e12) }).map((date) => date.toISOString()),
      Deals: fc.subarray([deal(1), deal(2), deal(3)]),
    });
    await fc.assert(
      fc.asyncProperty(cells, async (fields) => {
        await base(PARTNERS).update(rec(1), fields);
        const read = (await base(PARTNERS).find(rec(1))).fields;
        const writable = Object.keys(fields).map((name) => [name, read[name] ?? null] as const);
        const audited = context.changes.length;
        await base(PARTNERS).update(rec(1), Object.fromEntries(writable) as never);
        expect(context.changes).toHaveLength(audited);
        const links = airtable
          .records(BASE, DEALS)
          .filter((row) => (row.fields.Partner as string[] | undefined) ?? false);
        expect(links.map((row) => row.id).sort()).toEqual([...fields.Deals].sort());
      }),
      RUNS,
    );
  });

  it('a refused batch leaves no trace, wherever the bad row stands', async () => {
    const { call, airtable, context } = await startWorld({ more: 7 });
    const before = [airtable.records(BASE, PARTNERS), airtable.records(BASE, DEALS)];
    const bad = fc.constantFrom({ Score: 'x' }, { Nope: 1 }, { Deals: [deal(99)] }, { Tags: ['a', 5] }, { No: 1 });
    const place = fc.integer({ min: 0, max: 9 });
    await fc.assert(
      fc.asyncProperty(
        bad,
        place,
        fc.boolean(),
        fc.constantFrom('PATCH', 'PUT'),
        async (fields, at, typecast, method) => {
          const records = Array.from({ length: 10 }, (_, index) => ({
            id: rec(index + 1),
            fields: index === at ? { Score: 77, ...fields } : { Name: `n${index}`, Deals: [deal(3)] },
          }));
          fc.pre(!(typecast && ('Score' in fields || 'Tags' in fields)));
          expect((await call(method, `/${BASE}/${PARTNERS}`, { records, typecast })).status).toBe(422);
          expect([airtable.records(BASE, PARTNERS), airtable.records(BASE, DEALS)]).toEqual(before);
          expect(context.changes).toEqual([]);
        },
      ),
      RUNS,
    );
  });
});
