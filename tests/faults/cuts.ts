/**
 * Protections, each of which can be made void: by a state that grants and forgets, by tools that lie, by what people
 * are taken to see. Nothing in the product knows of it.
 */

/** What days are filled with so that a protection is needed on most of them. */
export interface Aim {
  /** Kinds of faults, instead of all. */
  readonly faults?: readonly string[];
  /** What people do, instead of everything. */
  readonly acts?: readonly string[];
  /** Seconds a query lags behind. */
  readonly lag?: number;
  /** Several workers begin at one moment. */
  readonly crowd?: boolean;
  /** Somebody empties a column by mistake on every day. */
  readonly blunders?: boolean;
}

/** Every protection with the days it is needed on. */
const AIMS = {
  lease: { crowd: true, faults: ['slow'] },
  intent: { crowd: true, lag: 40, faults: ['apply-then-drop'], acts: ['a milestone is added', 'a term is set'] },
  settle: { lag: 40, faults: ['apply-then-drop'], acts: ['a milestone is added', 'a term is set'] },
  draft: { faults: ['late'], acts: ['a milestone is added', 'a term is set'] },
  adopt: { faults: ['apply-then-drop'], acts: ['a milestone is added', 'a term is set'] },
  tombstone: { acts: ['a task is thrown away'] },
  guard: { blunders: true },
  ownership: { acts: ['a milestone is moved', 'a task is put off', 'a task is retitled', 'a task gets a note'] },
  freeze: { faults: ['server-error', 'drop', 'revoked'] },
} as const satisfies Readonly<Record<string, Aim>>;

export type Cut = keyof typeof AIMS;
export const CUTS = Object.keys(AIMS) as readonly Cut[];
export const aimAt = (cut: Cut | undefined): Aim => (cut === undefined ? {} : AIMS[cut]);

export interface Cutting {
  readonly lease: boolean;
  readonly intent: boolean;
  readonly settle: boolean;
  readonly draft: boolean;
  /** The way to the tools, with what is cut there. */
  through(fetch: typeof globalThis.fetch): typeof globalThis.fetch;
}

export function cutting(cut: Cut | undefined): Cutting {
  return {
    lease: cut === 'lease',
    intent: cut === 'intent',
    settle: cut === 'settle',
    draft: cut === 'draft',
    through: (fetch) => LIES[cut ?? '']?.(fetch) ?? fetch,
  };
}

type Send = typeof globalThis.fetch;

const EMPTY = {
  object: 'list',
  results: [],
  has_more: false,
  next_cursor: null,
  type: 'page_or_data_source',
  page_or_data_source: {},
  records: [],
};
const nothing = (): Response => Response.json(EMPTY);

interface Asked {
  readonly path: string;
  readonly body: string;
}

const asked = (input: Parameters<Send>[0], body: unknown): Asked => ({
  path: decodeURIComponent(String(input)).replaceAll('+', ' '),
  body: typeof body === 'string' ? body : '',
});
const isList = ({ path }: Asked): boolean => /\/(query|listRecords|tbl\w+)(\?|$)/.test(path);

/** Answers as if no row were found, where `lies` says so. */
const blind =
  (lies: (question: Asked) => boolean) =>
  (send: Send): Send =>
  async (input, init) => {
    const answer = await send(input, init);
    const question = asked(input, init?.body);
    return isList(question) && init?.method !== 'PATCH' && lies(question) ? nothing() : answer;
  };

const LIES: Readonly<Record<string, (send: Send) => Send>> = {
  // A task that may be there already is never found.
  adopt: blind(({ path, body }) => body.includes('"equals":"td1.') || path.includes('} = "td1.')),
  // What was thrown away is not seen.
  tombstone: blind(({ body }) => body.includes('"in_trash":true')),
  // A table that could not be read looks like an empty one.
  freeze: (send) => async (input, init) => {
    const question = asked(input, init?.body);
    const reads = isList(question) && (init?.method !== 'POST' || /\/(query|listRecords)(\?|$)/.test(question.path));
    if (!reads || init?.method === 'PATCH') return send(input, init);
    try {
      const answer = await send(input, init);
      return answer.ok ? answer : nothing();
    } catch {
      return nothing();
    }
  },
};
