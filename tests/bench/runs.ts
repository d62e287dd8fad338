/**
 * What runs over teams of growing size cost: calls against the floor, the share of the rate window that is used while
 * writing, refusals for asking too often, memory, commands to Redis. Beside it the loop everybody writes first.
 */
import { ensureRedis } from '../../src/state/provision.js';
import type { Bench } from './bench.js';
import { type Floor, floorOf, quietFloorOf, total } from './floor.js';
import { LATENCY_MS, type MadeCall } from './line.js';
import { runNaively } from './naive.js';
import { windowShare } from './pace.js';
import { openStage, type Ran, type Stage } from './stage.js';
import { TOOLS, type Tool } from './team.js';

const MOST_CALLS = 1.1;
const LEAST_WINDOW = 0.95;
const MOST_GROWTH = 1.2;
/** In smaller teams what a run takes anyway outweighs the tables. */
const SMALLEST_COMPARED = 1000;
const KINDS = ['full', 'unchanged', 'quiet'] as const;
type Kind = (typeof KINDS)[number];

interface Cost {
  readonly tool: Tool;
  readonly partnerships: number;
  readonly run: Kind;
  readonly calls: number;
  readonly floor: number;
  readonly ratio: number;
  /** Share of the rate window used while writing; null where nothing was written or all of it fits into one window. */
  readonly windowShare: number | null;
  readonly refused: number;
  /** Bytes held once everything else is collected: at its most in the run, beyond what was held before it. */
  readonly heap: number;
  readonly redisCommands: number;
  readonly seconds: number;
}

interface Naive {
  readonly tool: Tool;
  readonly partnerships: number;
  readonly calls: number;
  readonly refused: number;
  readonly seconds: number;
}

export const runs: Bench = {
  name: 'runs',
  run: async ({ sizes, say }) => {
    const { REDIS_URL: _, ...env } = process.env;
    const redis = await ensureRedis({ env });
    const costs: Cost[] = [];
    const naive: Naive[] = [];
    try {
      for (const tool of TOOLS) {
        say(`${tool}, every call ${LATENCY_MS} ms away`);
        for (const size of sizes) {
          const loop = naiveOf(tool, size, await runNaively(tool, size));
          naive.push(loop);
          const stage = await openStage(tool, size, redis.url);
          for (const run of KINDS) {
            const cost = costOf(stage, run, await stage.run(run === 'quiet'));
            costs.push(cost);
            say(lineOf(cost, loop));
          }
          await stage.close();
        }
      }
    } finally {
      await redis.close();
    }
    return {
      document: { latencyMs: LATENCY_MS, tandem: costs, naive },
      missed: [...missedBy(costs), ...growth(costs)],
    };
  },
};

function costOf(stage: Stage, run: Kind, { report, calls, heap, redisCommands, rowsBefore }: Ran): Cost {
  const { config, tool, size } = stage;
  const rowsOf = (source: { readonly entity: string }) => rowsBefore.get(source.entity) ?? 0;
  const floor: Floor = run === 'quiet' ? quietFloorOf(config.sources, rowsOf) : floorOf(config.sources, rowsOf, report);
  const share = windowShare(calls, stage.window);
  return {
    tool,
    partnerships: size,
    run,
    calls: calls.length,
    floor: total(floor),
    ratio: calls.length / total(floor),
    windowShare: share ?? null,
    refused: refusedIn(calls),
    heap,
    redisCommands,
    seconds: secondsOf(calls),
  };
}

const naiveOf = (tool: Tool, partnerships: number, calls: readonly MadeCall[]): Naive => ({
  tool,
  partnerships,
  calls: calls.length,
  refused: refusedIn(calls),
  seconds: secondsOf(calls),
});

const refusedIn = (calls: readonly MadeCall[]): number => calls.filter(({ status }) => status === 429).length;
const secondsOf = (calls: readonly MadeCall[]): number =>
  Math.round(
    (Math.max(...calls.map(({ answeredAt }) => answeredAt)) - Math.min(...calls.map(({ sentAt }) => sentAt))) / 1000,
  );

function lineOf(cost: Cost, loop: Naive): string {
  const share = cost.windowShare === null ? '' : `, window ${cost.windowShare.toFixed(2)}`;
  const against = `naive loop ${loop.calls} calls, ${loop.refused} refused, ${loop.seconds} s`;
  return [
    `  ${nameOf(cost)}: ${cost.calls} calls of at least ${cost.floor} (${cost.ratio.toFixed(2)} x)${share}`,
    `${cost.refused} refused, ${cost.seconds} s, heap ${(cost.heap / 2 ** 20).toFixed(1)} MB, ${cost.redisCommands} Redis commands`,
    against,
  ].join('; ');
}

const nameOf = ({ partnerships, run }: Pick<Cost, 'partnerships' | 'run'>): string => `${partnerships} ${run}`;

function missedBy(costs: readonly Cost[]): readonly string[] {
  return costs.flatMap((cost) => {
    const name = `${cost.tool} ${nameOf(cost)}`;
    const share = cost.windowShare ?? 1;
    return [
      ...(cost.ratio > MOST_CALLS
        ? [`${name}: ${cost.ratio.toFixed(2)} times the fewest calls, goal ${MOST_CALLS}`]
        : []),
      ...(share < LEAST_WINDOW ? [`${name}: ${share.toFixed(2)} of the rate window used, goal ${LEAST_WINDOW}`] : []),
      ...(cost.refused > 0 ? [`${name}: ${cost.refused} calls refused with 429, goal 0`] : []),
    ];
  });
}

/** Ten times the partnerships may hold twelve times the memory: nothing in a run grows faster than its tables. */
function growth(costs: readonly Cost[]): readonly string[] {
  return costs.flatMap((cost) => {
    const smaller = costs.find(
      ({ tool, run, partnerships }) =>
        tool === cost.tool && run === cost.run && partnerships * 10 === cost.partnerships,
    );
    if (smaller === undefined || smaller.partnerships < SMALLEST_COMPARED) return [];
    const [held, allowed] = [cost.heap / smaller.heap, 10 * MOST_GROWTH];
    if (held <= allowed) return [];
    return [
      `${cost.tool} ${nameOf(cost)}: holds ${held.toFixed(1)} times what ${smaller.partnerships} hold, goal ${allowed}`,
    ];
  });
}
