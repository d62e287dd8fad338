/** An explanation as text a person reads, in the words of the workspace. */
import type { Catalogue } from '../messages/index.js';
import type {
  ExplanationDocument,
  KpiPart,
  PartnershipPart,
  ToldEvidence,
  ToldRule,
  ToldWay,
} from '../pipeline/explain-report.js';
import type { Paint } from './paint.js';
import { cut, padEnd, width } from './paint.js';
import { renderError } from './render-errors.js';

export interface ExplainFrame {
  readonly paint: Paint;
  readonly columns: number;
  readonly words: Catalogue;
}

type Lines = readonly string[];

/** The whole explanation: what was concluded, from what, by which rules, and what would change it. */
export function renderExplanation(document: ExplanationDocument, frame: ExplainFrame): string {
  const parts = document.kind === 'kpi' ? kpiParts(document, frame) : partnershipParts(document, frame);
  return [...parts, inputs(document, frame), trouble(document, frame)]
    .filter((part) => part.length > 0)
    .map((part) => part.join('\n'))
    .join('\n\n');
}

function section(heading: keyof Catalogue['explain']['headings'], lines: Lines, { paint, words }: ExplainFrame): Lines {
  return lines.length === 0
    ? []
    : [paint('bold', words.explain.headings[heading]), ...lines.map((line) => `  ${line}`)];
}

const named = (title: string): string => (title === '' ? '–' : title);

function partnershipParts(document: PartnershipPart, frame: ExplainFrame): readonly Lines[] {
  const { paint, words } = frame;
  const { assessment, statusText } = document;
  const points = assessment.health === null ? [] : [`${words.explain.headings.health} ${assessment.health}`];
  const head = [paint('bold', named(assessment.partnership.name)), paint('bold', statusText), ...points].join(' · ');
  return [
    [head, ...(assessment.partnership.url === '' ? [] : [paint('dim', assessment.partnership.url)]), assessment.why],
    health(document, frame),
    change(document, frame),
    pillars(document, frame),
    section(
      'gates',
      document.gates.length === 0 ? [words.explain.noGates] : document.gates.map(({ text }) => text),
      frame,
    ),
    section(
      'coverage',
      [...(document.coverage.text === null ? [] : [document.coverage.text]), document.confidenceText],
      frame,
    ),
    kpis(document, frame),
    rules(document.rules, frame),
    section('ways', waysOf(document.ways, assessment.status, frame), frame),
    section('outlook', document.outlookText === null ? [] : [document.outlookText], frame),
  ];
}

/** The sum the health is made of: each dimension, its factors, and the rows these were measured by. */
function health({ assessment, dimensions, factors }: PartnershipPart, frame: ExplainFrame): Lines {
  const { paint, words } = frame;
  if (assessment.health === null) return [];
  const sum = `${assessment.health} = ${dimensions.map(({ name, points }) => `${name} ${points}`).join(' + ')}`;
  const lines = dimensions.flatMap((dimension) => [
    `${paint('bold', dimension.name)}  ${dimension.score} × ${words.explain.percent(dimension.weight)} = ${dimension.points}`,
    ...dimension.factors.flatMap(({ factor, score, points }) => {
      const told = factors.find((candidate) => candidate.factor === factor);
      if (told === undefined) return [];
      const figures = told.figures === null ? '' : ` (${told.figures})`;
      return [
        `  ${told.name} ${score} → ${points}${figures}`,
        paint('dim', `    ${told.formula}`),
        ...told.evidence.map((item) => `    · ${evidence(item, frame)}`),
      ];
    }),
  ]);
  return section('health', [sum, ...lines], frame);
}

function evidence({ text, credit, row, weight }: ToldEvidence, { paint, words, columns }: ExplainFrame): string {
  const worth = credit === null ? '' : ` → ${words.explain.percent(credit)}`;
  const share = weight === 1 ? '' : ` × ${words.explain.number(weight)}`;
  const line = `${text}${worth}${share}`;
  return row.url === '' ? line : `${line}  ${paint('dim', cut(row.url, Math.max(40, columns - 12)))}`;
}

function change({ assessment }: PartnershipPart, frame: ExplainFrame): Lines {
  const { words } = frame;
  const trend = assessment.trend === null ? [] : [words.explain.trend(assessment.trend)];
  if (assessment.change === null) return section('change', trend, frame);
  const { points, since, parts } = assessment.change;
  const told = Object.entries(parts).map(
    ([dimension, moved]) => `${dimensionName(dimension, words)} ${moved > 0 ? '+' : '−'}${Math.abs(moved)}`,
  );
  return section('change', [words.explain.change(points, since, told), ...trend], frame);
}

