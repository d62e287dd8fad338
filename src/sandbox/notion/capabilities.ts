/** What a connection may be allowed to do, and what each request needs. */
import { operationOf } from '../operations.js';

export const CAPABILITIES = ['read', 'update', 'insert'] as const;
/** Reading, updating and inserting content, as the settings of a connection name them. */
export type Capability = (typeof CAPABILITIES)[number];

const INSERTING = ['notion.pages.create', 'notion.blocks.children.append'];

/** Undefined: any connection may. Which users there are is not content. */
export function capabilityOf(method: string, pathname: string): Capability | undefined {
  const operation = operationOf(method, pathname);
  if (operation === undefined || operation.name.startsWith('notion.users.')) return undefined;
  if (!operation.write) return 'read';
  return INSERTING.includes(operation.name) ? 'insert' : 'update';
}
