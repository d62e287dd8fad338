/**
 * A team just large enough for every kind of write: two partnerships and their milestones in Notion, KPIs in
 * Airtable, four tasks to be created. For tests that run it many times over, in processes of their own.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApp } from '../../src/app.js';
import { readConfig } from '../../src/cli/workspace.js';
import { systemClock } from '../../src/clock.js';
import { createLogger } from '../../src/log.js';
import type { RunResult } from '../../src/pipeline/world.js';
import { type RunningSandbox, type SandboxOptions, startSandbox } from '../../src/sandbox/index.js';
import { createRedisState } from '../../src/state/redis.js';
import { AIRTABLE_BASE, airtableOf, notionOf, SOURCES, type Tokens, type Tool } from './small-tables.js';

export const SMALL_DAY = '2026-11-23';
export const SMALL_WORKSPACE = 'small-team';

export interface SmallTeamOptions {
  /** Which tool the tasks are kept in; Notion unless given. */
  readonly tasksIn?: Tool;
  readonly tokens?: Tokens;
  /** How long a create without an answer is waited for before it is looked up; 1 unless given. */
  readonly settleSeconds?: number;
  readonly sandbox?: SandboxOptions;
}

interface Row {
  readonly id: string;
  readonly values: Readonly<Record<string, unknown>>;
}

export interface SmallTeam {
  readonly sandbox: RunningSandbox;
  /** The configuration file, in a folder of its own. */
  readonly file: string;
  readonly folder: string;
  /** The variables a process needs for it, REDIS_URL not among them. */
  readonly env: Readonly<Record<string, string>>;
  /** Requests so far that could change data. */
  writes(): number;
  /** Rows the API has created so far. */
  created(): number;
  /** The keys of all task rows, sorted, one entry per row. */
  keys(): readonly string[];
  /** The same for the rows that are due some day: what a person sees, drafts left out. */
  dueKeys(): readonly string[];
  /** Adds a milestone that is overdue: one more task to create. */
  addOverdue(name: string): void;
  /** Every cell of every table. A row made by a run goes by its key. */
  world(): unknown;
  close(): Promise<void>;
}

const TOKENS: Tokens = { notion: 'ntn_sandbox_small', airtable: 'patSandboxSmall000.0000' };

