/** What both sandbox servers share: a clock, the log of requests and the audit of every cell that changed. */

export interface LoggedRequest {
  readonly at: number;
  readonly tool: 'notion' | 'airtable';
  readonly method: string;
  /** Path with query, without host. */
  readonly path: string;
  readonly body: unknown;
  readonly status: number;
  /** Whether the request could change data (a query by POST cannot). */
  readonly write: boolean;
}

export interface CellChange {
  readonly at: number;
  readonly tool: 'notion' | 'airtable';
  /** Who: 'api' for requests with the token, 'human' for edits made through the sandbox's own hands. */
  readonly by: 'api' | 'human';
  /** Data source or table id. */
  readonly source: string;
  readonly rowId: string;
  /** '(created)', '(trashed)', '(restored)', '(deleted)' or the property name. */
  readonly property: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** Decides what happens to one request before it is served. `n` counts requests of the tool from 1. */
export type Interceptor = (request: {
  readonly n: number;
  readonly tool: 'notion' | 'airtable';
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
  readonly write: boolean;
}) => Fault | undefined | Promise<Fault | undefined>;

export type Fault =
  /** Answer this instead of serving the request. */
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body: unknown;
    }
  /** Close the connection without serving the request. */
  | { readonly kind: 'drop' }
  /** Serve the request, then close the connection without an answer. */
  | { readonly kind: 'apply-then-drop' }
  /** Serve the request, then answer this instead. */
  | {
      readonly kind: 'apply-then-answer';
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body: unknown;
    };

export interface SandboxContext {
  /** Milliseconds since the epoch; a test may move it. */
  readonly now: () => number;
  readonly requests: LoggedRequest[];
  readonly changes: CellChange[];
  /** Rate limits are enforced as the real tools do unless false. */
  readonly enforceRates: boolean;
  interceptor: Interceptor | undefined;
}
