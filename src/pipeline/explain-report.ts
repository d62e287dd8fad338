/** What `explain --json` prints: an explanation in codes and figures, each with the sentence a reader is shown. */
import type { Finding, PartnershipAssessment } from '../domain/assessment.js';
import type { EntityName } from '../domain/entities.js';
import type { KpiExplanation } from '../domain/explain/kpi.js';
import { HORIZON_DAYS } from '../domain/explain/outlook.js';
import type { ExplainedKpi, PartnershipExplanation } from '../domain/explain/partnership.js';
import type { Remedy } from '../domain/explain/remedies.js';
import type { Evidence, Measure } from '../domain/factors/factor.js';
import { capOf } from '../domain/health.js';
import type { Policy } from '../domain/policy.js';
import type { RuleState } from '../domain/rules/states.js';
import type { RowRef } from '../domain/snapshot.js';
import type { Params, Severity } from '../domain/verdict.js';
import type { RuleEnding } from '../messages/explain.js';
import type { Catalogue } from '../messages/index.js';
import { type ReportedAssessment, type ReportedContribution, type ReportedError, reportAssessment } from './report.js';

export interface Input {
  /** Our name of the column; of a column that is two fields, the latter. */
  readonly field: string;
  /** The user's name of the column. */
  readonly property: string;
  /** The cell as text; null where it is empty. */
  readonly value: string | null;
}

export interface ToldEvidence {
  readonly entity: EntityName;
  readonly row: RowRef;
  readonly day: string | null;
  /** What the row is worth, 0 to 1; null where only all rows together are worth something. */
  readonly credit: number | null;
  readonly weight: number;
  readonly text: string;
}

export interface ToldFactor {
  readonly factor: string;
  readonly name: string;
  readonly formula: string;
  readonly figures: string | null;
  readonly evidence: readonly ToldEvidence[];
}

export interface ToldRule {
  readonly code: string;
  readonly ending: RuleEnding;
  readonly about: string;
  readonly next: string;
  /** Columns that are not mapped; of several in one entry any would do. */
  readonly missing: readonly (readonly string[])[];
  /** Tables that were not read whole. */
  readonly incomplete: readonly EntityName[];
  readonly findings: readonly { readonly severity: Severity; readonly row: RowRef; readonly text: string }[];
}

export interface ToldWay {
  readonly status: string;
  readonly health: number | null;
  readonly remedies: readonly {
    readonly code: string;
    readonly entity: EntityName;
    readonly row: RowRef;
    readonly params: Params;
    readonly text: string;
  }[];
  readonly text: string;
}

interface Frame {
  readonly schemaVersion: 1;
  readonly workspace: string;
  readonly asOf: string;
  readonly inputs: readonly Input[];
  readonly incomplete: readonly EntityName[];
  readonly errors: readonly ReportedError[];
}

export interface PartnershipPart {
  readonly kind: 'partnership';
  /** As in `plan --json`. */
  readonly assessment: ReportedAssessment;
  readonly statusText: string;
  readonly dimensions: readonly (ReportedContribution & { readonly name: string; readonly weight: number })[];
  readonly factors: readonly ToldFactor[];
  readonly coverage: { readonly share: number | null; readonly minimum: number; readonly text: string | null };
  readonly confidenceText: string;
  readonly kpis: readonly { readonly id: string; readonly current: boolean; readonly fresh: number }[];
  readonly gates: readonly { readonly code: string; readonly limit: string; readonly text: string }[];
  readonly rules: readonly ToldRule[];
  readonly ways: readonly ToldWay[];
  readonly outlook: { readonly day: string; readonly status: string } | null;
  readonly outlookText: string | null;
}

