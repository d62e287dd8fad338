import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Document } from 'yaml';
import type { Fault, Interceptor } from '../../src/sandbox/context.js';
import { createRedisState } from '../../src/state/redis.js';
import { AIRTABLE_TASKS } from '../support/airtable-tasks.js';
import { useRedis } from '../support/redis.js';
import { ANCHOR, openTeam, type Team } from '../support/team.js';
import { endOf, keyOf, type WorldText } from '../support/team-world.js';

type Request = Parameters<Interceptor>[0];

/** The keys a request creates rows for; none for any other request. */
function keysCreated({ tool, method, path, body }: Request): readonly string[] {
  const isCreate = method === 'POST' && (tool === 'notion' ? path === '/v1/pages' : !/listRecords$/.test(path));
  return isCreate ? (JSON.stringify(body).match(/td1\.[^"\s]+/g) ?? []) : [];
}

const refusal = (status: number) => ({ object: 'error', status, code: 'internal_server_error', message: 'sorry' });

interface Trouble {
  readonly name: string;
  readonly tools: readonly ('notion' | 'airtable')[];
  readonly fault: (team: Team) => Fault;
}

const BOTH = ['notion', 'airtable'] as const;

const TROUBLES: readonly Trouble[] = [
  { name: 'the connection drops before it is served', tools: BOTH, fault: () => ({ kind: 'drop' }) },
  {
    name: 'it is applied, then the connection drops',
    tools: BOTH,
    fault: () => ({ kind: 'apply-then-drop' }),
  },
  {
    name: 'it is applied, then answered 500',
    tools: BOTH,
    fault: () => ({ kind: 'apply-then-answer', status: 500, body: refusal(500) }),
  },
  {
    name: 'it is answered 500',
    tools: BOTH,
    fault: () => ({ kind: 'answer', status: 500, body: refusal(500) }),
  },
  {
    name: 'it is applied, then answered by a proxy',
    tools: BOTH,
    fault: () => ({ kind: 'apply-then-answer', status: 502, body: '<html>Bad gateway</html>' }),
  },
  {
    name: 'it is applied, and the answer is cut',
    tools: BOTH,
    fault: () => ({ kind: 'apply-then-answer', status: 200, body: '{"object":"page","id":"' }),
  },
  {
    name: 'it is applied, answered 503, and the answer names the row',
    tools: ['notion'],
    fault: (team) => ({
      kind: 'apply-then-answer',
      status: 503,
      // Asked for when the answer is written, after the row was made.
      body: { ...refusal(503), additional_data: { toJSON: () => ({ committed_resource_id: lastCreated(team) }) } },
    }),
  },
  {
    name: 'it is answered 429',
    tools: BOTH,
    fault: () => ({ kind: 'answer', status: 429, headers: { 'retry-after': '3' }, body: refusal(429) }),
  },
  {
    name: 'it is answered 409',
    tools: ['notion'],
    fault: () => ({ kind: 'answer', status: 409, body: refusal(409) }),
  },
];

const lastCreated = (team: Team): string =>
  team.changed().findLast(({ property }) => property === '(created)')?.rowId ?? '';

/** Only tasks are written, and an unknown create is looked up after so many seconds. */
const tasksOnly =
  (settleSeconds: number) =>
  (document: Document): void => {
    document.setIn(['policy', 'reminders', 'settleSeconds'], settleSeconds);
    for (const entity of ['partnerships', 'kpis', 'milestones', 'risks']) {
      document.deleteIn(['sources', entity, 'manages']);
    }
  };

const PLACES = [
  { tool: 'notion', open: () => openTeam('korean', { configure: tasksOnly(5) }) },
  {
    tool: 'airtable',
    open: () =>
      openTeam('english', {
        ...AIRTABLE_TASKS,
        configure: (document) => {
          AIRTABLE_TASKS.configure?.(document);
          tasksOnly(5)(document);
        },
      }),
  },
] as const;

/**
 * Which creates suffer: the first request, the first request of every key of a dozen (more failures in a row and the
 * tool is left alone), or every one while it lasts.
 */
const SCOPES = ['the first create', 'a dozen keys once', 'every create'] as const;
const DOZEN = 12;

function suffering(scope: (typeof SCOPES)[number], fault: Fault): Interceptor {
  const seen = new Set<string>();
  return (request) => {
    const keys = keysCreated(request);
    if (keys.length === 0) return undefined;
    const fresh = seen.size < DOZEN && keys.some((key) => !seen.has(key));
    const first = seen.size === 0;
    for (const key of keys) seen.add(key);
    const hit = scope === 'every create' || (scope === 'a dozen keys once' ? fresh : first);
    return hit ? fault : undefined;
  };
}

const keys = (team: Team): readonly string[] =>
  team.rows('tasks').flatMap((row) => (row.inTrash ? [] : (keyOf(row) ?? [])));
const task = (team: Team, field: string): string => team.source('tasks').fields[field]?.property ?? '';
const drafts = (team: Team) =>
  team.rows('tasks').filter((row) => keyOf(row) !== undefined && (row.values[task(team, 'stamp')] ?? null) === null);

describe.each(PLACES)('a task is created in $tool while', ({ tool, open }) => {
  let twin: WorldText;
  let wanted: readonly string[];
  let team: Team | undefined;
  beforeAll(async () => {
    const calm = await open();
    expect((await calm.sync()).exitCode).toBe(0);
    expect((await calm.sync()).report.applied).toMatchObject({ updated: 0, created: 0 });
    expect(drafts(calm)).toEqual([]);
    twin = endOf(calm);
    wanted = [...keys(calm)].sort();
    expect(wanted.length).toBeGreaterThan(12);
    await calm.close();
  });
  afterEach(() => team?.close());

  const cases = TROUBLES.filter(({ tools }) => tools.includes(tool)).flatMap((trouble) =>
    SCOPES.map((scope) => ({ ...trouble, scope })),
  );
  it.each(cases)('$name ($scope)', async ({ fault, scope }) => {
    team = await open();
    team.sandbox.context.interceptor = suffering(scope, fault(team));
    const troubled = await team.sync();
    expect(new Set(keys(team)).size).toBe(keys(team).length);
    if (scope !== 'every create') {
      expect(troubled).toMatchObject({ exitCode: 0, report: { applied: { failed: 0, unknown: 0 } } });
      expect(endOf(team)).toEqual(twin);
    } else if (troubled.exitCode !== 0) {
      expect([5, 6]).toContain(troubled.exitCode);
      expect(troubled.report.errors.every(({ next }) => next.length > 10)).toBe(true);
    }

    team.sandbox.context.interceptor = undefined;
    const calm = await team.sync();
    expect(calm.exitCode).toBe(0);
    expect([...keys(team)].sort()).toEqual(wanted);
    expect(drafts(team)).toEqual([]);
    expect(endOf(team)).toEqual(twin);
    expect((await team.sync()).report.applied).toMatchObject({ updated: 0, created: 0 });
    expect(await team.state.intents.list(team.config.workspace)).toEqual([]);
  });

  it('nobody hears of it before it is whole: the row is made with its title and its key alone', async () => {
    const current = await open();
    team = current;
    await current.sync();
    const bodies = current.writes().filter((request) => keysCreated({ n: 0, ...request }).length > 0);
    const cells = bodies.flatMap(({ body }) => columnsOf(body));
    const fields = current.source('tasks').fields;
    const named = new Set(cells.map((column) => nameOf(current, column)));
    expect(named).toEqual(new Set([fields.title?.property, fields.key?.property]));
  });

  it('the run is stopped: the next one adopts what was made and makes the rest', async () => {
    team = await open();
    const stop = new AbortController();
    let creates = 0;
    team.sandbox.context.interceptor = (request) => {
      if (keysCreated(request).length === 0) return undefined;
      creates += 1;
      if (creates === 2) stop.abort();
      return creates === 2 ? { kind: 'apply-then-drop' } : undefined;
    };
    await team.sync(ANCHOR, { signal: stop.signal }).catch(() => undefined);
    expect(stop.signal.aborted).toBe(true);
    expect(keys(team).length).toBeLessThan(wanted.length + 1);
    team.sandbox.context.interceptor = undefined;
    expect((await team.sync()).exitCode).toBe(0);
    expect(endOf(team)).toEqual(twin);
  });
});

/** The columns a create body fills, by name or id. */
function columnsOf(body: unknown): readonly string[] {
  const sent = body as { readonly properties?: object; readonly records?: readonly { readonly fields: object }[] };
  return [...Object.keys(sent.properties ?? {}), ...(sent.records ?? []).flatMap(({ fields }) => Object.keys(fields))];
}

/** The name of a column of the task table. */
function nameOf(team: Team, column: string): string {
  const { location } = team.source('tasks');
  const sources = (team.filled.notion?.databases ?? []).flatMap(({ dataSources }) => dataSources);
  const source = sources.find(({ id }) => location.type === 'notion' && id === location.id);
  const notion = Object.entries(source?.properties ?? {}).map(([name, { id }]) => ({ id, name }));
  const tables = (team.filled.airtable?.bases ?? []).flatMap((base) => base.tables);
  const table = tables.find(({ name }) => location.type === 'airtable' && name === location.table);
  return [...notion, ...(table?.fields ?? [])].find(({ id }) => id === column)?.name ?? column;
}

describe('a query that lags behind the writes', () => {
  const SETTLE_MS = 50_000;
  const open = () => openTeam('korean', { configure: tasksOnly(SETTLE_MS / 1000) });
  let team: Team;
  afterEach(() => team.close());

  it('does not make a second row of a create whose answer was lost', async () => {
    team = await open();
    team.sandbox.notion?.lag(SETTLE_MS / 2);
    team.sandbox.context.interceptor = suffering('a dozen keys once', { kind: 'apply-then-drop' });
    expect((await team.sync()).exitCode).toBe(0);
    expect(new Set(keys(team)).size).toBe(keys(team).length);
    expect(drafts(team)).toEqual([]);
  });

  it('does not make one in a run right after the one that made the first, nor touch what was edited meanwhile', async () => {
    team = await open();
    team.sandbox.notion?.lag(SETTLE_MS / 2);
    expect((await team.sync()).exitCode).toBe(0);
    const made = keys(team).length;
    const row = team.rows('tasks').find((candidate) => keyOf(candidate) !== undefined)!;
    team.edit('tasks', row.id, { [task(team, 'due')]: '2027-12-24' });
    expect((await team.sync()).exitCode).toBe(0);
    expect(new Set(keys(team)).size).toBe(made);
    expect(keys(team)).toHaveLength(made);
    expect(team.rows('tasks').find(({ id }) => id === row.id)?.values[task(team, 'due')]).toBe('2027-12-24');
  });

  it('does not either when the run was stopped before it could look', async () => {
    team = await open();
    team.sandbox.notion?.lag(SETTLE_MS / 2);
    const stop = new AbortController();
    team.sandbox.context.interceptor = (request) => {
      if (keysCreated(request).length === 0) return undefined;
      stop.abort();
      return { kind: 'apply-then-drop' };
    };
    await team.sync(ANCHOR, { signal: stop.signal }).catch(() => undefined);
    expect(keys(team).length).toBeGreaterThan(0);
    team.sandbox.context.interceptor = undefined;
    expect((await team.sync()).exitCode).toBe(0);
    expect(new Set(keys(team)).size).toBe(keys(team).length);
    team.clock.skip(SETTLE_MS);
    expect((await team.sync()).exitCode).toBe(0);
    expect(new Set(keys(team)).size).toBe(keys(team).length);
    expect(drafts(team)).toEqual([]);
  });
});

/** A promise and the way to keep it. */
function signalled(): { readonly told: Promise<void>; tell(): void } {
  let tell = (): void => undefined;
  const told = new Promise<void>((resolve) => {
    tell = resolve;
  });
  return { told, tell };
}

describe('two runs at one time', () => {
  const redis = useRedis();

  it.each(['memory', 'redis'] as const)(
    'over one %s state: the second is refused and writes nothing',
    async (kind) => {
      const team = await openTeam('korean');
      const open = async () =>
        kind === 'redis' ? await createRedisState({ url: redis.url(), prefix: `lease-${kind}:` }) : team.state;
      const [first, second] = [await open(), await open()];
      const reached = signalled();
      const gate = signalled();
      team.sandbox.context.interceptor = async ({ write }) => {
        if (!write) return undefined;
        reached.tell();
        await gate.told;
        return undefined;
      };
      const running = team.sync(ANCHOR, { state: first });
      await reached.told;
      const requests = team.sandbox.context.requests.length;
      await expect(team.sync(ANCHOR, { state: second })).rejects.toMatchObject({
        code: 'lease-held',
        help: { exit: 5 },
        message: expect.stringMatching(/^another run is active since \d{4}-\d{2}-\d{2}T/),
      });
      expect(team.sandbox.context.requests).toHaveLength(requests);
      gate.tell();
      expect((await running).exitCode).toBe(0);
      const quiet = await team.sync(ANCHOR, { state: second });
      expect(quiet).toMatchObject({ exitCode: 0, report: { applied: { updated: 0, created: 0, closed: 0 } } });
      expect(new Set(keys(team)).size).toBe(keys(team).length);
      for (const state of new Set([first, second])) await state.close();
      await team.close();
    },
    180_000,
  );
});
