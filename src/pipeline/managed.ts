/**
 * What the managed cells of human rows should hold: an assessment put into the columns the team has chosen,
 * in the words of the workspace, and only where a reader would notice the difference.
 */
import type {
  Assessment,
  KpiAssessment,
  MilestoneAssessment,
  PartnershipAssessment,
  RiskAssessment,
} from '../domain/assessment.js';
import { dayNumber, isDay } from '../domain/calendar.js';
import { type Cell, type Desired, EMPTY, sameCell } from '../domain/cells.js';
import type { Day, ManagingEntity } from '../domain/entities.js';
import { hashText } from '../domain/key.js';
import type { ReadSource } from '../domain/normalise.js';
import { type Change, changedFields, type FieldChange, type ReasonCode } from '../domain/plan.js';
import { dimensionPoints } from '../domain/points.js';
import type { DataIssue, RowRef } from '../domain/snapshot.js';
import type { Canonicalise, PropertySchema, RawRow, ResolvedSource } from '../domain/source.js';
import { formatStamp, hashCells, type PartnershipStamp, parseStamp } from '../domain/stamp.js';
import { textOf } from '../domain/values.js';
import type { Canonical, VocabularyName } from '../domain/vocabulary.js';
import type { TandemError } from '../errors.js';
import type { Catalogue } from '../messages/index.js';
import { fallsBack, intoColumn, noLabel, saysNothing, standsFor, type Value } from './columns.js';
import type { SourceError } from './sync.js';

export interface ManagedOptions {
  readonly asOf: Day;
  readonly catalogue: Catalogue;
  readonly canonicaliseOf: (source: ResolvedSource) => Canonicalise;
}

interface Wanted {
  readonly row: RowRef;
  readonly values: Readonly<Record<string, Value>>;
  /** Fields that only drift with the calendar, and the step from which a drift is written: see `worthWriting`. */
  readonly drifting: Readonly<Record<string, number>>;
  readonly partnership?: PartnershipAssessment;
}

const plain = (desired: Desired): Value => ({ kind: 'plain', desired });
const EMPTY_VALUE = plain({ kind: 'empty' });

/** The changes of managed cells, and what could not be put into a column. */
export function planManaged(
  sources: readonly ReadSource[],
  assessment: Assessment,
  options: ManagedOptions,
): {
  readonly changes: readonly Change[];
  readonly issues: readonly DataIssue[];
  /** What only a change of the column or the configuration can mend. */
  readonly errors: readonly SourceError[];
} {
  const changes: Change[] = [];
  const issues = new Map<string, DataIssue>();
  const errors = new Map<string, SourceError>();
  // Where no risks are kept, "none" would be a claim nobody has made.
  const risksKnown = sources.some((source) => source.entity === 'risks');
  const wantedOf = {
    partnerships: () =>
      assessment.partnerships
        .filter((item) => item.frozen.length === 0)
        .map((item) => wantPartnership(item, options.catalogue, risksKnown)),
    kpis: () => assessment.kpis.map((item) => wantKpi(item, options.catalogue)),
    milestones: () => assessment.milestones.map((item) => wantMilestone(item, options.catalogue)),
    risks: () => assessment.risks.map((item) => wantRisk(item, options.catalogue)),
  } satisfies Record<ManagingEntity, () => readonly Wanted[]>;
  const incomplete = new Set(sources.filter((source) => !source.complete).map((source) => source.entity));
  for (const source of sources) {
    const entity = source.entity;
    if (!isManaging(entity) || source.resolved === undefined || incomplete.has(entity)) continue;
    if (entity === 'kpis' && incomplete.has('measurements')) continue;
    const raws = new Map(source.rows.map((row) => [row.id, row]));
    for (const wanted of wantedOf[entity]()) {
      const raw = raws.get(wanted.row.id);
      if (raw === undefined) continue;
      const change = planRow(entity, source.resolved, raw, wanted, options, {
        issue: (issue) => issues.set([issue.code, entity, issue.property, issue.params.value ?? ''].join(' '), issue),
        error: (error) => errors.set(error.message, { entity, error }),
      });
      if (change !== undefined) changes.push(change);
    }
  }
  return { changes, issues: [...issues.values()], errors: [...errors.values()] };
}

function isManaging(entity: string): entity is ManagingEntity {
  return entity === 'partnerships' || entity === 'kpis' || entity === 'milestones' || entity === 'risks';
}

const number = (value: number): Value => plain({ kind: 'number', number: value, text: String(value) });
const points = (value: number | undefined): Value =>
  value === undefined ? EMPTY_VALUE : { kind: 'score', score: Math.round(value) };

/** Whole points, rounded down: 99.96 % is never shown as 100 %. */
export function wholePercent(ratio: number): number {
  return Math.floor(ratio * 100 + 1e-9);
}

function share(ratio: number | undefined, words = (whole: number): string => `${wholePercent(whole)}%`): Value {
  if (ratio === undefined) return EMPTY_VALUE;
  const whole = wholePercent(ratio) / 100;
  return plain({ kind: 'share', share: whole, text: words(whole) });
}

