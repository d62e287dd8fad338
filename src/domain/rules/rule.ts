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

export const RULE_FAMILIES = ['kpi', 'delivery', 'risk', 'conflict', 'relationship', 'governance', 'time'] as const;
export type RuleFamily = (typeof RULE_FAMILIES)[number];

/** A field that must be mapped, or several of which any one will do. */
export type Requirement = FieldPath | readonly FieldPath[];

/** The fields of a requirement. */
function pathsOf(requirement: Requirement): readonly FieldPath[] {
  return typeof requirement === 'string' ? [requirement] : requirement;
}

/** A finding before its rule's code and its partnership are written on it. */
export interface Hit {
  readonly severity: Severity;
  readonly entity: EntityName;
  readonly row: RowRef;
  /** Further rows it rests on. */
  readonly evidence?: readonly RowRef[];
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
  /** Columns without which the rule is off. */
  readonly requires: readonly Requirement[];
  /** Every field it looks at; it rests on all entities named here as far as they are configured. */
  readonly reads: readonly FieldPath[];
  /** Entities it rests on: all of them must have been read whole before it may speak. */
  readonly rests: readonly EntityName[];
  readonly check: (facts: Facts) => readonly Hit[];
}

export function defineRule<const C extends string>(rule: Omit<Rule<C>, 'rests'>): Rule<C> {
  const named = new Set([...rule.requires.flatMap(pathsOf), ...rule.reads].map((path) => path.split('.')[0]));
  return { ...rule, rests: ENTITY_NAMES.filter((entity) => entity === 'partnerships' || named.has(entity)) };
}

/** The requirements of a rule that no mapped field meets: as long as there is one, the rule is off. */
export function missingOf(rule: Rule, isMapped: (path: FieldPath) => boolean): readonly Requirement[] {
  return rule.requires.filter((requirement) => !pathsOf(requirement).some(isMapped));
}
