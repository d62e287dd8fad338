/** Seeds spread over processes, one for each core: a seed shares nothing with any other. */
import { fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { Cut } from './cuts.js';

export interface Wanted {
  readonly from: number;
  readonly seeds: number;
  readonly cut?: Cut | undefined;
}

/** What a shard says of one seed. */
export const Told = z.object({
  seed: z.number(),
  violations: z.array(z.string()),
  happened: z.record(z.string(), z.number()),
});
type Told = z.infer<typeof Told>;

export interface Tally {
  readonly done: number;
  readonly failures: readonly Omit<Told, 'happened'>[];
  readonly happened: Readonly<Record<string, number>>;
}

/** Runs seeds `from` to `from + seeds - 1`. Rejects when a process ends before its seeds do. */
export async function runShards({ from, seeds, cut }: Wanted, onProgress: (so: Tally) => void): Promise<Tally> {
  const happened: Record<string, number> = {};
  const failures: Omit<Told, 'happened'>[] = [];
  let done = 0;
  const tally = (): Tally => ({
    done,
    failures: [...failures].sort((left, right) => left.seed - right.seed),
    happened,
  });
  const shards = Math.min(availableParallelism(), seeds);
  await Promise.all(
    Array.from({ length: shards }, (_, index) =>
      runShard([from + index, from + seeds, shards, cut ?? ''].map(String), ({ seed, violations, happened: own }) => {
        done += 1;
        if (violations.length > 0) failures.push({ seed, violations });
        for (const [what, times] of Object.entries(own)) happened[what] = (happened[what] ?? 0) + times;
        onProgress(tally());
      }),
    ),
  );
  return tally();
}

/** What a request leaves behind is gone before young memory of this size is looked through. */
const ROOMY = ['--max-semi-space-size=64'];

function runShard(args: readonly string[], onSeed: (told: Told) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const file = fileURLToPath(new URL('./shard.ts', import.meta.url));
    const child = fork(file, [...args], { execArgv: [...ROOMY, '--import', 'tsx'] });
    child.on('message', (message) => onSeed(Told.parse(message)));
    child.on('error', reject);
    child.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`a shard ended with ${code}`))));
  });
}
