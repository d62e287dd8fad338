/** A run of the simulation told line by line, to find out why a seed fails. */
import type { TeamWorld } from './world.js';

export interface Note {
  readonly at: number;
  readonly text: string;
}

/** Month, day and time of day. */
export const timeOf = (at: number): string => new Date(at).toISOString().slice(5, 23);

const WIDTH = 240;
const shown = (value: unknown): string => (JSON.stringify(value) ?? 'nothing').slice(0, WIDTH);

/** Notes, requests that were writes or went wrong, and every cell that changed, in order of time. */
export function tellStory({ sandbox }: TeamWorld, notes: readonly Note[]): readonly string[] {
  const requests = sandbox
    .log()
    .filter(({ write, status, faults }) => write || status !== 200 || faults !== undefined)
    .map(({ at, operation, status, faults = [], path, body }) => ({
      at,
      text: `  ${operation} ${status || 'no answer'} ${faults.join(' ')} ${path} ${shown(body)}`,
    }));
  const changes = sandbox.audit().map(({ at, by, rowId, property, before, after }) => ({
    at,
    text: `    ${by} ${rowId.slice(-8)} ${property}: ${shown(before)} -> ${shown(after)}`,
  }));
  return [...notes, ...requests, ...changes]
    .sort((left, right) => left.at - right.at)
    .map(({ at, text }) => `${timeOf(at)} ${text}`);
}
