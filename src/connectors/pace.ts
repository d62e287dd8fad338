/**
 * How many writes to one source run at once: as many as it bears. One more after a clean round, half after a
 * conflict. What was learnt holds for as long as a connector lives, which is a run.
 */

const FIRST_WIDTH = 2;
const WIDEST = 8;

export interface Pace {
  /** How many writes may run at once. */
  width(): number;
  /** A write has ended; `conflict`: it met another write to the same source. */
  note(conflict: boolean): void;
}

/** The pace of each source, by its id. */
export function createPaces(): (sourceId: string) => Pace {
  const paces = new Map<string, Pace>();
  return (sourceId) => {
    const pace = paces.get(sourceId) ?? createPace();
    paces.set(sourceId, pace);
    return pace;
  };
}

function createPace(): Pace {
  let width = FIRST_WIDTH;
  let clean = 0;
  return {
    width: () => width,
    note: (conflict) => {
      clean = conflict ? 0 : clean + 1;
      if (conflict) width = Math.max(1, Math.floor(width / 2));
      else if (clean >= width && width < WIDEST) {
        width += 1;
        clean = 0;
      }
    },
  };
}
