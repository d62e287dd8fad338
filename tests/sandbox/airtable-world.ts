/** A small Airtable workspace served over HTTP on the loopback address, and the clients the cases drive it with. */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import Airtable from 'airtable';
import { onTestFinished } from 'vitest';
import { type AirtableOptions, type AirtableSandbox, createAirtable } from '../../src/sandbox/airtable/index.js';
import type { SandboxContext } from '../../src/sandbox/context.js';
import { AirtableWorkspace } from '../../src/sandbox/workspace.js';

export const TOKEN = 'patSandbox.airtable';
export const BASE = 'appPartners000000';
export const PARTNERS = 'tblPartners000001';
export const DEALS = 'tblDeals000000001';
export const OTHER_BASE = 'appOther000000001';
export const START = Date.parse('2026-11-02T03:00:00.400Z');

export const rec = (n: number): string => `recRow${String(n).padStart(11, '0')}`;
export const deal = (n: number): string => `recDeal${String(n).padStart(10, '0')}`;
export const FIELD = {
  name: 'fldName0000000001',
  tier: 'fldTier0000000001',
  deals: 'fldDeals000000001',
  title: 'fldTitle000000001',
  partner: 'fldPartner0000001',
  value: 'fldValue000000001',
} as const;

export const KIM = { id: 'usrKim00000000001', email: 'kim@example.com', name: 'Kim' };
export const LEE = { id: 'usrLee00000000001', email: 'lee@example.com', name: 'Lee' };

let issued = 0;
const field = (name: string, type: string, options?: Record<string, unknown>, id?: string) => {
  issued += 1;
  const made = id ?? `fldF${String(issued).padStart(13, '0')}`;
  return { id: made, name, type, ...(options === undefined ? {} : { options }) };
};
const choices = (...names: string[]) => ({ choices: names.map((name) => ({ name })) });

const partnerFields = () => [
  field('Name', 'singleLineText', undefined, FIELD.name),
  field('Tier', 'singleSelect', choices('strategic', 'core', 'basic'), FIELD.tier),
  field('Tags', 'multipleSelects', choices('fast', 'loyal')),
  field('Score', 'number', { precision: 1 }),
  field('Share', 'percent', { precision: 0 }),
  field('Fee', 'currency', { precision: 2, symbol: '€' }),
  field('Stars', 'rating', { max: 5 }),
  field('Took', 'duration', { durationFormat: 'h:mm' }),
  field('Active', 'checkbox'),
  field('Since', 'date', { dateFormat: { name: 'iso' } }),
  field('Met', 'dateTime', { timeZone: 'Asia/Seoul' }),
  field('Owner', 'singleCollaborator'),
  field('Team', 'multipleCollaborators'),
  field('Notes', 'multilineText'),
  field('Brace}d', 'singleLineText'),
  field('Health', 'formula', { isValid: true }),
  field('Deals', 'multipleRecordLinks', { linkedTableId: DEALS, inverseLinkFieldId: FIELD.partner }, FIELD.deals),
  field('Deal count', 'count', { recordLinkFieldId: FIELD.deals }),
  field('Deal values', 'multipleLookupValues', { recordLinkFieldId: FIELD.deals, fieldIdInLinkedTable: FIELD.value }),
  field('No', 'autoNumber'),
  field('Born', 'createdTime', { result: { type: 'dateTime' } }),
  field('Edited', 'lastModifiedTime', { result: { type: 'dateTime' }, referencedFieldIds: [] }),
  field('Tier edited', 'lastModifiedTime', { result: { type: 'date' }, referencedFieldIds: [FIELD.tier] }),
  field('Strange', 'quantumState'),
];

const dealFields = () => [
  field('Title', 'singleLineText', undefined, FIELD.title),
  field('Partner', 'multipleRecordLinks', { linkedTableId: PARTNERS, inverseLinkFieldId: FIELD.deals }, FIELD.partner),
  field('Value', 'number', { precision: 0 }, FIELD.value),
  field('Partner tier', 'multipleLookupValues', {
    recordLinkFieldId: FIELD.partner,
    fieldIdInLinkedTable: FIELD.tier,
  }),
];

const created = '2026-01-05T09:00:00.000Z';