const day = (value: Day | undefined): Value =>
  value === undefined ? EMPTY_VALUE : plain({ kind: 'date', day: value });
const text = (value: string): Value => plain({ kind: 'text', text: value });

function canonical<V extends VocabularyName>(vocabulary: V, value: Canonical<V>, catalogue: Catalogue): Value {
  return { kind: 'canonical', vocabulary, canonical: value, word: catalogue.label(vocabulary, value) };
}

function wantPartnership(item: PartnershipAssessment, catalogue: Catalogue, risksKnown: boolean): Wanted {
  const level = item.confidence >= 0.8 ? 'high' : item.confidence >= 0.5 ? 'medium' : 'low';
  const flags = [
    ...new Set(
      item.findings.filter((finding) => finding.severity !== 'info').map((finding) => catalogue.flag(finding.code)),
    ),
  ];
  return {
    row: item.row,
    partnership: item,
    drifting: { health: 5, performance: 5, trust: 5, confidence: 0.05 },
    values: {
      status: canonical('partnershipStatus', item.status, catalogue),
      health: points(item.health),
      performance: points(item.performance),
      trust: points(item.trust),
      kpiAchievement: share(item.kpiAchievement),
      confidence: canonical('confidence', level, catalogue),
      ...(risksKnown ? { riskLevel: canonical('riskLevel', item.riskLevel, catalogue) } : {}),
      riskFlags: plain({ kind: 'labels', labels: flags }),
      why: text(catalogue.why(item)),
      nextReview: day(item.nextReview),
      decideBy: day(item.decideBy),
    },
  };
}

function wantKpi(item: KpiAssessment, catalogue: Catalogue): Wanted {
  return {
    row: item.row,
    drifting: { expected: 0.05, pace: 0.05, forecast: 0.05, why: Number.POSITIVE_INFINITY },
    values: {
      achievement: share(item.achievement),
      expected: share(item.expected),
      pace: share(item.pace),
      status: canonical('kpiStatus', item.status, catalogue),
      forecast: forecastCell(item, catalogue),
      why: text(catalogue.kpiReason(item)),
      bar: text(item.achievement === undefined ? '' : bar(item.achievement)),
    },
  };
}

/** A column of numbers takes the forecast at the rate so far, one of text the range in words. */
function forecastCell({ forecast }: KpiAssessment, catalogue: Catalogue): Value {
  return forecast === undefined ? EMPTY_VALUE : share(forecast.share, () => catalogue.forecast(forecast));
}

/** Ten blocks and the percentage, readable in any view of either tool. */
export function bar(ratio: number): string {
  const percent = wholePercent(ratio);
  const filled = Math.min(10, Math.max(0, Math.floor(percent / 10)));
  return `${'█'.repeat(filled)}${'░'.repeat(10 - filled)} ${percent}%`;
}

function wantMilestone(item: MilestoneAssessment, catalogue: Catalogue): Wanted {
  return {
    row: item.row,
    drifting: { slipDays: 5 },
    values: {
      slipDays: item.slipDays === undefined ? EMPTY_VALUE : number(item.slipDays),
      status: canonical('milestoneStatus', item.status, catalogue),
    },
  };
}

function wantRisk(item: RiskAssessment, catalogue: Catalogue): Wanted {
  return {
    row: item.row,
    drifting: {},
    values: { grade: item.grade === undefined ? EMPTY_VALUE : canonical('riskLevel', item.grade, catalogue) },
  };
}

function planRow(
  entity: ManagingEntity,
  source: ResolvedSource,
  raw: RawRow,
  wanted: Wanted,
  options: ManagedOptions,
  report: { readonly issue: (issue: DataIssue) => void; readonly error: (error: TandemError) => void },
): Change | undefined {
  const stampProperty = source.managed.get('stamp');
  const before = (property: PropertySchema): Cell => raw.cells.get(property.id) ?? EMPTY;
  const stamp = stampProperty === undefined ? undefined : parseStamp(textOf(before(stampProperty)));
  const since = sinceOf(wanted, source, raw, stamp, options.asOf);
  const values = { ...wanted.values, ...(wanted.partnership === undefined ? {} : { changedOn: day(since) }) };
  const fields: FieldChange[] = [];
  for (const [field, value] of Object.entries(values)) {
    const property = source.managed.get(field);
    const mapping = source.mapping.manages[field];
    if (property === undefined || mapping === undefined) continue;
    const { desired, missing } = intoColumn(value, property, mapping);
    for (const label of missing) {
      report.issue({ code: 'label-missing', entity, property: property.name, params: { value: label, field } });
    }
    if (value.kind === 'canonical' && missing.length > 0 && fallsBack(value, property, mapping)) {
      report.error(noLabel(entity, source, property, value.canonical));
      continue;
    }
    const held = options.canonicaliseOf(source)(property, desired, { createOptions: mapping.createOptions });
    if (held.kind === 'refused') {
      const code = held.code === 'no-such-option' ? 'label-missing' : 'property-type';
      report.issue({
        code,
        entity,
        property: property.name,
        params: { field, value: held.reason, type: property.type },
      });
      continue;
    }
    fields.push({
      field,
      property: property.name,
      propertyId: property.id,
      percent: property.percent === true,
      before: before(property),
      after: held.cell,
      ...(field === 'status' && stamp === undefined && saysNothing(before(property), property, mapping)
        ? { fresh: true }
        : {}),
    });
  }
  const edited = stamp !== undefined && stamp.cells !== hashCells(cellsOf(fields, 'before'));
  const reasons = hashText(reasonKeys(wanted)).slice(-8);
  const changed = changedFields(fields);
  const drifting = stamp?.reasons === reasons ? { ...wanted.drifting, why: Number.POSITIVE_INFINITY } : wanted.drifting;
  const stampMissing = stampProperty !== undefined && stamp === undefined;
  const bandMoved = stamp !== undefined && wanted.partnership !== undefined && stamp.band !== wanted.partnership.band;
  if (!edited && !stampMissing && !bandMoved && !worthWriting(changed, drifting, stamp, options.asOf)) return undefined;
  const after =
    stampProperty === undefined
      ? changed
      : [...changed, ...stampChange(stampProperty, wanted, fields, { since, reasons }, before, options)];
  if (after.length === 0) return undefined;
  const code: ReasonCode = edited
    ? 'set-back'
    : after.some((field) => field.field === 'status')
      ? 'status-changed'
      : 'assessment-updated';
  const reason = { code, params: {}, text: options.catalogue.changeReason(code, wanted.partnership) };
  return { kind: 'update', source: entity, row: wanted.row, title: wanted.row.title, reason, fields: after };
}

