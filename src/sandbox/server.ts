/**
 * The shell around both tools: every request is counted, shown to the interceptor, served and logged, in process
 * or through a socket. The shell knows no wire format; a token never gets into the log.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Fault, SandboxContext } from './context.js';

export type Tool = 'notion' | 'airtable';

/** Serves one request of a tool. */
export type Serve = (request: Request) => Response | Promise<Response>;

/** What the other end gets: an answer, or a connection that closes without one. */
export type Exchange = { readonly kind: 'answer'; readonly response: Response } | { readonly kind: 'dropped' };

export type Shell = (request: Request) => Promise<Exchange>;

export interface ShellOptions {
  readonly context: SandboxContext;
  readonly tools: Readonly<Partial<Record<Tool, Serve>>>;
  /** The text at `/`. */
  readonly welcome: (origin: string) => string;
}

/** The log's status of a request that got no answer. */
export const NO_ANSWER = 0;

const LARGEST_BODY = 20_000_000;

const READS_BY_POST = /\/(query|search|listRecords)$/;

/** Whether a request could change data. Queries and searches are reads although they are sent by POST. */
export const isWrite = (method: string, path: string): boolean =>
  method !== 'GET' && method !== 'HEAD' && !(method === 'POST' && READS_BY_POST.test(path));

/** Routes requests by path: /v1 is Notion, /v0 is Airtable, the rest is the sandbox itself. */
export function createShell({ context, tools, welcome }: ShellOptions): Shell {
  const counts: Record<Tool, number> = { notion: 0, airtable: 0 };
  return async (request) => {
    const url = new URL(request.url);
    const tool = toolOf(url.pathname);
    const serve = tool && tools[tool];
    if (tool === undefined || serve === undefined) return answer(ownPage(context, url, request.method, welcome));
    counts[tool] += 1;
    return exchange(context, tool, counts[tool], serve, request);
  };
}

const answer = (response: Response): Exchange => ({ kind: 'answer', response });

function toolOf(path: string): Tool | undefined {
  if (path.startsWith('/v1/')) return 'notion';
  return path.startsWith('/v0/') ? 'airtable' : undefined;
}

function ownPage(context: SandboxContext, url: URL, method: string, welcome: ShellOptions['welcome']): Response {
  if (method === 'GET' && url.pathname === '/_sandbox/log') {
    return Response.json({ requests: context.requests, changes: context.changes });
  }
  if (method === 'GET' && url.pathname === '/') return new Response(welcome(url.origin));
  return new Response('Nothing is here. See /\n', { status: 404 });
}

async function exchange(
  context: SandboxContext,
  tool: Tool,
  n: number,
  serve: Serve,
  request: Request,
): Promise<Exchange> {
  const { method, headers } = request;
  const { pathname, search } = new URL(request.url);
  const at = context.now();
  const text = method === 'GET' || method === 'HEAD' ? undefined : await request.text();
  const seen = { tool, method, path: pathname + search, body: parsed(text), write: isWrite(method, pathname) };
  const fault = await context.interceptor?.({ n, ...seen });
  const result = await suffer(fault, async () =>
    serve(new Request(request.url, { method, headers, ...(text === undefined ? {} : { body: text }) })),
  );
  if (result.kind === 'answer') dated(result.response, context.now());
  const status = result.kind === 'answer' ? result.response.status : NO_ANSWER;
  context.requests.push({ at, ...seen, status });
  return result;
}

/** Answers carry the sandbox's own time, unless a fault names another. */
function dated(response: Response, now: number): void {
  if (!response.headers.has('date')) response.headers.set('date', new Date(now).toUTCString());
}

async function suffer(fault: Fault | undefined, serve: () => Promise<Response>): Promise<Exchange> {
  if (fault === undefined) return answer(await serve());
  if (fault.kind === 'apply-then-drop' || fault.kind === 'apply-then-answer') await serve();
  return fault.kind === 'drop' || fault.kind === 'apply-then-drop' ? { kind: 'dropped' } : answer(scripted(fault));
}

/** A text body is sent as it is, so that a fault can be HTML or broken JSON; anything else as JSON. */
function scripted(fault: Extract<Fault, { readonly status: number }>): Response {
  const isText = typeof fault.body === 'string';
  const headers = { 'content-type': isText ? 'text/html; charset=utf-8' : 'application/json', ...fault.headers };
  return new Response(isText ? String(fault.body) : JSON.stringify(fault.body), { status: fault.status, headers });
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

/** Listens on a loopback port (0: any free one). */
export async function listen(shell: Shell, port: number): Promise<{ readonly url: string; close(): Promise<void> }> {
  const server = createServer((incoming, outgoing) => {
    handle(shell, incoming, outgoing).catch((error: unknown) => outgoing.destroy(asError(error)));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return { url: `http://127.0.0.1:${portOf(server)}`, close: () => close(server) };
}

const asError = (thrown: unknown): Error => (thrown instanceof Error ? thrown : new Error(String(thrown)));

function portOf(server: Server): number {
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === 'string') throw new Error('the sandbox listens on no port');
  return address.port;
}

const close = (server: Server): Promise<void> =>
  new Promise((resolve, reject) => {
    server.close((error) => (error === undefined ? resolve() : reject(error)));
    server.closeAllConnections();
  });

async function handle(shell: Shell, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const body = await readBody(incoming);
  if (body === undefined) {
    outgoing.writeHead(413, { connection: 'close' }).end();
    return;
  }
  const result = await shell(requestOf(incoming, body));
  if (result.kind === 'dropped') {
    incoming.socket.destroy();
    return;
  }
  const { response } = result;
  outgoing.writeHead(response.status, Object.fromEntries(response.headers));
  outgoing.end(Buffer.from(await response.arrayBuffer()));
}

/** The body, or undefined when it is larger than any tool could take. */
async function readBody(incoming: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > LARGEST_BODY) return undefined;
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}

function requestOf(incoming: IncomingMessage, body: Buffer): Request {
  const { method = 'GET', url = '/' } = incoming;
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headersDistinct)) {
    for (const item of value ?? []) headers.append(name, item);
  }
  const origin = `http://${incoming.headers.host ?? '127.0.0.1'}`;
  const bare = method === 'GET' || method === 'HEAD';
  return new Request(
    new URL(url, origin),
    bare ? { method, headers } : { method, headers, body: body.toString('utf8') },
  );
}
