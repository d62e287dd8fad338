/**
 * The error a user sees: a permanent code, what happened, where, why and what to do next. `disposition`
 * is the only thing the queue reads: retry (try again with back-off), wait (not before `waitMs`), stop.
 */

export interface ErrorHelp {
  readonly exit: 1 | 3 | 4 | 5 | 6 | 64;
  readonly disposition: 'retry' | 'wait' | 'stop';
  /** Plain words: what it means and what to do next. */
  readonly help: string;
}

export const ERRORS = {
  aborted: {
    exit: 5,
    disposition: 'retry',
    help: 'The run was stopped before this was sent. Run again: it continues where it stopped.',
  },
  internal: {
    exit: 1,
    disposition: 'retry',
    help: 'A defect in Tandem. Please report it with the run id and the lines above.',
  },
  'config-invalid': {
    exit: 3,
    disposition: 'stop',
    help: 'Correct the lines named above. Nothing was read or written.',
  },
  'config-unknown-key': {
    exit: 3,
    disposition: 'stop',
    help: 'Remove the key or correct its spelling; `tandem schema` prints every key that exists.',
  },
  'config-not-found': {
    exit: 3,
    disposition: 'stop',
    help: 'Let `tandem init` write one for the tables your tokens can see, or name yours with --config.',
  },
  'config-token-missing': {
    exit: 3,
    disposition: 'stop',
    help: 'Set the environment variable named above, or the same name with _FILE to a file that holds the token.',
  },
  'subject-not-found': {
    exit: 64,
    disposition: 'stop',
    help: 'Name a partnership or KPI as it is called in its table, or give its code, its id or an error code.',
  },
  'subject-ambiguous': {
    exit: 64,
    disposition: 'stop',
    help: 'Give the whole name, or the id in brackets.',
  },
  usage: { exit: 64, disposition: 'stop', help: 'Run the command with --help to see what it takes.' },
  'auth-invalid-token': {
    exit: 4,
    disposition: 'stop',
    help: 'The tool refused the token. Create a new one (Notion: notion.so/profile/integrations, Airtable: airtable.com/create/tokens), put it into the environment variable of the connection (NOTION_TOKEN or AIRTABLE_TOKEN, unless `tokenEnv` names another) and run again.',
  },
  'auth-forbidden': {
    exit: 4,
    disposition: 'stop',
    help: 'The token is valid but may not do this. Share the database or base with the connection and grant it read, update and insert.',
  },
  'auth-blocked': {
    exit: 4,
    disposition: 'stop',
    help: 'The tool has blocked this connection from its API, and waiting does not help. Look at the settings of the connection, or ask the support of the tool.',
  },
  'source-not-found': {
    exit: 4,
    disposition: 'stop',
    help: 'It was deleted or is not shared with the connection: the tools do not say which. Open it and share it (Notion: ••• > Connections; Airtable: add the base to the token), then run again. `tandem init --print` shows what the token can see.',
  },
  'source-ambiguous': {
    exit: 4,
    disposition: 'stop',
    help: 'The database has several data sources. Put the id of the one you mean into the configuration.',
  },
  'property-not-found': {
    exit: 4,
    disposition: 'stop',
    help: 'The column was renamed or deleted. Write its new name into the configuration, or its id: ids survive renames.',
  },
  'label-missing': {
    exit: 4,
    disposition: 'stop',
    help: 'Add the option to the column, or say under `values` which of your labels stands for it. Until then those rows keep the status they show.',
  },
  'property-type': { exit: 4, disposition: 'stop', help: 'Change the type of the column or map another one.' },
  'request-refused': {
    exit: 4,
    disposition: 'stop',
    help: 'The tool calls a request of Tandem invalid. Look for what changed in the table named above; if nothing did, update Tandem or report this message.',
  },
  'rate-limited': {
    exit: 6,
    disposition: 'wait',
    help: 'The tool asks to slow down. Tandem waits and goes on by itself.',
  },
  'quota-exhausted': {
    exit: 6,
    disposition: 'stop',
    help: 'The monthly number of API calls of this Airtable workspace is used up. It starts anew on the first of the month.',
  },
  'budget-spent': {
    exit: 6,
    disposition: 'stop',
    help: 'What is left of the calls of this month is not enough. Wait for the first of the month (UTC), or take a larger plan and name it under `connections` (`plan`, or `callsPerMonth` where the plan allows more). Fewer runs a day make a month last longer.',
  },
  'upstream-unavailable': {
    exit: 6,
    disposition: 'retry',
    help: 'The tool did not answer properly. Nothing is lost: the next run continues.',
  },
  'upstream-down': {
    exit: 6,
    disposition: 'retry',
    help: 'The tool did not answer for a while, so Tandem left it alone. What was not sent is sent by the next run.',
  },
  'upstream-invalid-response': {
    exit: 6,
    disposition: 'retry',
    help: 'The answer was not what the tool documents, often a proxy or a sign-in page in between. Check the network path.',
  },
  'upstream-conflict': {
    exit: 6,
    disposition: 'retry',
    help: 'Two writes met in the same database. Tandem slows down and tries again.',
  },
  network: {
    exit: 6,
    disposition: 'retry',
    help: 'The tool could not be reached. Check the network (on a sandbox: whether `tandem sandbox` is running) and run again.',
  },
  'read-incomplete': {
    exit: 5,
    disposition: 'retry',
    help: 'Not every row could be read, so nothing that rests on them was changed. Run again.',
  },
  'write-refused': {
    exit: 5,
    disposition: 'stop',
    help: 'The tool refused this one change; the others went on. Open the row and correct what is named above.',
  },
  'rows-full': {
    exit: 5,
    disposition: 'stop',
    help: 'The table or the workspace may hold no more rows. Remove old rows or take a larger plan; updates of the rows that are there go on.',
  },
  'row-gone': {
    exit: 5,
    disposition: 'stop',
    help: 'The row was deleted or moved while Tandem ran. The next run sees the new state.',
  },
  'lease-held': {
    exit: 5,
    disposition: 'wait',
    help: 'Another run of this workspace is active. Wait for it to end; it does the same work.',
  },
  'lease-lost': {
    exit: 5,
    disposition: 'retry',
    help: 'The shared state was unreachable for too long, so the run stopped before its next write. Run again.',
  },
  'guard-stopped': {
    exit: 5,
    disposition: 'stop',
    help: 'Look at `tandem plan`. If it is right, run `tandem sync --approve` with the hash of the plan; if not, look for a filter or a column that changed.',
  },
  'journal-unwritable': {
    exit: 5,
    disposition: 'stop',
    help: 'Everything was written; only its record is missing. Make room or give TANDEM_JOURNAL a folder that can be written.',
  },
  'state-unwritable': {
    exit: 5,
    disposition: 'retry',
    help: 'Make room on the disk or give the user write access to the folder named above; XDG_STATE_HOME names another one.',
  },
  'redis-unavailable': {
    exit: 6,
    disposition: 'retry',
    help: 'Start Redis or correct REDIS_URL. `tandem plan` and `tandem sync` also work without Redis when REDIS_URL is not set.',
  },
  'redis-missing': {
    exit: 6,
    disposition: 'stop',
    help: 'Install Redis (brew install redis, or apt-get install redis-server, or docker run -p 6379:6379 redis) and set REDIS_URL, for example redis://127.0.0.1:6379. Without Redis, `tandem sync` from a schedule does the same work.',
  },
  'redis-policy': {
    exit: 6,
    disposition: 'stop',
    help: 'Set maxmemory-policy to noeviction: with any other policy Redis may drop jobs and locks.',
  },
} as const satisfies Record<string, ErrorHelp>;

export type ErrorCode = keyof typeof ERRORS;

export interface ErrorDetails {
  /** file:line:column, or a link to the row or source. */
  readonly where?: string;
  readonly waitMs?: number;
  readonly source?: string;
  readonly property?: string;
  readonly status?: number;
  readonly retryAfterMs?: number;
  /** Row a write committed although its answer was an error. */
  readonly committedRowId?: string;
  /** True: the request may have been carried out although no clear answer came. False: it certainly never left. */
  readonly sent?: boolean;
}

export class TandemError extends Error {
  override readonly name = 'TandemError';
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}, options: { cause?: unknown } = {}) {
    super(message, options);
    this.code = code;
    this.details = details;
  }

  get help(): ErrorHelp {
    return ERRORS[this.code];
  }
}

/** Any thrown value as a TandemError; what is not one becomes `internal`. */
export function asTandemError(thrown: unknown): TandemError {
  if (thrown instanceof TandemError) return thrown;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new TandemError('internal', message, {}, { cause: thrown });
}
