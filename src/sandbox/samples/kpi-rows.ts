/**
 * KPI rows whose readings tell the pace of the story. A KPI that adds up is two thirds through its year; one that
 * is a level is near its end, so that a good level and a good pace are the same thing there.
 */
import { type DayAt, pick } from './ids.js';
import {
  KPI_NAMES,
  type KpiName,
  type KpiTemplate,
  type Lexicon,
  type PartnerStory,
  plainName,
  type SampleRow,
} from './story.js';

const SUM_PERIOD = { from: -240, to: 125 };
const LEVEL_PERIOD = { from: -330, to: 35 };

/** Sizes of partners differ: targets that add up are scaled, levels are not. */
const SIZES = [1, 1.5, 0.6, 2, 0.8];

const round = (value: number, digits: number): number => Number(value.toFixed(digits));

export function kpiRows(story: PartnerStory, index: number, lexicon: Lexicon, on: DayAt): SampleRow[] {
  const agreed = KPI_NAMES.flatMap((name) => {
    const pace = story.kpis[name];
    return pace === undefined ? [] : [{ name, pace }];
  });
  return agreed.map(({ name, pace }, nth) => kpiRow(story, index + nth, name, pace, lexicon.kpis[name], on));
}

function kpiRow(
  story: PartnerStory,
  index: number,
  name: KpiName,
  pace: number | null,
  template: KpiTemplate,
  on: DayAt,
): SampleRow {
  const { who } = story;
  const level = template.accumulation === 'snapshot';
  const period = level ? LEVEL_PERIOD : SUM_PERIOD;
  const target = round(level ? template.target : template.target * pick(SIZES, index), template.digits);
  const measured = story.readAgo ?? 2 + (index % 15);
  return {
    key: `${who.code}/${name}`,
    createdAgo: Math.min(story.since, -period.from + 5),
    values: {
      name: `${plainName(who.name)} ${template.title}`,
      partnership: [who.code],
      status: 'active',
      kind: template.kind ?? 'quantitative',
      direction: template.direction,
      accumulation: template.accumulation,
      baseline: template.baseline ?? null,
      target,
      actual: pace === null ? null : reading(template, target, pace, period),
      unit: template.unit,
      scale: template.scale ?? null,
      start: on(period.from),
      end: on(period.to),
      weight: name === 'revenue' ? 3 : level ? 2 : 1,
      critical: name === 'revenue' && who.tier === 'strategic',
      commitment: name === 'reach' ? 'stretch' : 'commit',
      perspective: template.perspective,
      owner: who.owner === null ? [] : [who.owner],
      measuredOn: pace === null ? null : on(-measured),
      cadence: 'monthly',
    },
  };
}

/** baseline + (target - baseline) x pace x elapsed share of the period. */
function reading(
  template: KpiTemplate,
  target: number,
  pace: number,
  period: { readonly from: number; readonly to: number },
): number {
  const elapsed = -period.from / (period.to - period.from);
  const baseline = template.baseline ?? 0;
  return round(baseline + (target - baseline) * pace * elapsed, template.digits);
}
