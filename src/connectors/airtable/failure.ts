/**
 * What an answer of Airtable that is not the wanted one means. The error envelope comes in three shapes, and
 * from proxies as HTML; all end here as one `AirtableFailure`, and from there as the application's own errors.
 */
import { z } from 'zod';
import { type ErrorCode, type ErrorDetails, TandemError } from '../../errors.js';
import { meaningOf } from '../meanings.js';
import { maybeApplied, type WireResponse } from '../transport.js';
import { AIRTABLE_MEANINGS } from './meanings.js';

const word = z.string().optional();
const spelled = z.object({ type: word, message: word });
const envelope = z.union([
  z.object({ error: z.string(), message: word }).transform(({ error, message }) => ({ type: error, message })),
  z.object({ error: spelled }).transform(({ error }) => error),
  z
    .object({ errors: z.tuple([z.object({ error: word, message: word })]).rest(z.unknown()) })
    .transform(({ errors: [{ error, message }] }) => ({ type: error, message })),
]);

/**
 * An answer that is not what was asked for. `type` is Airtable's own word, or '' where it gave none;
 * `inDoubt`: an attempt before this answer may have been carried out.
 */
export class AirtableFailure extends Error {
  override readonly name = 'AirtableFailure';
  readonly status: number;
  readonly type: string;
  readonly inDoubt: boolean;

  constructor(
    message: string,
    { status, type = '', inDoubt = false }: FailureFacts,
    options: { cause?: unknown } = {},
  ) {
    super(message, options);
    this.status = status;
    this.type = type;
    this.inDoubt = inDoubt;
  }
}

interface FailureFacts {
  readonly status: number;
  readonly type?: string;
  readonly inDoubt?: boolean;
}

/** The failure an answer stands for. */
export function readFailure({ status, text, earlier }: WireResponse): AirtableFailure {
  const parsed = envelope.safeParse(parseJson(text));
  const { type = '', message = '' } = parsed.success ? parsed.data : {};
  const said = [message, type === '' ? '' : `(${type})`].filter((part) => part !== '').join(' ');
  return new AirtableFailure(said === '' ? `status ${status}` : said, { status, type, inDoubt: maybeApplied(earlier) });
}

/** The JSON of a text, or undefined. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The id or name is wrong, or the token was not granted it: Airtable does not say which. */
export const isHidden = ({ status, type }: AirtableFailure): boolean =>
  status === 404 || (status === 403 && type === 'INVALID_PERMISSIONS_OR_MODEL_NOT_FOUND');

/** The monthly budget of calls is used up: no wait within a run helps. */
export const isOutOfQuota = ({ status, type }: AirtableFailure): boolean =>
  status === 429 && type === 'PUBLIC_API_BILLING_LIMIT_EXCEEDED';

/** A spent month as the error of every call that follows. */
export const explainQuota = ({ status, message }: AirtableFailure): TandemError =>
  new TandemError('quota-exhausted', `Airtable: ${message}`, { status });

/** What was being done when a call failed. */
export interface Doing {
  /** In words, for the message: "reading app.../KPIs". */
  readonly what: string;
  /** The scope of the token that the call needs. */
  readonly scope: 'schema.bases:read' | 'data.records:read' | 'data.records:write';
  readonly source: string;
}

/** Anything a call threw, as the error a user sees. Errors of the transport pass unchanged. */
export function explain(thrown: unknown, doing: Doing): unknown {
  if (!(thrown instanceof AirtableFailure)) return thrown;
  const details: ErrorDetails = { status: thrown.status, source: doing.source };
  const tell = (code: ErrorCode, text: string) =>
    new TandemError(code, `Airtable, ${doing.what}: ${text}`, details, { cause: thrown });
  const { status, type, message } = thrown;
  const code = meaningOf(AIRTABLE_MEANINGS, { status, word: type, message })?.code ?? 'upstream-invalid-response';
  return tell(code, `${message}${hintOn(code, doing.scope)}`);
}

function hintOn(code: ErrorCode, scope: Doing['scope']): string {
  switch (code) {
    case 'source-not-found':
      return `. Check the id or name, that the token was granted this base, and that it has the scope ${scope}`;
    case 'auth-forbidden':
      return `. The token needs the scope ${scope}`;
    default:
      return '';
  }
}
