import { describe, expect, it } from 'vitest';
import { TandemError } from '../../src/errors.js';
import { decide, type JobResult, type JobSurroundings, type Reconcile } from '../../src/queue/verdict.js';

const never = new AbortController().signal;
const context = { progress: () => undefined, attempt: 1 };
const payload = { workspace: 'hanbit' };

type Signals = Partial<Pick<JobSurroundings, 'closing' | 'stopping' | 'abandoned'>>;

function surroundings(reconcile: Reconcile, signals: Signals = {}): JobSurroundings {
  return { workspaces: new Set(['hanbit']), reconcile, closing: never, stopping: never, abandoned: never, ...signals };
}

const fails = (thrown: unknown): Reconcile => {
  return async () => {
    throw thrown;
  };
};

describe('what becomes of a job', () => {
  it.each([
    { run: 'network trouble', thrown: new TandemError('network', 'x'), verdict: { kind: 'retry' } },
    { run: 'a lost lease', thrown: new TandemError('lease-lost', 'x'), verdict: { kind: 'retry' } },
    { run: 'an unreachable Redis', thrown: new TandemError('redis-unavailable', 'x'), verdict: { kind: 'retry' } },
    { run: 'a defect', thrown: new TypeError('x'), verdict: { kind: 'retry', error: { code: 'internal' } } },
    { run: 'a held lease', thrown: new TandemError('lease-held', 'x'), verdict: { kind: 'later', inMs: 5000 } },
    {
      run: 'a limit that says how long',
      thrown: new TandemError('rate-limited', 'x', { waitMs: 42_000 }),
      verdict: { kind: 'later', inMs: 42_000 },
    },
    {
      run: 'a limit that says it in the answer',
      thrown: new TandemError('rate-limited', 'x', { retryAfterMs: 7000 }),
      verdict: { kind: 'later', inMs: 7000 },
    },
    { run: 'a revoked token', thrown: new TandemError('auth-invalid-token', 'x'), verdict: { kind: 'give-up' } },
    { run: 'a stopped guard', thrown: new TandemError('guard-stopped', 'x'), verdict: { kind: 'give-up' } },
  ])('after $run', async ({ thrown, verdict }) => {
    expect(await decide(payload, surroundings(fails(thrown)), context)).toMatchObject(verdict);
  });

  it('after a run that ended well is its result', async () => {
    expect(
      await decide(
        payload,
        surroundings(async () => ({ updated: 3 })),
        context,
      ),
    ).toEqual({
      kind: 'done',
      result: { updated: 3 },
    });
  });

  it.each([
    { carries: 'nothing', data: undefined },
    { carries: 'null', data: null },
    { carries: 'a text', data: 'hanbit' },
    { carries: 'a record beside the workspace', data: { workspace: 'hanbit', page: 'p1' } },
    { carries: 'an id that is none', data: { workspace: 'a:b' } },
    { carries: 'an empty id', data: { workspace: '' } },
  ])('that carries $carries is an end without a run', async ({ data }) => {
    const runs: string[] = [];
    const verdict = await decide(
      data,
      surroundings(async (workspace) => ({ runs: runs.push(workspace) })),
      context,
    );
    expect(verdict).toMatchObject({ kind: 'give-up' });
    expect(runs).toEqual([]);
  });

  it('of a workspace this process does not know is to wait for one that does', async () => {
    const verdict = await decide(
      { workspace: 'other' },
      surroundings(async () => ({})),
      context,
    );
    expect(verdict).toEqual({ kind: 'later', inMs: 5000, why: 'unknown-workspace' });
  });
});

describe('a job of a process that must end', () => {
  it('is put back at once when its run has not begun', async () => {
    const runs: string[] = [];
    const run: Reconcile = async (workspace) => ({ runs: runs.push(workspace) });
    const verdict = await decide(payload, surroundings(run, { closing: AbortSignal.abort() }), context);
    expect(verdict).toEqual({ kind: 'later', inMs: 0, why: 'stopping' });
    expect(runs).toEqual([]);
  });

  it.each([
    { end: 'stops', finish: () => Promise.reject(new TandemError('aborted', 'stopped')) },
    { end: 'fails for good', finish: () => Promise.reject(new TandemError('auth-forbidden', 'no')) },
    { end: 'ends half done', finish: (): Promise<JobResult> => Promise.resolve({ updated: 1 }) },
  ])('is put back when its run $end', async ({ finish }) => {
    const stopping = new AbortController();
    const run: Reconcile = (_workspace, { signal }) =>
      new Promise((resolve, reject) => {
        signal.addEventListener('abort', () => finish().then(resolve, reject));
      });
    const verdict = decide(payload, surroundings(run, { stopping: stopping.signal }), context);
    stopping.abort();
    expect(await verdict).toEqual({ kind: 'later', inMs: 0, why: 'stopping' });
  });

  it('is put back when its run does not stop at all', async () => {
    const [stopping, abandoned] = [new AbortController(), new AbortController()];
    const run: Reconcile = () => new Promise(() => undefined);
    const signals = { stopping: stopping.signal, abandoned: abandoned.signal };
    const verdict = decide(payload, surroundings(run, signals), context);
    stopping.abort();
    abandoned.abort();
    expect(await verdict).toEqual({ kind: 'later', inMs: 0, why: 'stopping' });
  });
});
