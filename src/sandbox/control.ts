/**
 * The pages of the sandbox itself, under /_sandbox: the log, the clock, the fault script. They are served on the
 * loopback address only, like everything here.
 */
import { z } from 'zod';
import type { HandClock } from './clock.js';
import { DocumentError } from './document.js';
import type { Serve } from './shell.js';

type Page = (request: Request) => Response | Promise<Response>;

/** What the pages show and move. */
export interface Controls {
  /** Requests, changes and counts of faults, as they are now. */
  log(): object;
  /** Absent: the clock of this sandbox is somebody else's. */
  readonly clock: HandClock | undefined;
  now(): number;
  /** Replaces the fault script by another document; null: none. Throws DocumentError. */
  script(document: string | null): void;
  /** More pages, by method and path. */
  readonly pages: Readonly<Record<string, Page>>;
  /** The text at `/`. */
  welcome(origin: string): string;
}

const clockMove = z.union([
  z.strictObject({ advance: z.number().min(0).describe('seconds') }),
  z.strictObject({ to: z.iso.datetime({ offset: true }) }),
]);

const text = (status: number, words: string): Response => new Response(`${words}\n`, { status });

/** Answers everything that is no address of a tool. */
export function createControl(controls: Controls): Serve {
  const routes: Readonly<Record<string, Page>> = {
    ...controls.pages,
    'GET /': (request) => new Response(controls.welcome(new URL(request.url).origin)),
    'GET /_sandbox/log': () => Response.json(controls.log()),
    'GET /_sandbox/clock': () => timeOf(controls),
    'POST /_sandbox/clock': (request) => moveClock(controls, request),
    'PUT /_sandbox/faults': (request) => changeScript(controls, request),
    'DELETE /_sandbox/faults': () => {
      controls.script(null);
      return new Response(null, { status: 204 });
    },
  };
  return (request) => {
    const wanted = `${request.method} ${new URL(request.url).pathname}`;
    const route = Object.hasOwn(routes, wanted) ? routes[wanted] : undefined;
    return route === undefined ? text(404, 'Nothing is here. See /') : route(request);
  };
}

const timeOf = ({ now }: Controls): Response => Response.json({ now: new Date(now()).toISOString() });

async function moveClock(controls: Controls, request: Request): Promise<Response> {
  if (controls.clock === undefined) return text(409, 'The clock of this sandbox is moved by whoever started it.');
  const move = clockMove.safeParse(await request.json().catch(() => undefined));
  if (!move.success) return text(400, 'Send {"advance": seconds} or {"to": "2026-12-01T09:00:00Z"}.');
  const ms = 'advance' in move.data ? move.data.advance * 1000 : Date.parse(move.data.to) - controls.now();
  if (ms < 0) return text(400, `Time goes forward only; it is ${new Date(controls.now()).toISOString()}.`);
  await controls.clock.advance(ms);
  return timeOf(controls);
}

async function changeScript(controls: Controls, request: Request): Promise<Response> {
  try {
    controls.script(await request.text());
  } catch (thrown) {
    if (thrown instanceof DocumentError) return text(400, thrown.message);
    throw thrown;
  }
  return new Response(null, { status: 204 });
}