function dimensionName(dimension: string, words: Catalogue): string {
  const known = (['performance', 'delivery', 'trust', 'strategic'] as const).find((name) => name === dimension);
  return known === undefined ? dimension : words.dimension(known);
}

function pillars({ assessment }: PartnershipPart, frame: ExplainFrame): Lines {
  const names = frame.words.explain.pillars;
  const { trust, structure, performance, conflict, sustainability } = assessment.pillars;
  const scores = { trust, structure, performance, conflict, sustainability };
  if (assessment.health === null) return [];
  const line = (['trust', 'structure', 'performance', 'conflict', 'sustainability'] as const)
    .map((pillar) => `${names[pillar]} ${scores[pillar] ?? '–'}`)
    .join(' · ');
  return section('pillars', [line], frame);
}

function kpis({ assessment, kpis: counted }: PartnershipPart, frame: ExplainFrame): Lines {
  const lines = assessment.kpis.map(({ id, name, reason }) => {
    const own = counted.find((kpi) => kpi.id === id);
    const line = `${named(name)}: ${reason}`;
    return own?.current === false ? frame.paint('dim', line) : line;
  });
  return section('kpis', lines, frame);
}

function rules(told: readonly ToldRule[], frame: ExplainFrame): Lines {
  const { paint, words } = frame;
  const { endings, anyOf } = words.explain;
  const of = (ending: ToldRule['ending']) => told.filter((rule) => rule.ending === ending);
  const codes = (ending: 'quiet' | 'off'): Lines =>
    of(ending).length === 0
      ? []
      : [
          `${paint('dim', `${endings[ending]}:`)} ${of(ending)
            .map(({ code }) => code)
            .join(', ')}`,
        ];
  const fired = of('fired').flatMap(({ code, findings, next }) => [
    ...findings.map(({ text, severity }) => `${paint(severity === 'info' ? 'dim' : 'yellow', code)}  ${text}`),
    paint('dim', `  → ${next}`),
  ]);
  const under = (ending: ToldRule['ending'], reason: (rule: ToldRule) => Lines): Lines =>
    of(ending).length === 0
      ? []
      : [
          paint('dim', `${endings[ending]}:`),
          ...of(ending).map((rule) => `  ${rule.code} (${reason(rule).join(', ')})`),
        ];
  const unmapped = under('unmapped', ({ missing }) => missing.map(anyOf));
  const frozen = under('frozen', ({ incomplete }) => incomplete.map(words.entity));
  return section('rules', [...fired, ...codes('quiet'), ...codes('off'), ...unmapped, ...frozen], frame);
}

function waysOf(ways: readonly ToldWay[], status: string, { words }: ExplainFrame): Lines {
  if (ways.length > 0) return ways.map(({ text }) => `· ${text}`);
  return [words.explain.noWays(status === 'on-track' || status === 'achieved' ? status : 'watch')];
}

function kpiParts(document: KpiPart, frame: ExplainFrame): readonly Lines[] {
  const { paint, words } = frame;
  const { kpi, statusText, reason, readings, partnerships } = document;
  const head = `${paint('bold', named(kpi.title))} · ${paint('bold', statusText)}`;
  const value = (given: number | null): string => (given === null ? '' : words.explain.number(given));
  return [
    [head, ...(kpi.url === '' ? [] : [paint('dim', kpi.url)]), reason],
    section('formula', document.figures, frame),
    section(
      'readings',
      readings.map(
        ({ date, value: read, numerator, denominator, row }) =>
          `${date}  ${read === null ? `${value(numerator)} / ${value(denominator)}` : value(read)}  ${paint('dim', row.url)}`,
      ),
      frame,
    ),
    section(
      'partnerships',
      partnerships.map(({ title, url }) => `${named(title)}  ${paint('dim', url)}`),
      frame,
    ),
    rules(document.rules, frame),
    section('ways', waysOf(document.ways, document.status, frame), frame),
  ];
}

function inputs(document: ExplanationDocument, frame: ExplainFrame): Lines {
  const filled = document.inputs.filter(({ value }) => value !== null);
  const label = Math.max(0, ...filled.map(({ property }) => width(property)));
  const room = Math.max(30, frame.columns - label - 6);
  return section(
    'inputs',
    filled.map(({ property, value }) => `${padEnd(property, label)}  ${cut(value ?? '', room)}`),
    frame,
  );
}

function trouble({ errors }: ExplanationDocument, frame: ExplainFrame): Lines {
  return section(
    'trouble',
    errors.flatMap((error) => renderError(error, frame.paint)),
    frame,
  );
}
