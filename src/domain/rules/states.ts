/** Which rules may speak in a run, and why the others may not. */
import { ENTITY_NAMES, type EntityName } from '../entities.js';
import type { Snapshot } from '../snapshot.js';
import { RULES, rulesOff } from './index.js';
import type { Requirement, Rule } from './rule.js';

export type AnyRule = (typeof RULES)[number];

export type RuleState =
  | { readonly rule: AnyRule; readonly state: 'on' }
  /** Switched off by the team. */
  | { readonly rule: AnyRule; readonly state: 'off' }
  /** Columns it needs are not mapped. */
  | { readonly rule: AnyRule; readonly state: 'unmapped'; readonly missing: readonly Requirement[] }
  /** Tables it rests on were not read whole. */
  | { readonly rule: AnyRule; readonly state: 'frozen'; readonly incomplete: readonly EntityName[] };

/** Entities of a snapshot that could not be read whole. */
export function incompleteOf(snapshot: Snapshot): ReadonlySet<EntityName> {
  return new Set(ENTITY_NAMES.filter((entity) => snapshot[entity]?.complete === false));
}

/** Whether all a rule rests on was read whole. */
export const isWhole = (rule: Rule, incomplete: ReadonlySet<EntityName>): boolean =>
  rule.rests.every((entity) => !incomplete.has(entity));

/** The state of every rule, in the order of the table. */
export function ruleStates(snapshot: Snapshot, disabled: readonly string[]): readonly RuleState[] {
  const mapped: ReadonlySet<string> = new Set(
    ENTITY_NAMES.flatMap((entity) => [...(snapshot[entity]?.mapped ?? [])].map((field) => `${entity}.${field}`)),
  );
  const incomplete = incompleteOf(snapshot);
  const unmapped = new Map(rulesOff((path) => mapped.has(path)).map(({ code, missing }) => [code, missing]));
  return RULES.map((rule): RuleState => {
    if (disabled.includes(rule.code)) return { rule, state: 'off' };
    const missing = unmapped.get(rule.code);
    if (missing !== undefined) return { rule, state: 'unmapped', missing };
    const broken = rule.rests.filter((entity) => incomplete.has(entity));
    return broken.length > 0 ? { rule, state: 'frozen', incomplete: broken } : { rule, state: 'on' };
  });
}
