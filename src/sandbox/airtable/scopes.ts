/** What a token may be allowed to do, and what each request needs. */
import { operationOf } from '../operations.js';

export const SCOPES = ['data.records:read', 'data.records:write', 'schema.bases:read', 'webhook:manage'] as const;
export type Scope = (typeof SCOPES)[number];

/** Undefined: any token will do. */
export function scopeOf(method: string, pathname: string): Scope | undefined {
  const operation = operationOf(method, pathname);
  if (operation?.name.startsWith('airtable.webhooks.') === true) return 'webhook:manage';
  if (operation?.name.startsWith('airtable.records.') === true) {
    return operation.write ? 'data.records:write' : 'data.records:read';
  }
  return operation === undefined || operation.name === 'airtable.whoami' ? undefined : 'schema.bases:read';
}
