/**
 * The shell around both tools: every request is counted, met by the interceptor and the fault script, served and
 * logged, in process or through a socket. The shell knows no wire format; a token never gets into the log.
 */
import type { SandboxClock } from './clock.js';
import type { Fault, SandboxContext, SeenRequest, StandIn } from './context.js';
import type { FaultEngine } from './faults/engine.js';
import { operationOf, type Tool } from './operations.js';

export type { Tool } from './operations.js';

/** Serves one request of a tool. */
export type Serve = (request: Request) => Response | Promise<Response>;

/** What the other end gets: an answer, or a connection that closes without one. */
export type Exchange = { readonly kind: 'answer'; readonly response: Response } | { readonly kind: 'dropped' };

export type Shell = (request: Request) => Promise<Exchange>;

export interface ShellOptions {
  readonly context: SandboxContext;
  readonly clock: SandboxClock;
  readonly tools: Readonly<Partial<Record<Tool, Serve>>>;
  /** The running fault script. */
  readonly faults: FaultEngine['meet'];
  /** Takes work that is done after the answer, so that somebody can wait for it. */
  readonly later: (ms: number, work: () => unknown) => void;
  /** Everything that is no address of a tool. */
  readonly ownPages: Serve;
}

/** The log's status of a request that got no answer. */
export const NO_ANSWER = 0;

const READS_BY_POST = /\/(query|search|listRecords)$/;

/** Whether a request could change data. Queries and searches are reads although they are sent by POST. */
export const isWrite = (method: string, path: string): boolean =>
  method !== 'GET' && method !== 'HEAD' && !(method === 'POST' && READS_BY_POST.test(path));

/** Routes requests by path: /v1 is Notion, /v0 is Airtable, the rest is the sandbox itself. */
export function createShell(options: ShellOptions): Shell {
  const counts: Record<Tool, number> = { notion: 0, airtable: 0 };
  return async (request) => {
    const tool = toolOf(new URL(request.url).pathname);
    const serve = tool && options.tools[tool];
    if (tool === undefined || serve === undefined) return answer(await options.ownPages(request));
    counts[tool] += 1;
    return exchange(options, tool, counts[tool], serve, request);
  };
}

const answer = (response: Response): Exchange => ({ kind: 'answer', response });

function toolOf(path: string): Tool | undefined {
  if (path.startsWith('/v1/')) return 'notion';
  return path.startsWith('/v0/') ? 'airtable' : undefined;
}

async function exchange(
  options: ShellOptions,
  tool: Tool,
  n: number,
  serve: Serve,
  request: Request,
): Promise<Exchange> {
  const { context } = options;
  const { method, headers } = request;
  const { pathname, search } = new URL(request.url);
  const at = context.now();
  const text = method === 'GET' || method === 'HEAD' ? undefined : await request.text();
  const operation = operationOf(method, pathname)?.name;
  const seen = {
    tool,
    ...(operation === undefined ? {} : { operation }),
    method,
    path: pathname + search,
    body: parsed(text),
    write: isWrite(method, pathname),
  };
  const { fault, fired } = await troubleOf(options, { n, ...seen });
  const result = await suffer(fault, options, async () =>
    serve(text === undefined ? request : new Request(request.url, { method, headers, body: text })),
  );
  if (result.kind === 'answer') dated(result.response, context.now());
  const status = result.kind === 'answer' ? result.response.status : NO_ANSWER;
  context.requests.push({ at, ...seen, status, ...(fired.length === 0 ? {} : { faults: fired }) });
  return result;
}

/** The interceptor speaks first; the script is asked in any case, so that its counts go on. */
async function troubleOf({ context, faults }: ShellOptions, seen: SeenRequest) {
  const own = await context.interceptor?.(seen);
  const scripted = faults(seen);
  if (own === undefined) return scripted;
  return { fault: own, fired: [own.kind, ...scripted.fired] };
}

/** Answers carry the sandbox's own time, unless a fault names another. */
function dated(response: Response, now: number): void {
  if (!response.headers.has('date')) response.headers.set('date', new Date(now).toUTCString());
}

async function suffer(
  fault: Fault | undefined,
  { clock, later }: ShellOptions,
  serve: () => Promise<Response>,
): Promise<Exchange> {
  switch (fault?.kind) {
    case undefined:
      return answer(await serve());
    case 'answer':
      return answer(standIn(fault));
    case 'drop':
      return { kind: 'dropped' };
    case 'apply-then-drop':
      await serve();
      return { kind: 'dropped' };
    case 'apply-then-answer':
      await serve();
      return answer(standIn(fault));
    case 'alter':
      return answer(await fault.alter(await serve()));
    case 'slow': {
      if (fault.waits === 'before') await clock.sleep(fault.ms);
      const response = await serve();
      if (fault.waits === 'after') await clock.sleep(fault.ms);
      return answer(response);
    }
    case 'late':
      later(fault.ms, serve);
      return fault.answer === 'drop' ? { kind: 'dropped' } : answer(standIn(fault.answer));
  }
}

/** A text body is sent as it is, so that a fault can be HTML or broken JSON; anything else as JSON. */
function standIn({ status, headers: own, body }: StandIn): Response {
  const isText = typeof body === 'string';
  const headers = { 'content-type': isText ? 'text/html; charset=utf-8' : 'application/json', ...own };
  return new Response(isText ? String(body) : JSON.stringify(body), { status, headers });
}

/** A body as the log shows it: JSON where it is JSON, else the text. */
function parsed(text: string | undefined): unknown {
  if (text === undefined || text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
