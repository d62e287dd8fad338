/** What becomes of a reconcile job: one decision, made without knowing which queue it came from. */
import { asTandemError, TandemError } from '../errors.js';
import { JOBS } from './jobs.js';

/** How long a job waits for another run to end, or for a process that knows its workspace. */
export const WAIT_MS = 5000;

/** A few figures of a run, kept with the job. */
export type JobResult = Readonly<Record<string, string | number | boolean | null>>;

export interface RunContext {
  /** Aborted when this process must end: stop before the next write. */
  readonly signal: AbortSignal;
  /** Tells the stage a run is in and how far it is; cheap, may be called for every row. */
  readonly progress: (progress: { readonly stage: string; readonly done?: number; readonly total?: number }) => void;
  /** 1 for the first attempt. */
  readonly attempt: number;
}

/** Runs one workspace under its lease. Throws TandemError; its disposition says what becomes of the job. */
export type Reconcile = (workspace: string, context: RunContext) => Promise<JobResult>;

export type Verdict =
  | { readonly kind: 'done'; readonly result: JobResult }
  /** Failed, and an attempt is spent. */
  | { readonly kind: 'retry'; readonly error: TandemError }
  /** Not now, and no attempt is spent. */
  | { readonly kind: 'later'; readonly inMs: number; readonly why: TandemError | 'unknown-workspace' | 'stopping' }
  | { readonly kind: 'give-up'; readonly error: TandemError };

export interface JobSurroundings {
  readonly workspaces: ReadonlySet<string>;
  readonly reconcile: Reconcile;
  /** Aborted when no run may begin any more. */
  readonly closing: AbortSignal;
  /** Aborted when runs must stop. */
  readonly stopping: AbortSignal;
  /** Aborted when runs that have not stopped are no longer waited for. */
  readonly abandoned: AbortSignal;
}

/** Runs a job and decides. Never rejects. */
export async function decide(
  data: unknown,
  { workspaces, reconcile, closing, stopping, abandoned }: JobSurroundings,
  context: Omit<RunContext, 'signal'>,
): Promise<Verdict> {
  const payload = JOBS.reconcile.payload.safeParse(data);
  if (!payload.success) {
    const message = `A job that carries anything but the id of a workspace: ${payload.error.issues[0]?.message}`;
    return { kind: 'give-up', error: new TandemError('internal', message) };
  }
  // A worker that is being closed may still be handed a job it was already waiting for.
  if (closing.aborted) return { kind: 'later', inMs: 0, why: 'stopping' };
  const { workspace } = payload.data;
  if (!workspaces.has(workspace)) return { kind: 'later', inMs: WAIT_MS, why: 'unknown-workspace' };

  // Signals of the process outlive thousands of runs: each run gets one of its own, so that no listener stays behind.
  const run = reconcile(workspace, { ...context, signal: AbortSignal.any([stopping]) }).then(
    (result): Verdict => ({ kind: 'done', result }),
    (thrown: unknown) => verdictOn(asTandemError(thrown)),
  );
  const verdict = await unlessAborted(run, abandoned);
  // A run that was told to stop may have ended early in any way; another process repeats it from the start.
  if (stopping.aborted || verdict === undefined) return { kind: 'later', inMs: 0, why: 'stopping' };
  return verdict;
}

function verdictOn(error: TandemError): Verdict {
  switch (error.help.disposition) {
    case 'retry':
      return { kind: 'retry', error };
    case 'wait':
      return { kind: 'later', inMs: error.details.waitMs ?? error.details.retryAfterMs ?? WAIT_MS, why: error };
    case 'stop':
      return { kind: 'give-up', error };
  }
}

/** Undefined when the signal comes first. */
async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T | undefined> {
  if (signal.aborted) return undefined;
  let onAbort = () => {};
  const aborted = new Promise<undefined>((resolve) => {
    onAbort = () => resolve(undefined);
  });
  signal.addEventListener('abort', onAbort);
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
