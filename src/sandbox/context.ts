/** What both sandbox servers share: a clock, the log of requests and the audit of every cell that changed. */

export interface LoggedRequest {
  readonly at: number;
  readonly tool: 'notion' | 'airtable';
  /** Name of the route, such as notion.pages.update; absent for an address nobody knows. */
  readonly operation?: string;
  readonly method: string;
  /** Path with query, without host. */
  readonly path: string;
  readonly body: unknown;
  /** 0: no answer was given. */
  readonly status: number;
  /** Whether the request could change data (a query by POST cannot). */
  readonly write: boolean;
  /** Kinds of the faults it met; absent: none. */
  readonly faults?: readonly string[];
}

export interface CellChange {
  readonly at: number;
  readonly tool: 'notion' | 'airtable';
  /** Who: 'api' for requests with the token, 'human' for edits by hand, 'system' for the tool's own automations. */
  readonly by: 'api' | 'human' | 'system';
  /** Data source or table id. */
  readonly source: string;
  readonly rowId: string;
  /** '(created)', '(trashed)', '(restored)', '(deleted)' or the property name. */
  readonly property: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** A request before it is served. `n` counts requests of the tool from 1. */
export interface SeenRequest {
  readonly n: number;
  readonly tool: 'notion' | 'airtable';
  readonly operation?: string;
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
  readonly write: boolean;
}

/** Decides what happens to one request before it is served. */
export type Interceptor = (request: SeenRequest) => Fault | undefined | Promise<Fault | undefined>;

/** An answer that stands in for the tool's own: a text body is sent as it is, anything else as JSON. */
export interface StandIn {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: unknown;
}

export type Fault =
  /** Answer this instead of serving the request. */
  | ({ readonly kind: 'answer' } & StandIn)
  /** Close the connection without serving the request. */
  | { readonly kind: 'drop' }
  /** Serve the request, then close the connection without an answer. */
  | { readonly kind: 'apply-then-drop' }
  /** Serve the request, then answer this instead. */
  | ({ readonly kind: 'apply-then-answer' } & StandIn)
  /** Serve the request, then answer what becomes of its answer. */
  | { readonly kind: 'alter'; readonly alter: (answer: Response) => Response | Promise<Response> }
  /** Wait, before serving the request or after it, and answer as if nothing were. */
  | { readonly kind: 'slow'; readonly ms: number; readonly waits: 'before' | 'after' }
  /** Close the connection or answer this now, and serve the request later. */
  | { readonly kind: 'late'; readonly ms: number; readonly answer: StandIn | 'drop' };

export interface SandboxContext {
  /** Milliseconds since the epoch; a test may move it. */
  readonly now: () => number;
  readonly requests: LoggedRequest[];
  readonly changes: CellChange[];
  /** Rate limits are enforced as the real tools do unless false. */
  readonly enforceRates: boolean;
  interceptor: Interceptor | undefined;
  /** Called after changes were added. */
  changed?: () => void;
}
