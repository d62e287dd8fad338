import { describe, expect, it } from 'vitest';
import { readAirtableBase, readNotionId } from '../../src/config/links.js';

const ID = '01234567-89ab-cdef-0123-456789abcdef';
const HEX = '0123456789abcdef0123456789abcdef';
const OTHER = 'f'.repeat(32);

describe('the id in a Notion link', () => {
  it.each([
    ['bare', HEX],
    ['with hyphens', ID],
    ['in capitals, with spaces around', ` ${HEX.toUpperCase()} `],
    ['database, with its view', `https://www.notion.so/hanbit/${HEX}?v=${OTHER}&pvs=4`],
    ['page with a title', `https://www.notion.so/hanbit/Partner-list-2026-${HEX}`],
    ['title in Korean', `https://www.notion.so/${encodeURIComponent('파트너사')}-${HEX}`],
    ['title that ends in hexadecimal letters', `https://www.notion.so/cafe-beef-${HEX}`],
    ['id with hyphens in the path', `https://www.notion.so/hanbit/${ID}`],
    ['row open beside its database', `https://www.notion.so/hanbit/${HEX}?v=${OTHER}&p=${OTHER}&pm=s`],
    ['row open and no database in the path', `https://app.notion.com/hanbit?p=${HEX}&pm=s`],
    ['block', `https://www.notion.so/hanbit/Page-${HEX}#${OTHER}`],
    ['public site', `https://hanbit.notion.site/Partners-${HEX}?v=${OTHER}`],
    ['app.notion.com', `https://app.notion.com/p/hanbit/Partners-${HEX}?v=${OTHER}`],
    ['without a scheme', `notion.so/hanbit/${HEX}`],
    ['desktop application', `notion://www.notion.so/hanbit/${HEX}?v=${OTHER}`],
    ['slash at the end', `https://www.notion.so/${HEX}/`],
  ])('is found: %s', (_, text) => {
    expect(readNotionId(text)).toBe(ID);
  });

  it.each([
    ['view only', `https://www.notion.so/hanbit?v=${HEX}`],
    ['block only', `https://www.notion.so/hanbit#${HEX}`],
    ['another site', `https://example.com/${HEX}`],
    ['a site that only ends alike', `https://evilnotion.so/${HEX}`],
    ['one digit short', HEX.slice(1)],
    ['one digit more', `${HEX}0`],
    ['one digit more in a link', `https://www.notion.so/a${HEX}`],
    ['hyphens alone', '-'.repeat(36)],
    ['words', 'our partners'],
    ['nothing', ''],
    ['a scheme that is none', `javascript:${HEX}`],
  ])('is not invented: %s', (_, text) => {
    expect(readNotionId(text)).toBeUndefined();
  });
});

describe('base and table in an Airtable link', () => {
  const base = 'appAbCdEfGhIjKlMn';
  const table = 'tblAbCdEfGhIjKlMn';

  it.each([
    ['bare id', base, { base }],
    ['base', `https://airtable.com/${base}`, { base }],
    ['table and view', `https://airtable.com/${base}/${table}/viwAbCdEfGhIjKlMn?blocks=hide`, { base, table }],
    ['record', `https://airtable.com/${base}/${table}/viwAbCdEfGhIjKlMn/recAbCdEfGhIjKlMn`, { base, table }],
    ['interface page', `https://airtable.com/${base}/pagAbCdEfGhIjKlMn`, { base }],
    ['without a scheme', `airtable.com/${base}/${table}`, { base, table }],
  ])('are found: %s', (_, text, expected) => {
    expect(readAirtableBase(text)).toEqual(expected);
  });

  it.each([
    ['a name', 'Partnerships'],
    ['a shared view', 'https://airtable.com/shrAbCdEfGhIjKlMn'],
    ['another site', `https://example.com/${base}`],
    ['an id too short', 'appAbC'],
    ['nothing', ''],
  ])('are not invented: %s', (_, text) => {
    expect(readAirtableBase(text)).toBeUndefined();
  });
});
