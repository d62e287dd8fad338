/** Runs that remember what the last one read, with a real Redis: what they ask, what they notice, what they write. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EntityName } from '../../src/domain/entities.js';
import type { State } from '../../src/ports.js';
import { createRedisState } from '../../src/state/redis.js';
import { useRedis } from '../support/redis.js';
import { openTeam, type Team } from '../support/team.js';
import { endOf } from '../support/team-world.js';

const MINUTE = 60_000;
const NOTHING = { updated: 0, created: 0, closed: 0, failed: 0, unknown: 0 };
const redis = useRedis();
let team: Team;
let state: State;

const open = async (over: Team): Promise<void> => {
  team = over;
  state = { ...(await createRedisState({ url: redis.url() })), windows: over.state.windows };
};
beforeEach(() => redis.client().flushall());
afterEach(async () => {
  await state.close();
  await team.close();
});

/** A run a quarter of an hour after the one before, and the requests it took. */
async function tick(over: Team = team) {
  over.clock.skip(15 * MINUTE);
  const before = over.sandbox.context.requests.length;
  const result = await over.sync(undefined, { state, remembers: true });
  return { ...result, requests: over.sandbox.context.requests.slice(before) };
}

/** Runs until there is nothing left to write and what was written last has been read. */
async function settle(): Promise<void> {
  await tick();
  await tick();
  expect((await tick()).report.applied).toEqual(NOTHING);
}

type Requests = Team['sandbox']['context']['requests'];
const queriesOf = (entity: EntityName, requests: Requests): number => {
  const { location } = team.source(entity);
  const id = location.type === 'notion' ? location.id : '';
  return requests.filter(({ path }) => path.includes(`${id}/query`)).length;
};
const describing = (requests: Requests) => requests.filter(({ tool, method }) => tool === 'notion' && method === 'GET');

describe.each(['korean', 'english'] as const)('the %s team, when nothing happens', (sample) => {
  it('is asked one question per Notion source, is told the same rows, and nothing is written', async () => {
    await open(await openTeam(sample));
    await settle();
    const { requests, report, exitCode } = await tick();
    const notion = team.config.sources.filter(({ location }) => location.type === 'notion');
    for (const { entity } of notion) expect([entity, queriesOf(entity, requests)]).toEqual([entity, 1]);
    expect(requests.filter(({ tool }) => tool === 'notion')).toHaveLength(notion.length);
    expect({ exitCode, applied: report.applied }).toEqual({ exitCode: 0, applied: NOTHING });
    const whole = (await team.plan()).report;
    expect(report.rows).toEqual(whole.rows);
    expect(report.assessments).toEqual(whole.assessments);
  });
});
