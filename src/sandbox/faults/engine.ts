/**
 * Runs a fault script. For every request the rules are asked in the order of the file: all that fire do what they
 * do to the tables, and the first that has an answer of its own decides what the caller gets.
 */
import { z } from 'zod';
import type { Later } from '../agenda.js';
import type { Fault, SeenRequest } from '../context.js';
import { OPERATIONS, selectsOperation, type Tool } from '../operations.js';
import { seededRandom } from '../random.js';
import type { WebhookFault } from '../webhooks/courier.js';
import {
  committed,
  conflict,
  cursorExpired,
  overloaded,
  proxyPage,
  rateLimited,
  serverError,
  timeout,
} from './answers.js';
import { cursorOf } from './cursors.js';
import type { Grip } from './grip.js';
import { hurt, isHurt } from './hurts.js';
import type { FaultRule, FaultScript, ScriptedFault } from './script.js';

export type Grips = Readonly<Partial<Record<Tool, Grip>>>;

/** What meets one request. */
export interface Trouble {
  readonly fault: Fault | undefined;
  /** Kinds of what fired, in order. */
  readonly fired: readonly string[];
}

export interface FaultEngine {
  meet(request: SeenRequest): Trouble;
  /** What becomes of the next webhook. */
  fate(): WebhookFault | undefined;
  /** Gives back at once what the script has taken for a time: access, and names of columns. */
  giveBack(): void;
}

/** A running script: it counts requests and firings of each rule, and draws its chances from the seed. */
export function createFaults(script: FaultScript, grips: Grips, later: Later): FaultEngine {
  const taken = new Set<() => void>();
  const lend = (giveBack: () => void, seconds: number | undefined): void => {
    taken.add(giveBack);
    if (seconds !== undefined) later(seconds * 1000, () => taken.delete(giveBack) && giveBack());
  };
  const rules = script.rules.map((rule, index) => {
    const random = seededRandom(`${script.seed}:${index}`);
    return { rule, due: dueBy(rule, random), random };
  });
  const meet = (request: SeenRequest): Trouble => {
    let answer: Fault | undefined;
    const fired: string[] = [];
    for (const [index, { rule, due, random }] of rules.entries()) {
      const grip = grips[request.tool];
      if (grip === undefined || !concerns(rule, request, grip) || !due.comes()) continue;
      const { fault } = rule;
      if (isHurt(fault)) {
        const done = attempt(() => hurt(fault, { request, grip, random, lend }));
        if (done instanceof Error) return broken(index, done);
        if (!done) continue;
      } else {
        const own = answer === undefined ? answerFor(fault, request) : undefined;
        if (own === undefined) continue;
        answer = own;
      }
      due.fired();
      fired.push(fault.kind);
    }
    return { fault: answer, fired };
  };
  return {
    meet,
    fate: fatesOf(script),
    giveBack: () => {
      for (const giveBack of [...taken].reverse()) giveBack();
      taken.clear();
    },
  };
}

/** One draw for each webhook. */
function fatesOf({ seed, webhooks }: FaultScript): FaultEngine['fate'] {
  if (webhooks === undefined) return () => undefined;
  const random = seededRandom(`${seed}:webhooks`);
  const { lost, doubled, late, lateBy } = webhooks;
  return () => {
    const draw = random();
    if (draw < lost) return { kind: 'lost' };
    if (draw < lost + doubled) return { kind: 'doubled' };
    return draw < lost + doubled + late ? { kind: 'late', ms: lateBy * 1000 } : undefined;
  };
}

/** A rule that cannot be carried out says so to whoever comes first: it is a mistake in the script, not a fault. */
const broken = (index: number, { message }: Error): Trouble => ({
  fault: { kind: 'answer', status: 500, body: `The fault script is broken, rules[${index}]: ${message}\n` },
  fired: ['broken-rule'],
});

function attempt<T>(work: () => T): T | Error {
  try {
    return work();
  } catch (thrown) {
    return thrown instanceof Error ? thrown : new Error(String(thrown));
  }
}

