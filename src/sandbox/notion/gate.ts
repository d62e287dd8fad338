/** What every request passes before its route: the token, the version, the rate window. */
import { capabilityOf } from './capabilities.js';
import { OLDER_VERSIONS, VERSIONS, type Version } from './page-wire.js';
import { invalid, quoted, Refusal } from './refusals.js';
import type { NotionState } from './state.js';

/** Requests of the running window: windows are fixed, and nothing tells where they begin. */
export interface RateWindow {
  start: number;
  count: number;
}

/** Lets a request through and says which version it speaks, or refuses it. */
export function admit(state: NotionState, window: RateWindow, { method, url, headers }: Request): Version {
  const token = /^Bearer (.+)$/.exec(headers.get('authorization') ?? '')?.[1];
  if (!state.tokenGranted || token !== state.token) {
    throw new Refusal(401, 'unauthorized', 'API token is invalid.');
  }
  const version = versionOf(headers.get('notion-version'));
  if (state.context.enforceRates) countRequest(state, window);
  const needed = capabilityOf(method, new URL(url).pathname);
  if (needed !== undefined && !state.capabilities.has(needed)) {
    throw new Refusal(403, 'restricted_resource', 'Insufficient permissions for this endpoint.');
  }
  return version;
}

function versionOf(given: string | null): Version {
  if (given === null) {
    throw new Refusal(
      400,
      'missing_version',
      'Notion-Version header failed validation: Notion-Version header should be defined, instead was `undefined`.',
    );
  }
  const version = OLDER_VERSIONS.includes(given) ? '2022-06-28' : VERSIONS.find((known) => known === given);
  if (version !== undefined) return version;
  throw invalid(
    `Notion-Version header failed validation: Notion-Version header should be ${VERSIONS.map(quoted).join(' or ')}, instead was ${quoted(given)}.`,
  );
}

function countRequest(state: NotionState, window: RateWindow): void {
  const now = state.context.now();
  const { windowMs, windowPhaseMs, requestsPerMinute: most } = state.limits;
  const start = Math.floor((now - windowPhaseMs) / windowMs) * windowMs + windowPhaseMs;
  if (window.start !== start) {
    window.start = start;
    window.count = 0;
  }
  window.count += 1;
  if (window.count <= most) return;
  const retryAfter = Math.ceil((start + windowMs - now) / 1000);
  throw new Refusal(429, 'rate_limited', 'You have been rate limited. Please try again later.', {
    retryAfter,
    additionalData: { rate_limit_reason: 'public_api_request_rate_limit', retry_after: String(retryAfter) },
  });
}
