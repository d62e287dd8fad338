/** A line of waiters: one is served at a time, in the order they came, whatever became of the one before. */
export interface Line {
  /** Whether nobody waits. */
  isFree(): boolean;
  serve<T>(work: () => Promise<T>): Promise<T>;
}

export function createLine(): Line {
  let last: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  return {
    isFree: () => waiting === 0,
    serve: (work) => {
      waiting += 1;
      const served = last.then(work).finally(() => {
        waiting -= 1;
      });
      last = served.catch(() => undefined);
      return served;
    },
  };
}
