/**
 * Logs to stderr, as JSON lines. Every line passes a scrubber that knows the secrets of this process and the
 * shapes of tokens: path-based redaction alone misses messages, nested causes and URLs.
 */
import { Writable } from 'node:stream';
import { type Logger, pino } from 'pino';

export type { Logger } from 'pino';

const SHAPES: readonly (readonly [RegExp, string])[] = [
  [/\b(?:ntn_|secret_)[A-Za-z0-9_]{4,}/g, '[token]'],
  [/\bpat[A-Za-z0-9]{14}\.[A-Za-z0-9]{16,}/g, '[token]'],
  [/\bBearer\s+[^\s"\\]+/gi, 'Bearer [token]'],
  [/(\/\/)[^/\s:@"]*:[^/\s@"]+@/g, '$1[credentials]@'],
];

const SHORTEST_SECRET = 8;

/** Replaces known secrets and everything shaped like a token. Control characters that could forge a log line go too. */
export function createScrubber(secrets: readonly string[]): (text: string) => string {
  const known = secrets
    .filter((secret) => secret.length >= SHORTEST_SECRET)
    .sort((left, right) => right.length - left.length);
  return (text) => {
    let clean = text;
    for (const secret of known) clean = clean.replaceAll(secret, '[secret]');
    for (const [shape, instead] of SHAPES) clean = clean.replace(shape, instead);
    return clean.replace(CONTROL, '');
  };
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: control and bidirectional characters are what this removes
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f\u202a-\u202e\u2066-\u2069]/g;

/** A logger whose every line is scrubbed before it reaches `write`. */
export function createLogger(options: {
  readonly level: string;
  readonly secrets: readonly string[];
  readonly write: (line: string) => void;
}): Logger {
  const scrub = createScrubber(options.secrets);
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      options.write(scrub(chunk.toString('utf8')));
      done();
    },
  });
  return pino({ level: options.level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, stream);
}