function concerns(rule: FaultRule, request: SeenRequest, grip: Grip): boolean {
  const operation = OPERATIONS.find(({ name }) => name === request.operation);
  if (operation === undefined || !rule.on.some((selector) => selectsOperation(selector, operation))) return false;
  return rule.table === undefined || grip.tableOf(request) === grip.table(rule.table);
}

/** When a rule's turn has come, by the count of the requests it concerns and of its own firings. */
function dueBy({ nth, every, chance, times }: FaultRule, random: () => number) {
  let seen = 0;
  let firings = 0;
  return {
    comes(): boolean {
      seen += 1;
      const lucky = chance === undefined || random() < chance;
      if (firings >= (times ?? Number.POSITIVE_INFINITY)) return false;
      return lucky && (nth === undefined || nth.includes(seen)) && (every === undefined || seen % every === 0);
    },
    fired(): void {
      firings += 1;
    },
  };
}

type Answering = Exclude<ScriptedFault, Parameters<typeof hurt>[0]>;

/** The fault as the shell carries it out; undefined when this tool cannot fail in this way. */
function answerFor(fault: Answering, request: SeenRequest): Fault | undefined {
  const { tool } = request;
  switch (fault.kind) {
    case 'drop':
    case 'apply-then-drop':
      return fault;
    case 'server-error':
      return { kind: 'answer', ...serverError(tool, fault.status) };
    case 'apply-then-server-error':
      return { kind: 'apply-then-answer', ...serverError(tool, fault.status) };
    case 'committed':
      return tool === 'notion' && request.write ? { kind: 'alter', alter: (real) => saved(request, real) } : undefined;
    case 'rate-limited':
      return answered(rateLimited(tool, fault));
    case 'overloaded':
      return answered(overloaded(tool, fault.retryAfter));
    case 'conflict':
      return request.write ? answered(conflict(tool)) : undefined;
    case 'slow':
      return { kind: 'slow', ms: fault.seconds * 1000, waits: fault.waits };
    case 'truncated':
      return { kind: 'alter', alter: cutInHalf };
    case 'redirect':
      return { kind: 'answer', status: 302, headers: { location: fault.to }, body: '' };
    case 'cursor-expired':
      return answered(cursorExpired(request));
    case 'cursor-repeated': {
      const cursor = cursorOf(request);
      return cursor === undefined ? undefined : { kind: 'alter', alter: (real) => repeated(request, real, cursor) };
    }
    case 'html':
      return { kind: 'answer', ...proxyPage(fault.status) };
    case 'apply-then-html':
      return { kind: 'apply-then-answer', ...proxyPage(fault.status) };
    case 'late': {
      const answer = fault.answer === 'drop' ? 'drop' : timeout(tool);
      return { kind: 'late', ms: fault.seconds * 1000, answer };
    }
  }
}

const answered = (answer: ReturnType<typeof conflict>): Fault | undefined => answer && { kind: 'answer', ...answer };

const made = z.object({ id: z.string() });

/** A write that was refused is answered as it was: only what was saved can be told to be saved. */
async function saved(request: SeenRequest, real: Response): Promise<Response> {
  if (!real.ok) return real;
  const created = request.operation === 'notion.pages.create' ? made.safeParse(await real.json()).data?.id : undefined;
  const { status, body } = committed(request.operation ?? request.path, created);
  return Response.json(body, { status });
}

/** An answer that leads back to where its request began. */
async function repeated({ tool }: SeenRequest, real: Response, cursor: string): Promise<Response> {
  if (!real.ok) return real;
  const page: unknown = await real.json();
  const back = tool === 'notion' ? { next_cursor: cursor, has_more: true } : { offset: cursor };
  return Response.json({ ...z.looseObject({}).parse(page), ...back }, { status: real.status });
}

async function cutInHalf(real: Response): Promise<Response> {
  const text = await real.text();
  return new Response(text.slice(0, Math.ceil(text.length / 2)), { status: real.status, headers: real.headers });
}