/** Starts the sandbox of a small team and writes its configuration. Rate limits are off in the sandbox. */
export async function openSmallTeam(options: SmallTeamOptions = {}): Promise<SmallTeam> {
  const { tasksIn = 'notion', tokens = TOKENS, settleSeconds = 1 } = options;
  const sandbox = await startSandbox(
    { notion: notionOf(tokens.notion), airtable: airtableOf(tokens.airtable) },
    { enforceRates: false, ...options.sandbox },
  );
  const folder = mkdtempSync(join(tmpdir(), 'tandem-small-'));
  const file = join(folder, 'tandem.yaml');
  writeFileSync(file, configurationOf(sandbox.url, tasksIn, settleSeconds));

  const pages = (id: string): readonly Row[] => sandbox.notion?.pages(id) ?? [];
  const records = (table: string): readonly Row[] =>
    (sandbox.airtable?.records(AIRTABLE_BASE, table) ?? []).map(({ id, fields }) => ({ id, values: fields }));
  const tables = (): Readonly<Record<string, readonly Row[]>> => ({
    partners: pages(SOURCES.partners),
    milestones: pages(SOURCES.milestones),
    'tasks in Notion': pages(SOURCES.tasks),
    kpis: records('KPIs'),
    'tasks in Airtable': records('Tasks'),
  });
  const taskRows = () => [...pages(SOURCES.tasks), ...records('Tasks')];
  const keyOf = ({ values }: Row): string => String(values.Key ?? '(no key)');
  const changes = () => sandbox.context.changes.filter(({ by }) => by === 'api');

  return {
    sandbox,
    file,
    folder,
    env: {
      PATH: process.env.PATH ?? '',
      NOTION_TOKEN: tokens.notion,
      AIRTABLE_TOKEN: tokens.airtable,
      XDG_STATE_HOME: join(folder, 'state'),
    },
    writes: () => sandbox.context.requests.filter(({ write }) => write).length,
    created: () => changes().filter(({ property }) => property === '(created)').length,
    keys: () => taskRows().map(keyOf).sort(),
    dueKeys: () =>
      taskRows()
        .filter(({ values }) => (values.Due ?? '') !== '')
        .map(keyOf)
        .sort(),
    addOverdue: (name) => {
      const [partner] = pages(SOURCES.partners);
      sandbox.notion?.addPage(SOURCES.milestones, {
        Milestone: name,
        Partner: partner === undefined ? [] : [partner.id],
        Due: '2026-11-02',
      });
    },
    world: () => worldText(tables()),
    close: async () => {
      await sandbox.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Runs in this process, against the Redis other processes share. */
export async function syncHere(team: SmallTeam, redisUrl: string): Promise<RunResult> {
  const state = await createRedisState({ url: redisUrl });
  try {
    const app = createApp({
      config: readConfig(team.file, team.env),
      state,
      clock: systemClock,
      fetch: globalThis.fetch,
      random: Math.random,
      logger: createLogger({ level: 'silent', secrets: [], write: () => undefined }),
      asOf: SMALL_DAY,
    });
    return await app.sync({ signal: new AbortController().signal, allowMassChange: false });
  } finally {
    await state.close();
  }
}

/** A second row with the same key keeps its place in the list, so that it cannot hide. */
function worldText(tables: Readonly<Record<string, readonly Row[]>>): unknown {
  const nameOf = ({ id, values }: Row): string => String(values.Key ?? id);
  const names = new Map(
    Object.values(tables)
      .flat()
      .map((row): [string, string] => [row.id, nameOf(row)]),
  );
  const shown = (value: unknown): unknown =>
    Array.isArray(value) ? value.map((item) => names.get(String(item)) ?? item).sort() : value;
  const text = (row: Row): unknown => [
    nameOf(row),
    Object.fromEntries(Object.entries(row.values).map(([property, value]) => [property, shown(value)])),
  ];
  return Object.fromEntries(
    Object.entries(tables).map(([name, rows]) => [
      name,
      rows.map(text).sort((left, right) => (JSON.stringify(left) < JSON.stringify(right) ? -1 : 1)),
    ]),
  );
}

function configurationOf(url: string, tasksIn: Tool, settleSeconds: number): string {
  const tasks =
    tasksIn === 'notion'
      ? `connection: notion, id: ${SOURCES.tasks}`
      : `connection: airtable, base: ${AIRTABLE_BASE}, table: Tasks`;
  return `version: 1
workspace: ${SMALL_WORKSPACE}
locale: en
timezone: Europe/London
people:
  Ada Byrne: { email: ada@example.com }
  Ben Castle: { email: ben@example.com }
connections:
  notion: { type: notion, plan: business, baseUrl: ${url} }
  airtable: { type: airtable, plan: team, baseUrl: ${url} }
sources:
  partnerships:
    connection: notion
    id: ${SOURCES.partners}
    fields: { name: Partner, code: Code, tier: Tier, owner: Owner, start: Since, end: End, noticeDays: Notice, lastReview: Last review }
    manages: { status: Status, health: Health, why: Why, decideBy: Decide by, stamp: Tandem }
  milestones:
    connection: notion
    id: ${SOURCES.milestones}
    fields: { name: Milestone, partnership: Partner, due: Due, doneOn: Done on }
    manages: { status: Schedule }
  kpis:
    connection: airtable
    base: ${AIRTABLE_BASE}
    table: KPIs
    link: { field: Partner code, to: code }
    fields: { name: Name, target: Target, actual: Actual, start: Start, end: End }
    manages: { achievement: Achievement, status: Status }
  tasks:
    ${tasks.replaceAll(', ', '\n    ')}
    fields: { title: Task, key: Key, stamp: Tandem, due: Due, assignee: Assignee, status: Status, partnership: Partner, note: Note }
policy: { reminders: { settleSeconds: ${settleSeconds} } }
`;
}

/** What the tables hold after a run that nothing disturbs. */
export async function undisturbedWorld(redisUrl: string, tasksIn: Tool = 'notion'): Promise<unknown> {
  const team = await openSmallTeam({ tasksIn });
  try {
    const { report, exitCode } = await syncHere(team, redisUrl);
    const { created, failed, unknown } = report.applied;
    if (exitCode !== 0 || created !== 4 || failed + unknown > 0) throw new Error(JSON.stringify(report, null, 2));
    return team.world();
  } finally {
    await team.close();
  }
}
