/** The page of faults names the test of every outcome; this holds the page to its word. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

/** Every row of the page: the number of the fault, and what it says of its tests. */
const faults = read('docs/faults.md')
  .split('\n')
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .flatMap(([, number = '', , , shown = '']): (readonly [string, string])[] =>
    /^F\d\d$/.test(number) ? [[number, shown]] : [],
  );

/** Whether a title is written in a file as it is named. */
function stands(file: string, title: string): boolean {
  const text = read(file);
  return ["'", '"', '`'].some((quote) => text.includes(`${quote}${title}${quote}`));
}

it('every fault from F01 to F68 has one row', () => {
  const all = Array.from({ length: 68 }, (_, index) => `F${String(index + 1).padStart(2, '0')}`);
  expect(faults.map(([number]) => number).sort()).toEqual(all);
});

it.each(faults)('%s is shown by tests that are there, or says why by none', (_number, shown) => {
  const named = [...shown.matchAll(/`(tests\/[^`]+)` “([^”]+)”/g)];
  expect(named.length > 0).toBe(!/^No test: .{20,}/.test(shown));
  expect(named.filter(([, file = '', title = '']) => !stands(file, title)).map(([text]) => text)).toEqual([]);
});
