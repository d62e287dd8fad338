/**
 * The monthly number of calls a plan allows, counted by us in the shared state: the tool says nothing until it is
 * spent, and then refuses everything for the rest of the month. A lost count begins anew; the tool has the last word.
 */
import { TandemError } from '../errors.js';
import type { Clock, MonthlyCalls } from '../ports.js';

export interface Budget {
  /** Counts one call. Throws `budget-spent` where the month has no room for it. */
  spend(): Promise<void>;
  /** `budget-spent` where that many more calls do not fit into the month. Counts nothing. */
  shortOf(calls: number): Promise<TandemError | undefined>;
  /** The calls of this month so far. */
  month(): Promise<{ readonly used: number; readonly perMonth: number }>;
}

export interface BudgetOptions {
  /** Name of the connection, for messages. */
  readonly name: string;
  /** What the calls are counted by. */
  readonly key: string;
  readonly perMonth: number;
  readonly months: MonthlyCalls;
  readonly clock: Clock;
}

/** The budget of one connection. Months are those of UTC. */
export function createBudget({ name, key, perMonth, months, clock }: BudgetOptions): Budget {
  const month = (): string => new Date(clock.now()).toISOString().slice(0, 7);

  function spent(used: number, needed: number): TandemError {
    const calls = needed === 1 ? 'one more is' : `at least ${needed} more are`;
    const message = `The connection "${name}" has used ${used} of its ${perMonth} calls of ${month()}, and ${calls} needed.`;
    return new TandemError('budget-spent', message, { sent: false });
  }

  return {
    async month() {
      const { used } = await months.take({ key, month: month(), max: perMonth }, 0);
      return { used, perMonth };
    },
    async spend() {
      const { granted, used } = await months.take({ key, month: month(), max: perMonth }, 1);
      if (!granted) throw spent(used, 1);
    },
    async shortOf(calls) {
      const { used } = await months.take({ key, month: month(), max: perMonth }, 0);
      return used + calls > perMonth ? spent(used, calls) : undefined;
    },
  };
}
