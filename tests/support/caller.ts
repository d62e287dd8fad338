/**
 * A process that asks both tools as fast as it is let, several calls at once, through the connections a run would use.
 * It says when it is ready, begins at SIGUSR2, and tells at its end how often it was refused.
 */
import { once } from 'node:events';
import { systemClock } from '../../src/clock.js';
import { openConnection } from '../../src/connectors/index.js';
import type { SourceMapping } from '../../src/domain/mapping.js';
import { createRedisState } from '../../src/state/redis.js';
import { AIRTABLE_BASE, SOURCES } from './small-tables.js';

const { REDIS_URL = '', BASE_URL: baseUrl = '', NOTION_TOKEN = '', AIRTABLE_TOKEN = '', LIMITS = '{}' } = process.env;
const limits: { notion: { max: number; perMs: number }; airtable: { max: number; perMs: number } } = JSON.parse(LIMITS);
const CALLS = 40;
const AT_ONCE = 4;

const state = await createRedisState({ url: REDIS_URL });
const shared = { fetch, windows: state.windows, months: state.months, clock: systemClock, random: Math.random };
const common = { name: 'tool', baseUrl };
const notion = openConnection(
  { ...common, type: 'notion', token: NOTION_TOKEN, limits: { perToken: limits.notion } },
  shared,
).connector(undefined);
const airtable = openConnection(
  {
    ...common,
    type: 'airtable',
    token: AIRTABLE_TOKEN,
    limits: { perToken: limits.airtable, perBase: limits.airtable },
  },
  shared,
).connector(AIRTABLE_BASE);
const source = (location: SourceMapping['location']): SourceMapping => ({
  entity: 'kpis',
  connection: 'tool',
  location,
  fields: { name: { property: 'Name' } },
  manages: {},
});
const partners = source({ type: 'notion', id: SOURCES.partners });
const kpis = source({ type: 'airtable', base: AIRTABLE_BASE, table: 'KPIs' });

async function several(call: () => Promise<unknown>): Promise<void> {
  let left = CALLS;
  const worker = async (): Promise<void> => {
    for (; left > 0; ) {
      left -= 1;
      await call();
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

const schema = await airtable.describe(kpis);
const told = once(process, 'SIGUSR2');
process.stdout.write('ready\n');
await told;
await Promise.all([
  several(() => notion.describe(partners)),
  several(async () => {
    for await (const _ of airtable.read(kpis, schema));
  }),
]);
const counts = [notion.calls(), airtable.calls()];
process.stdout.write(`${JSON.stringify(counts.map(({ reads, throttled }) => ({ reads, throttled })))}\n`);
await state.close();
