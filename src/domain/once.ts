/** Questions that several rules ask of the same partnership, answered once: its rows and its day never change. */

/** Something that keeps what has been answered of it. */
export interface Answered {
  readonly answers: Map<object, unknown>;
}

/** The same question, answered the first time it is asked of an object. */
export function oncePer<F extends Answered, T>(answer: (facts: F) => T): (facts: F) => T {
  return (facts) => {
    const known = facts.answers.get(answer);
    // Only undefined may be answered twice. What stands under a question was put there by it.
    if (known !== undefined) return known as T;
    const fresh = answer(facts);
    facts.answers.set(answer, fresh);
    return fresh;
  };
}
