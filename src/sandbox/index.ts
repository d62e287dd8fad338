/**
 * The sandbox: a local Notion and a local Airtable filled from one workspace file, in process for tests or on a
 * loopback port for people. One log, one audit, one clock and one place for faults serve both.
 */
import { type AirtableOptions, type AirtableSandbox, createAirtable } from './airtable/index.js';
import type { Interceptor, SandboxContext } from './context.js';
import { createNotion, type NotionLimits, type NotionSandbox } from './notion/index.js';
import { createShell, listen, type Shell } from './server.js';
import type { SandboxWorkspace } from './workspace.js';

export interface SandboxOptions {
  /** Milliseconds since the epoch; the machine's clock unless given. */
  readonly now?: () => number;
  /** Rate limits hold as in the real tools unless false. */
  readonly enforceRates?: boolean;
  readonly interceptor?: Interceptor;
  /** Rows one Notion query can reach; 10,000 unless given. */
  readonly queryCap?: number;
  /** Notion requests per token and minute; 180 unless given. */
  readonly requestsPerMinute?: number;
  readonly airtable?: AirtableOptions;
}

export interface Sandbox {
  readonly context: SandboxContext;
  readonly notion: NotionSandbox | undefined;
  readonly airtable: AirtableSandbox | undefined;
  /**
   * The sandbox without a socket: a `fetch` for any host, routed by path. A dropped connection rejects as the
   * real fetch does, with TypeError('fetch failed').
   */
  fetch(input: string | URL | Request, init?: RequestInit): Promise<Response>;
}

export interface RunningSandbox extends Sandbox {
  /** Base address, such as http://127.0.0.1:4010, without a slash at the end. */
  readonly url: string;
  close(): Promise<void>;
}

/** A sandbox in this process. RangeError for a workspace that contradicts itself. */
export function createSandbox(workspace: SandboxWorkspace, options: SandboxOptions = {}): Sandbox {
  return build(workspace, options).sandbox;
}

/** A sandbox on a loopback port (any free one unless given). */
export async function startSandbox(
  workspace: SandboxWorkspace,
  options: SandboxOptions & { readonly port?: number } = {},
): Promise<RunningSandbox> {
  const { sandbox, shell } = build(workspace, options);
  const { url, close } = await listen(shell, options.port ?? 0);
  return { ...sandbox, url, close };
}

function build(
  workspace: SandboxWorkspace,
  options: SandboxOptions,
): { readonly sandbox: Sandbox; readonly shell: Shell } {
  const context: SandboxContext = {
    now: options.now ?? Date.now,
    requests: [],
    changes: [],
    enforceRates: options.enforceRates ?? true,
    interceptor: options.interceptor,
  };
  const notion = workspace.notion && createNotion(workspace.notion, context, notionLimits(options));
  const airtable = workspace.airtable && createAirtable(workspace.airtable, context, options.airtable);
  const shell = createShell({
    context,
    tools: {
      ...(notion && { notion: (request: Request) => notion.app.fetch(request) }),
      ...(airtable && { airtable: (request: Request) => airtable.app.fetch(request) }),
    },
    welcome: (origin) => welcome(origin, workspace),
  });
  return { sandbox: { context, notion, airtable, fetch: fetchOf(shell) }, shell };
}

const notionLimits = ({ queryCap, requestsPerMinute }: SandboxOptions): Partial<NotionLimits> => ({
  ...(queryCap === undefined ? {} : { queryCap }),
  ...(requestsPerMinute === undefined ? {} : { requestsPerMinute }),
});

function fetchOf(shell: Shell): Sandbox['fetch'] {
  return async (input, init) => {
    const request = new Request(input, init);
    const result = await abortable(shell(request), request.signal);
    if (result.kind === 'dropped') throw new TypeError('fetch failed');
    return result.response;
  };
}

/** Rejects as soon as the signal fires; what was sent is served all the same. */
function abortable<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    work.then(resolve, reject);
  });
}

function welcome(origin: string, workspace: SandboxWorkspace): string {
  const lines = ['The sandbox is running. Everything in it is forgotten when it stops.', ''];
  if (workspace.notion) lines.push(`Notion    base URL ${origin}  token in NOTION_TOKEN`);
  if (workspace.airtable) lines.push(`Airtable  base URL ${origin}  token in AIRTABLE_TOKEN`);
  lines.push('', `Requests and changes: ${origin}/_sandbox/log`, '');
  return lines.join('\n');
}
