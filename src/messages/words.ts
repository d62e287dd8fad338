/**
 * What a locale writes down: one typed entry for every code there is, so that a missing entry is a compile error,
 * and the readers its sentences take their params by. Texts name dates, never ages, so that a cell does not
 * change because a day has passed.
 */
import type { Dimension, KpiReason, Params } from '../domain/assessment.js';
import { type Day, isDay } from '../domain/calendar.js';
import type { EntityName } from '../domain/entities.js';
import { KPI_CONFLICTS, KPI_PARTS, type KpiConflict, type KpiFault, type KpiPart } from '../domain/kpi-fault.js';
import type { ReasonCode } from '../domain/plan.js';
import type { PlaybookCode, StepOf } from '../domain/playbooks/index.js';
import type { TaskCode, TaskRule } from '../domain/reminders/index.js';
import { GOAL_PARTS, type GoalPart } from '../domain/rules/goal.js';
import type { FindingCode } from '../domain/rules/index.js';
import type { DataIssue, DataIssueCode } from '../domain/snapshot.js';
import type { Canonical } from '../domain/vocabulary.js';
import type { ExplainWords } from './explain.js';
import type { PortfolioWords } from './portfolio.js';

/** Vocabularies whose values Tandem writes into cells. */
export type WrittenVocabulary =
  | 'partnershipStatus'
  | 'kpiStatus'
  | 'milestoneStatus'
  | 'riskLevel'
  | 'confidence'
  | 'taskStatus';

export interface TaskWords {
  /** The kind of reminder, for a select column: without commas. */
  readonly kind: string;
  readonly title: (params: Params) => string;
  readonly note: (params: Params) => string;
}

/** What a locale says of one playbook. */
export interface PlaybookWords {
  /** The kind of its tasks, for a select column: without commas. */
  readonly kind: string;
  readonly steps: Readonly<Partial<Record<string, StepWords>>>;
}

/** What a step of a playbook says; the name of the partnership is put before the title. */
export interface StepWords {
  readonly title: (params: Params) => string;
  readonly note: string;
}

type Sentence = (params: Params) => string;

/** What a locale says of one rule. */
export interface RuleWords {
  /** Short label for a column of flags: without commas, which a multi-select cannot hold. */
  readonly flag: string;
  /** What was found, as a part of a line: no full stop. */
  readonly says: Sentence;
  /** What the rule looks for. */
  readonly about: string;
  /** What a person does about it. */
  readonly next: string;
}

export interface Words {
  readonly day: (day: Day) => string;
  readonly rules: Readonly<Record<FindingCode, RuleWords>>;
  readonly labels: { readonly [V in WrittenVocabulary]: Readonly<Record<Canonical<V>, string>> };
  readonly kpiReasons: Readonly<Record<KpiReason['code'], Sentence>>;
  /** What a text column shows of a forecast. */
  readonly forecast: Sentence;
  /** The name of a part, to go with "missing" and "cannot be read". */
  readonly kpiParts: Readonly<Record<KpiPart, string>>;
  readonly kpiConflicts: Readonly<Record<KpiConflict, string>>;
  readonly dimensions: Readonly<Record<Dimension, string>>;
  readonly entities: Readonly<Record<EntityName, string>>;
  readonly tasks: Readonly<Record<TaskCode, TaskWords>>;
  readonly playbooks: {
    readonly [C in PlaybookCode]: PlaybookWords & { readonly steps: Readonly<Record<StepOf<C>, StepWords>> };
  };
  readonly closed: Readonly<Record<TaskRule, string>> & { readonly other: string };
  readonly closedOn: (day: Day, sentence: string) => string;
  readonly dataIssues: Readonly<Record<DataIssueCode, (issue: DataIssue) => string>>;
  readonly changes: Readonly<Record<ReasonCode, string>>;
  readonly statusChanged: (label: string) => string;
  readonly why: WhyWords;
  readonly explain: ExplainWords;
  readonly portfolio: PortfolioWords;
}

/** What frames the causes of a status. */
export interface WhyWords {
  readonly override: (reason: string, until: Day | undefined, computed: string) => string;
  readonly frozen: (entities: readonly string[]) => string;
  readonly insufficient: string;
  /** There is a number, and what it rests on is too old or too little for good news. */
  readonly outdated: string;
  readonly weak: (dimensions: readonly string[]) => string;
  readonly more: (count: number) => string;
  /** A status that is held although the number has crossed its edge: from where, or below where, it becomes another. */
  readonly held: (label: string, edge: number, rising: boolean) => string;
  readonly fine: string;
}

const NAME_LENGTH = 40;

/** Cut to a number of UTF-16 units, the ellipsis included, without tearing an emoji or a syllable. */
export function clip(text: string, length: number): string {
  if (text.length <= length) return text;
  let kept = '';
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    if (kept.length + segment.length >= length) break;
    kept += segment;
  }
  return `${kept.trimEnd()}…`;
}

/** More than single spaces between words. */
const UNTIDY = /^\s|\s$|\s\s|[^\S ]/;

/** A name out of params, on one line and short enough for a sentence. */
export function nameIn(params: Params, key: string): string {
  const name = String(params[key] ?? '');
  return clip(UNTIDY.test(name) ? name.replace(/\s+/g, ' ').trim() : name, NAME_LENGTH);
}

/** A share as whole points, rounded down: 99.96 % is never shown as 100 %. */
export function percentIn(params: Params, key: string): string {
  const share = Number(params[key] ?? Number.NaN);
  return Number.isFinite(share) ? `${Math.floor(share * 100 + 1e-9)}%` : '–';
}

/** Words for the parts a param lists ("fact,cause"), in their order; a part without a word is left out. */
export function wordsIn(params: Params, key: string, words: Readonly<Record<string, string>>): readonly string[] {
  return String(params[key] ?? '')
    .split(',')
    .flatMap((part) => (Object.hasOwn(words, part) ? (words[part] ?? []) : []));
}

/** A day out of params, or undefined where there is none. */
export function dayIn(params: Params, key: string): Day | undefined {
  const day = String(params[key] ?? '');
  return isDay(day) ? day : undefined;
}

/** The fault params tell of: `fault` is its kind, `part` what it lies in. */
export function faultIn({ fault, part }: Params): KpiFault {
  const conflict = KPI_CONFLICTS.find((candidate) => candidate === part);
  if (fault === 'contradictory' && conflict !== undefined) return { kind: fault, part: conflict };
  const found = KPI_PARTS.find((candidate) => candidate === part) ?? 'actual';
  return { kind: fault === 'unreadable' ? 'unreadable' : 'missing', part: found };
}

/** The parts a goal lacks. */
export function partsIn({ parts }: Params): readonly GoalPart[] {
  const named = String(parts ?? '').split(' ');
  return GOAL_PARTS.filter((part) => named.includes(part));
}
