/** Progress on stderr: one line that is redrawn on a terminal, nothing elsewhere. */
import type { Progress } from '../pipeline/world.js';
import type { Paint } from './paint.js';

export interface ProgressLine {
  readonly show: (progress: Progress) => void;
  readonly clear: () => void;
}

const BAR = 24;

/** A bar of what is done of a known total. */
export function progressBar(done: number, total: number): string {
  const filled = total === 0 ? BAR : Math.round((BAR * done) / total);
  return `${'█'.repeat(filled)}${'░'.repeat(BAR - filled)} ${done}/${total}`;
}

/** One stage in words and counts. */
export function progressText(progress: Progress): string {
  switch (progress.stage) {
    case 'read':
      return `reading  ${progressBar(progress.sourcesDone, progress.sources)} sources, ${progress.rows} rows`;
    case 'assess':
      return `judging  ${progress.rows} rows`;
    case 'write':
      return `writing  ${progressBar(progress.done, progress.total)} changes`;
  }
}

/** Draws on a terminal only, so that pipes and logs stay clean. */
export function progressLine(stream: NodeJS.WriteStream, paint: Paint): ProgressLine {
  if (stream.isTTY !== true) return { show: () => undefined, clear: () => undefined };
  return {
    show: (progress) => stream.write(`\r\u001b[2K${paint('dim', progressText(progress))}`),
    clear: () => stream.write('\r\u001b[2K'),
  };
}