export interface KpiPart {
  readonly kind: 'kpi';
  readonly kpi: RowRef;
  readonly partnerships: readonly RowRef[];
  readonly status: string;
  readonly statusText: string;
  readonly reason: string;
  readonly actual: number | null;
  readonly readOn: string | null;
  readonly method: string | null;
  readonly formula: string | null;
  readonly achievement: number | null;
  readonly expected: number | null;
  readonly pace: number | null;
  readonly forecast: number | null;
  readonly weight: number;
  readonly critical: boolean;
  readonly current: boolean;
  readonly fresh: number;
  readonly figures: readonly string[];
  readonly readings: readonly {
    readonly row: RowRef;
    readonly date: string;
    readonly value: number | null;
    readonly numerator: number | null;
    readonly denominator: number | null;
  }[];
  readonly rules: readonly ToldRule[];
  readonly ways: readonly ToldWay[];
}

export type ExplanationDocument = Frame & (PartnershipPart | KpiPart);

const six = (value: number | undefined): number | null => (value === undefined ? null : Number(value.toFixed(6)));

export function partnershipDocument(
  explanation: PartnershipExplanation,
  { catalogue, policy }: { readonly catalogue: Catalogue; readonly policy: Policy },
): PartnershipPart {
  const { assessment, outlook, coverage } = explanation;
  const { explain: words } = catalogue;
  const kpis = explanation.kpis.map((kpi) => kpi.assessment);
  const reported = reportAssessment(assessment, kpis, catalogue);
  const label = (status: string): string => catalogue.label('partnershipStatus', status);
  const level = assessment.confidence >= 0.8 ? 'high' : assessment.confidence >= 0.5 ? 'medium' : 'low';
  const frozen = assessment.frozen.length > 0;
  return {
    kind: 'partnership',
    assessment: reported,
    statusText: label(assessment.status),
    dimensions: reported.contributions.map((contribution, index) => ({
      ...contribution,
      name: catalogue.dimension(contribution.dimension),
      weight: six(assessment.contributions[index]?.weight) ?? 0,
    })),
    factors: explanation.measures.map((measured) => toldFactor(measured, catalogue)),
    coverage: {
      share: six(coverage),
      minimum: policy.health.minimumCoverage,
      text: coverage === undefined ? null : words.coverage(coverage, policy.health.minimumCoverage),
    },
    confidenceText: words.confidence(catalogue.label('confidence', level), assessment.confidence),
    kpis: explanation.kpis.map(toldKpi),
    gates: gatesOf(assessment, catalogue),
    rules: explanation.rules.map((state) => toldRule(state, assessment.findings, catalogue)),
    ways: explanation.ways.map(({ remedies, status, health }) =>
      toldWay(remedies, label(status), status, health, catalogue),
    ),
    outlook: outlook === undefined ? null : { day: outlook.day, status: outlook.status },
    outlookText:
      outlook === undefined
        ? frozen
          ? null
          : words.steady(HORIZON_DAYS)
        : words.outlook(
            outlook.day,
            label(outlook.status),
            outlook.findings.slice(0, 3).map(({ code, params }) => catalogue.finding(code, params)),
          ),
  };
}

const toldKpi = ({ assessment: { row }, current, fresh }: ExplainedKpi) => ({
  id: row.id,
  current,
  fresh: six(fresh) ?? 0,
});

function toldFactor({ code, params, evidence }: Measure, { explain: words }: Catalogue): ToldFactor {
  const { name, formula } = words.factors[code];
  const figures = words.figures[code];
  return {
    factor: code,
    name,
    formula,
    figures: figures === undefined ? null : figures(params),
    evidence: evidence.map((item) => toldEvidence(item, words)),
  };
}

function toldEvidence(item: Evidence, words: Catalogue['explain']): ToldEvidence {
  const { code, entity, row, day, params, credit, weight } = item;
  const told = { ...params, title: row.title, ...(day === undefined ? {} : { day }) };
  return { entity, row, day: day ?? null, credit: six(credit), weight, text: words.evidence[code](told) };
}

