/**
 * How often a connection may repeat a call: one retry earned with every ten calls, and ten in hand from the start.
 * A tool in trouble gets at most a tenth more load from us than a healthy one.
 */

const EARNED_PER_CALL = 0.1;
const MOST_IN_HAND = 10;

export interface RetryBudget {
  /** A call was sent for the first time. */
  earn(): void;
  /** Takes one retry; false when none is left. */
  spend(): boolean;
}

/** The budget of one connection. */
export function createRetryBudget(): RetryBudget {
  let inHand = MOST_IN_HAND;
  return {
    earn() {
      inHand = Math.min(MOST_IN_HAND, inHand + EARNED_PER_CALL);
    },
    spend() {
      if (inHand < 1) return false;
      inHand -= 1;
      return true;
    },
  };
}
