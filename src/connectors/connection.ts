/** What all transports of one connection share: whatever base they speak to, they fail, tire and pay as one. */
import { type Breaker, createBreaker } from './breaker.js';
import type { Budget } from './budget.js';
import { createRetryBudget, type RetryBudget } from './retry-budget.js';

export interface SharedConnection {
  /** The connection's name in the configuration: what people know it by. */
  readonly name: string;
  readonly breaker: Breaker;
  readonly retries: RetryBudget;
  /** Where the plan has a monthly number of calls. */
  readonly budget?: Budget;
}

/** The shared part of a connection that was just opened. */
export function shareConnection(name: string, budget?: Budget): SharedConnection {
  const parts = { name, breaker: createBreaker(name), retries: createRetryBudget() };
  return budget === undefined ? parts : { ...parts, budget };
}