function gatesOf({ findings }: PartnershipAssessment, catalogue: Catalogue): PartnershipPart['gates'] {
  return findings.flatMap((finding) => {
    const limit = capOf(finding);
    if (limit === undefined) return [];
    const sentence = catalogue.finding(finding.code, finding.params);
    const text = catalogue.explain.gate(catalogue.label('partnershipStatus', limit), sentence);
    return [{ code: finding.code, limit, text }];
  });
}

function toldRule(state: RuleState, findings: readonly Finding[], catalogue: Catalogue): ToldRule {
  const { code } = state.rule;
  const own = findings.filter((finding) => finding.code === code);
  const ending: RuleEnding = state.state !== 'on' ? state.state : own.length > 0 ? 'fired' : 'quiet';
  return {
    code,
    ending,
    ...catalogue.rule(code),
    missing:
      state.state === 'unmapped'
        ? state.missing.map((columns) => (typeof columns === 'string' ? [columns] : [...columns]))
        : [],
    incomplete: state.state === 'frozen' ? state.incomplete : [],
    findings: own.map(({ severity, row, params }) => ({ severity, row, text: catalogue.finding(code, params) })),
  };
}

function toldWay(
  remedies: readonly Remedy[],
  label: string,
  status: string,
  health: number | undefined,
  { explain: words }: Catalogue,
): ToldWay {
  const told = remedies.map(({ code, entity, row, params }) => ({
    code,
    entity,
    row,
    params,
    text: words.remedies[code](params),
  }));
  const whole = health === undefined ? undefined : Math.round(health);
  return {
    status,
    health: whole ?? null,
    remedies: told,
    text: words.way(
      told.map(({ text }) => text),
      label,
      whole,
    ),
  };
}

export function kpiDocument(explanation: KpiExplanation, catalogue: Catalogue): KpiPart {
  const { assessment, current, fresh } = explanation;
  const { actual, readOn, method, achievement, expected, pace, forecast, weight, critical } = assessment;
  const { explain: words } = catalogue;
  const label = (status: string): string => catalogue.label('kpiStatus', status);
  const formula = formulaOf(explanation, words);
  return {
    kind: 'kpi',
    kpi: assessment.row,
    partnerships: explanation.partnerships,
    status: assessment.status,
    statusText: label(assessment.status),
    reason: catalogue.kpiReason(assessment),
    actual: actual ?? null,
    readOn: readOn ?? null,
    method: method ?? null,
    formula,
    achievement: six(achievement),
    expected: six(expected),
    pace: six(pace),
    forecast: six(forecast?.share),
    weight,
    critical,
    current,
    fresh: six(fresh) ?? 0,
    figures: [
      ...(formula === null ? [] : [formula]),
      ...(expected === undefined || pace === undefined ? [] : [words.expected({ expected, pace })]),
      ...(forecast === undefined ? [] : [catalogue.forecast(forecast)]),
      ...(actual === undefined ? [] : [words.fresh(fresh, readOn)]),
      words.weight(weight, critical, current),
    ],
    readings: explanation.readings.map((reading) => ({
      row: { id: reading.id, title: reading.title, url: reading.url },
      date: reading.values.date ?? '',
      value: reading.values.value ?? null,
      numerator: reading.values.numerator ?? null,
      denominator: reading.values.denominator ?? null,
    })),
    rules: explanation.rules.map((state) => toldRule(state, explanation.findings, catalogue)),
    ways: explanation.ways.map(({ remedy, status }) => toldWay([remedy], label(status), status, undefined, catalogue)),
  };
}

/** The formula with its numbers, where the achievement could be computed. */
function formulaOf({ row, assessment }: KpiExplanation, words: Catalogue['explain']): string | null {
  const { method, actual, achievement } = assessment;
  if (method === undefined || actual === undefined || achievement === undefined) return null;
  const { target = 1, targetHigh = target, baseline = 0 } = row.values;
  return words.methods[method]({
    actual: words.number(actual),
    target: words.number(target),
    targetHigh: words.number(targetHigh),
    baseline: words.number(baseline),
    ratio: words.percent(achievement),
  });
}