const cellsOf = (fields: readonly FieldChange[], side: 'before' | 'after'): ReadonlyMap<string, Cell> =>
  new Map(fields.filter((field) => field.field !== 'changedOn').map((field) => [field.field, field[side]]));

function reasonKeys(wanted: Wanted): string {
  return (wanted.partnership?.findings ?? [])
    .map((finding) => `${finding.code} ${finding.row.id}`)
    .sort()
    .join('\n');
}

/**
 * The day the status changed: kept while the status stays, else today. Where the stamp was lost, the cells that show
 * status and day to people are the memory.
 */
function sinceOf(
  wanted: Wanted,
  source: ResolvedSource,
  raw: RawRow,
  stamp: PartnershipStamp | undefined,
  asOf: Day,
): Day {
  const status = wanted.partnership?.status;
  if (stamp !== undefined) return stamp.status === status ? stamp.since : asOf;
  const shown = (field: string): string => textOf(raw.cells.get(source.managed.get(field)?.id ?? '') ?? EMPTY);
  const kept = shown('changedOn').slice(0, 10);
  const label = shown('status');
  const stands = standsFor(label, 'partnershipStatus', source.mapping.manages.status);
  return status !== undefined && stands.includes(status) && isDay(kept) ? kept : asOf;
}

const WEEK = 7;

/**
 * A number that only drifts with the calendar is written when something else on the row changes, when it moves
 * five points, or once a week (seven days after the stamp, on Mondays without one), so that rows do not churn daily.
 */
function worthWriting(
  changed: readonly FieldChange[],
  drifting: Readonly<Record<string, number>>,
  stamp: PartnershipStamp | undefined,
  asOf: Day,
): boolean {
  if (changed.length === 0) return false;
  const monday = (dayNumber(asOf) + 3) % WEEK === 0;
  const weekly = stamp === undefined ? monday : dayNumber(asOf) - dayNumber(stamp.wrote) >= WEEK;
  return weekly || changed.some((change) => moved(change, drifting[change.field] ?? 0));
}

function moved({ before, after }: FieldChange, step: number): boolean {
  if (sameCell(before, EMPTY) !== sameCell(after, EMPTY)) return true;
  const [from, to] = [amountOf(before), amountOf(after)];
  if (from !== undefined && to !== undefined) return Math.abs(to - from) + 1e-9 >= step;
  return step !== Number.POSITIVE_INFINITY;
}

/** A number, or the percentage a text tells. */
function amountOf(cell: Cell): number | undefined {
  if (cell.kind === 'number') return cell.number;
  const told = cell.kind === 'text' ? /(-?\d+)%/.exec(cell.text)?.[1] : undefined;
  return told === undefined ? undefined : Number(told) / 100;
}

function stampChange(
  property: PropertySchema,
  { partnership }: Wanted,
  fields: readonly FieldChange[],
  { since, reasons }: Pick<PartnershipStamp, 'since' | 'reasons'>,
  before: (property: PropertySchema) => Cell,
  options: ManagedOptions,
): readonly FieldChange[] {
  const stamp = formatStamp({
    status: partnership?.status ?? 'insufficient-data',
    ...(partnership?.band === undefined ? {} : { band: partnership.band }),
    points: dimensionPoints(partnership?.contributions ?? []),
    since,
    wrote: options.asOf,
    cells: hashCells(cellsOf(fields, 'after')),
    reasons,
  });
  const after: Cell = { kind: 'text', text: stamp };
  return changedFields([
    {
      field: 'stamp',
      property: property.name,
      propertyId: property.id,
      percent: false,
      before: before(property),
      after,
    },
  ]);
}
