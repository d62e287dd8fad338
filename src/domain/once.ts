/**
 * Questions that several rules ask of the same partnership, answered once. The facts of a partnership never change, so
 * what was answered for an object holds as long as the object is there.
 */
export function oncePer<F extends object, T>(answer: (facts: F) => T): (facts: F) => T {
  const known = new WeakMap<F, { readonly answer: T }>();
  return (facts) => {
    const found = known.get(facts);
    if (found !== undefined) return found.answer;
    const fresh = { answer: answer(facts) };
    known.set(facts, fresh);
    return fresh.answer;
  };
}
