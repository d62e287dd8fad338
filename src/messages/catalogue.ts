/** What the house asks words for, and how it is answered from the words of a locale. */
import type {
  Dimension,
  Finding,
  Forecast,
  KpiAssessment,
  Params,
  PartnershipAssessment,
} from '../domain/assessment.js';
import type { Day } from '../domain/calendar.js';
import type { EntityName } from '../domain/entities.js';
import type { ReasonCode } from '../domain/plan.js';
import type { FindingCode } from '../domain/rules/index.js';
import type { DataIssue } from '../domain/snapshot.js';
import type { VocabularyName } from '../domain/vocabulary.js';
import type { ExplainWords } from './explain.js';
import type { PortfolioWords } from './portfolio.js';
import { whyOf } from './why.js';
import { nameIn, type PlaybookWords, type TaskWords, type Words } from './words.js';

export interface Catalogue {
  /** The word for a canonical value; the canonical value itself where Tandem never writes that vocabulary. */
  readonly label: (vocabulary: VocabularyName, canonical: string) => string;
  readonly flag: (code: FindingCode) => string;
  readonly finding: (code: Finding['code'], params: Params) => string;
  /** What a rule looks for, and what a person does about what it found. */
  readonly rule: (code: FindingCode) => { readonly about: string; readonly next: string };
  /** Why a partnership has its status: the three biggest causes, at most 300 characters. */
  readonly why: (assessment: PartnershipAssessment) => string;
  /** The name of a dimension of the health. */
  readonly dimension: (dimension: Dimension) => string;
  readonly entity: (entity: EntityName) => string;
  readonly explain: ExplainWords;
  readonly portfolio: PortfolioWords;
  readonly kpiReason: (kpi: KpiAssessment) => string;
  /** How a KPI is expected to end, in words. */
  readonly forecast: (forecast: Forecast) => string;
  readonly task: (message: { readonly code: string; readonly params: Params }) => {
    readonly title: string;
    readonly kind: string;
    readonly note: string;
  };
  /** The note left on a task whose reason is gone. `rule` is the reminder's. */
  readonly taskClosed: (rule: string, day: Day) => string;
  /** "3 more". */
  readonly more: (count: number) => string;
  readonly dataIssue: (issue: DataIssue) => string;
  readonly changeReason: (code: ReasonCode, assessment: PartnershipAssessment | undefined) => string;
}

/** The catalogue of a locale's words. */
export function makeCatalogue(words: Words): Catalogue {
  const label = (vocabulary: VocabularyName, canonical: string): string => {
    const labels: Readonly<Partial<Record<string, Readonly<Record<string, string>>>>> = words.labels;
    return labels[vocabulary]?.[canonical] ?? canonical;
  };
  const why = (assessment: PartnershipAssessment): string => whyOf(assessment, words);
  return {
    label,
    flag: (code) => words.rules[code].flag,
    finding: (code, params) => words.rules[code].says(params),
    rule: (code) => ({ about: words.rules[code].about, next: words.rules[code].next }),
    why,
    dimension: (dimension) => words.dimensions[dimension],
    entity: (entity) => words.entities[entity],
    explain: words.explain,
    portfolio: words.portfolio,
    kpiReason: ({ reason }) => words.kpiReasons[reason.code](reason.params),
    forecast: ({ share, low = share, high = share }) => words.forecast({ forecast: share, low, high }),
    task: ({ code, params }) => taskOf(words, code, params),
    taskClosed: (rule, day) => {
      const known: Readonly<Partial<Record<string, string>>> = words.closed;
      return words.closedOn(day, known[rule] ?? words.closed.other);
    },
    more: words.why.more,
    dataIssue: (issue) => words.dataIssues[issue.code](issue),
    changeReason: (code, assessment) =>
      code === 'status-changed' && assessment !== undefined
        ? `${words.statusChanged(label('partnershipStatus', assessment.status))} · ${why(assessment)}`
        : words.changes[code],
  };
}

/** A task of a code no locale has words for is still named, by the code. */
function taskOf(words: Words, code: string, params: Params): ReturnType<Catalogue['task']> {
  const table: Readonly<Partial<Record<string, TaskWords>>> = words.tasks;
  const known = table[code];
  if (known === undefined) return stepOf(words, code, params);
  const { kind, title, note } = known;
  return { kind, title: title(params), note: note(params) };
}

/** A step of a playbook, `<playbook>/<step>`; one that a team has put in itself brings its own words in the params. */
function stepOf(words: Words, code: string, params: Params): ReturnType<Catalogue['task']> {
  const [playbook = '', id = ''] = code.split('/');
  const playbooks: Readonly<Partial<Record<string, PlaybookWords>>> = words.playbooks;
  const known = playbooks[playbook];
  const step = known?.steps[id];
  const about = `[${nameIn(params, 'partnership')}]`;
  const kind = known?.kind ?? code;
  if (params.title !== undefined) return { kind, title: `${about} ${params.title}`, note: String(params.note ?? '') };
  return { kind, title: `${about} ${step?.title(params) ?? code}`, note: step?.note ?? '' };
}
