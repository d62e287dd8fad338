/**
 * The loop everybody writes first, for comparison: read all rows, write every row's result one by one, wait when told
 * to. It knows neither what has changed nor how fast it may go, and every run of it costs the same.
 */
import { z } from 'zod';
import { type Line, type MadeCall, openLine } from './line.js';
import { BASE, TABLES, TOKENS, type Tool, tablesOf } from './team.js';

const Page = z.object({
  results: z.array(z.object({ id: z.string() })).optional(),
  records: z.array(z.object({ id: z.string() })).optional(),
  next_cursor: z.string().nullish(),
  offset: z.string().nullish(),
});
const HOST = 'http://127.0.0.1:1';
const WRITTEN = { partners: { Why: 'On track.' }, kpis: { Achievement: 0.5 } } as const;
const TABLE_NAMES = ['partners', 'kpis'] as const;
const FIRST_BACKOFF_MS = 1000;

/** The calls of one run over a team. */
export async function runNaively(tool: Tool, size: number): Promise<readonly MadeCall[]> {
  const line = openLine(tablesOf(tool, size), () => false);
  for (const table of TABLE_NAMES) {
    const rows = await readAll(line, tool, table);
    for (const row of rows) await writeOne(line, tool, table, row);
  }
  return line.take();
}

async function readAll(line: Line, tool: Tool, table: (typeof TABLE_NAMES)[number]): Promise<readonly string[]> {
  const ids: string[] = [];
  let cursor: string | undefined;
  do {
    const query = cursor === undefined ? '' : `?offset=${encodeURIComponent(cursor)}`;
    const answer =
      tool === 'notion'
        ? await ask(
            line,
            tool,
            'POST',
            `/v1/data_sources/${TABLES.notion[table]}/query`,
            cursor === undefined ? {} : { start_cursor: cursor },
          )
        : await ask(line, tool, 'GET', `/v0/${BASE}/${TABLES.airtable[table]}${query}`);
    const { results = [], records = [], next_cursor, offset } = Page.parse(answer);
    ids.push(...[...results, ...records].map(({ id }) => id));
    cursor = next_cursor ?? offset ?? undefined;
  } while (cursor !== undefined);
  return ids;
}

async function writeOne(line: Line, tool: Tool, table: (typeof TABLE_NAMES)[number], row: string): Promise<void> {
  const values = WRITTEN[table];
  if (tool === 'airtable') {
    await ask(line, tool, 'PATCH', `/v0/${BASE}/${TABLES.airtable[table]}/${row}`, { fields: values });
    return;
  }
  const [[name, value] = ['', '']] = Object.entries(values);
  const content = typeof value === 'number' ? { number: value } : { rich_text: [{ text: { content: value } }] };
  await ask(line, tool, 'PATCH', `/v1/pages/${row}`, { properties: { [name]: content } });
}

/** One call, sent again and again while the tool says that it is too much. */
async function ask(line: Line, tool: Tool, method: string, path: string, body?: unknown): Promise<unknown> {
  const headers = {
    authorization: `Bearer ${TOKENS[tool]}`,
    'content-type': 'application/json',
    ...(tool === 'notion' ? { 'notion-version': '2026-03-11' } : {}),
  };
  for (let backoff = FIRST_BACKOFF_MS; ; backoff *= 2) {
    const init = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
    const response = await line.fetch(`${HOST}${path}`, init);
    if (response.ok) return response.json();
    if (response.status !== 429) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    const told = Number(response.headers.get('retry-after') ?? 0) * 1000;
    await line.clock.sleep(Math.max(told, backoff));
  }
}
