/**
 * The service's two limits. Rate: so many requests in any second per base (and per user over all bases); one more
 * and every request is refused for 30 seconds; refused requests count for nothing (choice). Quota: so many calls
 * a month; the metadata routes go on answering.
 */
import { quotaExhausted, rateLimited } from './refusals.js';

export interface RateOptions {
  readonly perBase: number;
  readonly perUser: number;
  readonly windowMs: number;
  readonly penaltyMs: number;
}

export const AIRTABLE_RATES: RateOptions = { perBase: 5, perUser: 50, windowMs: 1_000, penaltyMs: 30_000 };

/** Sliding windows by key. */
export class Rates {
  readonly #options: RateOptions;
  readonly #served = new Map<string, number[]>();
  readonly #blockedUntil = new Map<string, number>();
  #quota: number | undefined;

  constructor(options: RateOptions, quota: number | undefined) {
    this.#options = options;
    this.#quota = quota;
  }

  /** How many more calls this month allows; undefined: any number. */
  setQuota(calls: number | undefined): void {
    this.#quota = calls;
  }

  /** Counts one request or throws Refusal. `baseId` is undefined for requests to no base. */
  admit(baseId: string | undefined, isMeta: boolean, now: number): void {
    const limits = [
      { key: 'user', max: this.#options.perUser },
      ...(baseId === undefined ? [] : [{ key: baseId, max: this.#options.perBase }]),
    ];
    for (const { key, max } of limits) {
      if (now < (this.#blockedUntil.get(key) ?? 0)) throw rateLimited();
      if (this.#recent(key, now).length >= max) {
        this.#blockedUntil.set(key, now + this.#options.penaltyMs);
        throw rateLimited();
      }
    }
    if (!isMeta && this.#quota !== undefined) {
      if (this.#quota <= 0) throw quotaExhausted();
      this.#quota -= 1;
    }
    for (const { key } of limits) this.#served.set(key, [...this.#recent(key, now), now]);
  }

  #recent(key: string, now: number): number[] {
    return (this.#served.get(key) ?? []).filter((at) => at > now - this.#options.windowMs);
  }
}