const partnerRecords = () => [
  {
    id: rec(1),
    createdTime: created,
    fields: {
      Name: 'Hanbit',
      Tier: 'core',
      Tags: ['fast', 'loyal'],
      Score: 0,
      Share: 0.5,
      Active: true,
      Since: '2026-03-01',
      Met: '2026-10-30T01:30:00.000Z',
      Owner: KIM,
      Health: { specialValue: 'NaN' },
      No: 1,
    },
  },
  {
    id: rec(2),
    createdTime: created,
    fields: { Name: 'O\'Neil & "Sons"', Tier: 'strategic', Score: 7.5, Health: { error: '#ERROR!' }, No: 2 },
  },
  { id: rec(3), createdTime: created, fields: { Name: 'Saebom', Score: -2, Active: false, Notes: '', No: 3 } },
];

const dealRecords = () => [
  { id: deal(1), createdTime: created, fields: { Title: 'Alpha', Partner: [rec(1)], Value: 10 } },
  { id: deal(2), createdTime: created, fields: { Title: 'Beta', Partner: [rec(1)] } },
  { id: deal(3), createdTime: created, fields: { Title: 'Gamma' } },
];

export function workspace(morePartners = 0): AirtableWorkspace {
  const more = Array.from({ length: morePartners }, (_, index) => ({
    id: rec(index + 4),
    createdTime: created,
    fields: { Name: `Partner ${index + 4}`, Score: index, No: index + 4 },
  }));
  const table = (id: string, name: string, primaryFieldId: string, fields: unknown, records: unknown) => ({
    id,
    name,
    primaryFieldId,
    fields,
    records,
  });
  return AirtableWorkspace.parse({
    token: TOKEN,
    user: { id: 'usrBot00000000001', email: 'bot@example.com', name: 'Bot' },
    collaborators: [KIM, LEE],
    bases: [
      {
        id: BASE,
        name: 'Alliance',
        tables: [
          table(PARTNERS, 'Partners / 파트너', FIELD.name, partnerFields(), [...partnerRecords(), ...more]),
          table(DEALS, 'Deals', FIELD.title, dealFields(), dealRecords()),
        ],
      },
      { id: OTHER_BASE, name: 'Other', tables: [] },
    ],
  });
}

export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

export interface World {
  readonly airtable: AirtableSandbox;
  readonly context: SandboxContext;
  /** Moves the clock the service reads. */
  readonly advance: (ms: number) => void;
  readonly origin: string;
  /** A raw request with the token; `path` begins after /v0. A string body is sent as it is. */
  readonly call: (method: string, path: string, body?: unknown, token?: string | null) => Promise<Answer>;
  /** The official client. */
  readonly base: Airtable.Base;
}

/** Serves a workspace until the test ends. Rates are off unless asked for. */
export async function startWorld(
  options: AirtableOptions & { readonly more?: number; readonly rates?: boolean } = {},
): Promise<World> {
  let now = START;
  const { more, rates, ...rest } = options;
  const context: SandboxContext = {
    now: () => now,
    requests: [],
    changes: [],
    enforceRates: rates ?? false,
    interceptor: undefined,
  };
  const airtable = createAirtable(workspace(more), context, rest);
  const server = serve({
    fetch: airtable.app.fetch,
    hostname: '127.0.0.1',
    port: 0,
    serverOptions: { maxHeaderSize: 64 * 1024 },
  });
  if (!server.listening) await once(server, 'listening');
  onTestFinished(() => {
    server.close();
  });
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const call = async (method: string, path: string, body?: unknown, token: string | null = TOKEN): Promise<Answer> => {
    const response = await fetch(`${origin}/v0${path}`, {
      method,
      headers: {
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    return { status: response.status, body: await response.json() };
  };
  const base = new Airtable({ apiKey: TOKEN, endpointUrl: origin, noRetryIfRateLimited: true }).base(BASE);
  return {
    airtable,
    context,
    advance: (ms) => {
      now += ms;
    },
    origin,
    call,
    base,
  };
}

/** The envelope of a refusal. */
export const refused = (status: number, type: string, message?: string): Answer => ({
  status,
  body: { error: message === undefined ? { type } : { type, message } },
});
