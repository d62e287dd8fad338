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
  readonly check: (facts: Facts) => readonly Hit[];
}

export const defineRule = <const C extends string>(rule: Rule<C>): Rule<C> => rule;

const pathsOf = (requirement: Requirement): readonly FieldPath[] =>
  typeof requirement === 'string' ? [requirement] : requirement;

/** The requirements of a rule that no mapped field meets: as long as there is one, the rule is off. */
export function missingOf(rule: Rule, isMapped: (path: FieldPath) => boolean): readonly Requirement[] {
  return rule.requires.filter((requirement) => !pathsOf(requirement).some(isMapped));
}

/** Entities a rule rests on: all of them must have been read whole before it may speak. */
export function restsOn(rule: Rule): readonly EntityName[] {
  const paths = ['partnerships.', ...rule.requires.flatMap(pathsOf), ...rule.reads];
  return ENTITY_NAMES.filter((entity) => paths.some((path) => path.startsWith(`${entity}.`)));
}
