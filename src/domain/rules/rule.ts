/**
 * The shape of a rule: a small total function from the facts of one partnership to what it found. A rule never
 * relies on another one, formats no text and ends in silence when what it reads is not mapped.
 */
import { ENTITY_NAMES, type EntityName, type FieldName } from '../entities.js';
import type { Facts } from '../facts.js';
import type { Policy } from '../policy.js';
import type { RowRef } from '../snapshot.js';
import type { Params, Severity } from '../verdict.js';

/** "entity.field" of a field that exists. */
export type FieldPath = { [E in EntityName]: `${E}.${FieldName<E>}` }[EntityName];

/** A section of the partnership guide the rules come from. */
export type GuideSection = `${1 | 2 | 3 | 4 | 5 | 6}-${1 | 2 | 3 | 4 | 5 | 6}`;

type PolicyBlock = 'kpi' | 'rules' | 'reminders';

/** "block.key" of the policy. */
export type PolicyPath = { [B in PolicyBlock]: `${B}.${keyof Policy[B] & string}` }[PolicyBlock];

export type RuleFamily = 'kpi' | 'delivery' | 'governance' | 'relationship' | 'risk';

/** A finding before its rule's code and its partnership are written on it. */
export interface Hit {
  readonly severity: Severity;
  readonly entity: EntityName;
  readonly row: RowRef;
  readonly params: Params;
}

export interface Rule<C extends string = string> {
  readonly code: C;
  readonly family: RuleFamily;
  /** The section of the guide it serves. */
  readonly guide: GuideSection;
  /** Every severity it may give, gravest first. */
  readonly severities: readonly Severity[];
  /** Numbers of the policy it asks. */
  readonly thresholds: readonly PolicyPath[];
  /** Entities that must be configured for the rule to run at all. */
  readonly needs: readonly EntityName[];
  /** Every field it looks at; it rests on all entities named here as far as they are configured. */
  readonly reads: readonly FieldPath[];
  readonly check: (facts: Facts) => readonly Hit[];
}

export const defineRule = <const C extends string>(rule: Rule<C>): Rule<C> => rule;

/** Entities a rule rests on: all of them must have been read whole before it may speak. */
export function restsOn(rule: Rule): readonly EntityName[] {
  return ENTITY_NAMES.filter(
    (entity) => rule.needs.includes(entity) || rule.reads.some((path) => path.startsWith(`${entity}.`)),
  );
}
