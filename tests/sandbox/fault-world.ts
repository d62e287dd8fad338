/** Two tools under one fault script and one clock that is moved by hand, called in process. */
import type { Interceptor } from '../../src/sandbox/context.js';
import type { FaultScriptInput } from '../../src/sandbox/faults/script.js';
import { createHandClock, createSandbox } from '../../src/sandbox/index.js';
import { TOKEN as AIRTABLE_TOKEN, workspace as airtable, BASE, DEALS, deal } from './airtable-world.js';
import { NEWEST, workspace as notion, PARTNERS, partner, TOKEN } from './notion-world.js';

export const START = Date.parse('2026-11-02T03:00:00.000Z');

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The text as JSON; undefined when it is not. */
  readonly json: unknown;
}

/** What a caller gets: an answer, or a connection that closed. */
export type Outcome = Answer | 'dropped';

export function openFaults(faults: FaultScriptInput, interceptor?: Interceptor) {
  const clock = createHandClock({ start: START, runs: false });
  const sandbox = createSandbox(
    { notion: notion(), airtable: airtable() },
    { clock, faults, enforceRates: false, ...(interceptor && { interceptor }) },
  );
  const send = async (method: string, path: string, body?: unknown): Promise<Outcome> => {
    const token = path.startsWith('/v1/') ? TOKEN : AIRTABLE_TOKEN;
    const headers = { authorization: `Bearer ${token}`, 'notion-version': NEWEST };
    const init = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
    const response = await sandbox.fetch(`http://sandbox${path}`, init).catch((thrown: unknown) => {
      if (thrown instanceof TypeError && thrown.message === 'fetch failed') return undefined;
      throw thrown;
    });
    if (response === undefined) return 'dropped';
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, json: jsonOf(text) };
  };
  const notionTool = sandbox.notion!;
  const airtableTool = sandbox.airtable!;
  return {
    clock,
    sandbox,
    send,
    notion: notionTool,
    airtable: airtableTool,
    /** Gives a partner a code. */
    patch: (code: string, n = 1) => send('PATCH', `/v1/pages/${partner(n)}`, codeOf(code)),
    create: (code: string) =>
      send('POST', '/v1/pages', { parent: { type: 'data_source_id', data_source_id: PARTNERS }, ...codeOf(code) }),
    query: () => send('POST', `/v1/data_sources/${PARTNERS}/query`, {}),
    me: () => send('GET', '/v1/users/me'),
    code: (n = 1) => notionTool.pages(PARTNERS).find(({ id }) => id === partner(n))?.values.Code,
    codes: () => notionTool.pages(PARTNERS).map(({ values }) => values.Code),
    /** Gives a deal a title. */
    retitle: (text: string, n = 1) =>
      send('PATCH', `/v0/${BASE}/${DEALS}`, { records: [{ id: deal(n), fields: { Title: text } }] }),
    list: () => send('GET', `/v0/${BASE}/${DEALS}`),
    title: (n = 1) => airtableTool.records(BASE, DEALS).find(({ id }) => id === deal(n))?.fields.Title,
  };
}

const codeOf = (code: string) => ({ properties: { Code: { rich_text: [{ text: { content: code } }] } } });

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export const statusOf = (outcome: Outcome): number => (outcome === 'dropped' ? 0 : outcome.status);

/** Fails for a connection that closed. */
export function answered(outcome: Outcome): Answer {
  if (outcome === 'dropped') throw new Error('the connection was closed');
  return outcome;
}
