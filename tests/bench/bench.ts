/** What a bench is given and what it hands back: words for a reader as it goes, figures for a program at its end. */

export interface BenchOptions {
  /** Partnerships per tool, smallest first. */
  readonly sizes: readonly number[];
  readonly say: (line: string) => void;
}

export interface Findings {
  /** Its part of the document of `--json`. */
  readonly document: unknown;
  /** One line per goal that was not reached. */
  readonly missed: readonly string[];
}

export interface Bench {
  /** Names its part of the document. */
  readonly name: string;
  run(options: BenchOptions): Promise<Findings>;
}
