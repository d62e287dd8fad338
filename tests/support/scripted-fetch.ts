/**
 * A fetch that follows a script: every request must be the next one expected, and every step must be used.
 * It knows nothing of the code under test.
 */
import { expect } from 'vitest';

export interface Exchanged {
  readonly method: string;
  /** Path with query. */
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body: unknown;
  readonly at: number;
}

export interface Step {
  /** "GET /v1/users/me": method and path, query left out unless it is given here. Any request when absent. */
  readonly expect?: string;
  /** Properties the JSON body must have. */
  readonly body?: Record<string, unknown>;
  /** Answer, failure, or `hang`: no answer until the request is aborted. */
  readonly answer?: unknown;
  readonly status?: number;
  readonly headers?: Record<string, string>;
  readonly fail?: Error;
  readonly hang?: boolean;
  /** Runs when the request arrives, before it is answered. */
  readonly before?: () => void;
}

export interface ScriptedFetch {
  readonly fetch: typeof fetch;
  readonly seen: readonly Exchanged[];
  /** Fails unless every step was used and nothing unexpected was asked. */
  done(): void;
}

export function scriptFetch(steps: readonly Step[], now: () => number = Date.now): ScriptedFetch {
  const waiting = [...steps];
  const seen: Exchanged[] = [];
  const surprises: string[] = [];

  const scripted: typeof fetch = async (input, init) => {
    const url = new URL(String(input));
    const path = url.pathname + url.search;
    const body: unknown = typeof init?.body === 'string' ? JSON.parse(init.body) : undefined;
    const method = init?.method ?? 'GET';
    seen.push({ method, path, headers: Object.fromEntries(new Headers(init?.headers)), body, at: now() });
    const step = waiting[0];
    if (step === undefined || !matches(step, method, url, body)) {
      surprises.push(`${method} ${path} ${JSON.stringify(body)}`);
      throw new Error(`not in the script: ${method} ${path}`);
    }
    waiting.shift();
    step.before?.();
    return play(step, init?.signal ?? undefined);
  };

  return {
    fetch: scripted,
    seen,
    done: () => expect({ surprises, unused: waiting }).toEqual({ surprises: [], unused: [] }),
  };
}

function matches(step: Step, method: string, url: URL, body: unknown): boolean {
  if (step.expect !== undefined) {
    const asked = step.expect.includes('?') ? `${method} ${url.pathname}${url.search}` : `${method} ${url.pathname}`;
    if (asked !== step.expect) return false;
  }
  if (step.body === undefined) return true;
  const given = body as Record<string, unknown> | undefined;
  return Object.entries(step.body).every(([key, value]) => JSON.stringify(given?.[key]) === JSON.stringify(value));
}

async function play(step: Step, signal: AbortSignal | undefined): Promise<Response> {
  if (step.fail !== undefined) throw step.fail;
  if (step.hang !== true) signal?.throwIfAborted();
  if (step.hang === true) {
    return new Promise((_, reject) => {
      if (signal?.aborted === true) reject(signal.reason);
      signal?.addEventListener('abort', () => reject(signal.reason));
    });
  }
  const text = typeof step.answer === 'string' ? step.answer : JSON.stringify(step.answer ?? {});
  return new Response(text, { status: step.status ?? 200, headers: step.headers ?? {} });
}
