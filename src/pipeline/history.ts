/**
 * The week's row of each partnership in the history table, put into the team's columns. It is made once, whole, at the
 * first run of the week that has a number, and never touched again: what a person does with it stands.
 */
import type { Assessment, PartnershipAssessment } from '../domain/assessment.js';
import { type Desired, EMPTY } from '../domain/cells.js';
import type { Day } from '../domain/entities.js';
import { historyKey } from '../domain/history.js';
import type { FieldMapping, ManagedMapping } from '../domain/mapping.js';
import type { Normalised, ReadSource } from '../domain/normalise.js';
import type { Change, FieldChange } from '../domain/plan.js';
import type { DataIssue } from '../domain/snapshot.js';
import type { Canonicalise, PropertySchema, ResolvedSource } from '../domain/source.js';
import type { Catalogue } from '../messages/index.js';
import { intoColumn, type Value } from './columns.js';

export interface HistoryOptions {
  readonly workspace: string;
  readonly asOf: Day;
  readonly catalogue: Catalogue;
  readonly canonicaliseOf: (source: ResolvedSource) => Canonicalise;
}

interface Planned {
  readonly changes: readonly Change[];
  readonly issues: readonly DataIssue[];
}

const NOTHING: Planned = { changes: [], issues: [] };

/** What makes a row one that is found again; a column that cannot take its part keeps all rows from being made. */
const NEEDED: readonly string[] = ['key', 'date', 'partnership'];

/**
 * The rows that are still to be made this week. None while the history or the partnerships could not be read whole, and
 * none of a partnership whose number could not be given or is frozen.
 */
export function historyChanges(
  sources: readonly ReadSource[],
  normalised: Normalised,
  assessment: Assessment,
  options: HistoryOptions,
): Planned {
  const whole = (entity: 'history' | 'partnerships'): ResolvedSource | undefined =>
    sources.find((source) => source.entity === entity && source.complete)?.resolved;
  const [source, partnerships] = [whole('history'), whole('partnerships')];
  if (source === undefined || partnerships === undefined) return NOTHING;
  const seen = new Set((normalised.snapshot.history?.rows ?? []).flatMap((row) => row.values.key?.trim() ?? []));
  const codes = new Map(
    (normalised.snapshot.partnerships?.rows ?? []).map(({ id, values }) => [id, values.code?.trim() ?? '']),
  );
  const columns = columnsOf(source, partnerships.schema.id);
  const issues = new Map<string, DataIssue>();
  const changes = assessment.partnerships.flatMap((item): readonly Change[] => {
    const key = historyKey(options.workspace, item.row.id, options.asOf);
    if (item.frozen.length > 0 || item.health === undefined || seen.has(key)) return [];
    const values = valuesOf(item, key, codes.get(item.row.id) ?? '', options);
    const fields = Object.entries(values).flatMap(([field, value]) => {
      const column = columns.get(field);
      const change = column === undefined ? undefined : fieldOf(field, value, column, source, options);
      if (change !== undefined && 'code' in change) issues.set(field, change);
      return change === undefined || 'code' in change || change.after.kind === 'empty' ? [] : [change];
    });
    const isWhole = NEEDED.every((needed) => fields.some(({ field }) => field === needed));
    const reason = {
      code: 'week-kept',
      params: {},
      text: options.catalogue.changeReason('week-kept', undefined),
    } as const;
    return isWhole ? [{ kind: 'create', source: 'history', key, title: item.row.title, reason, fields }] : [];
  });
  return { changes, issues: [...issues.values()] };
}

interface Column {
  readonly property: PropertySchema;
  readonly mapping?: FieldMapping | undefined;
}

/** The columns of our fields. A partnership of another tool is named by its code, where the rows are joined by it. */
function columnsOf({ fields, link, mapping }: ResolvedSource, partnershipsId: string): ReadonlyMap<string, Column> {
  const columns = new Map<string, Column>();
  for (const [field, property] of fields) columns.set(field, { property, mapping: mapping.fields[field] });
  if (fields.get('partnership')?.linksTo === partnershipsId) return columns;
  columns.delete('partnership');
  if (link !== undefined) columns.set('partnership', { property: link });
  return columns;
}

function valuesOf(
  { row, health = 0, performance, trust, status }: PartnershipAssessment,
  key: string,
  code: string,
  { asOf, catalogue }: HistoryOptions,
): Readonly<Record<string, Value>> {
  const plain = (desired: Desired): Value => ({ kind: 'plain', desired });
  const score = (points: number | undefined): Value =>
    plain(
      points === undefined
        ? { kind: 'empty' }
        : { kind: 'number', number: Math.round(points), text: String(Math.round(points)) },
    );
  return {
    key: plain({ kind: 'text', text: key }),
    partnership: plain({ kind: 'links', ids: [row.id], text: code }),
    date: plain({ kind: 'date', day: asOf }),
    health: score(health),
    performance: score(performance),
    trust: score(trust),
    status: {
      kind: 'canonical',
      vocabulary: 'partnershipStatus',
      canonical: status,
      word: catalogue.label('partnershipStatus', status),
    },
  };
}

/** The field as a change of its column, or what keeps the column from taking it. */
function fieldOf(
  field: string,
  value: Value,
  { property, mapping }: Column,
  source: ResolvedSource,
  { canonicaliseOf }: HistoryOptions,
): FieldChange | DataIssue {
  const { desired, missing } = intoColumn(value, property, managedLike(mapping, property));
  const held = canonicaliseOf(source)(property, desired, { createOptions: false });
  // Scores are points: a column that shows shares would make a hundred times as much of them.
  const isShare = property.percent === true && desired.kind === 'number';
  const refused = held.kind === 'refused' || isShare;
  if (refused || missing.length > 0) {
    const code = missing.length > 0 || (held.kind === 'refused' && held.code === 'no-such-option');
    const said = missing[0] ?? (held.kind === 'refused' ? held.reason : 'percent');
    return {
      code: code ? 'label-missing' : 'property-type',
      entity: 'history',
      property: property.name,
      params: { field, value: said, type: property.type },
    };
  }
  return {
    field,
    property: property.name,
    propertyId: property.id,
    percent: false,
    before: EMPTY,
    after: held.cell,
  };
}

/** A field's translation of labels, turned into that of a column we write. */
function managedLike(mapping: FieldMapping | undefined, { name }: PropertySchema): ManagedMapping {
  const values = Object.entries(mapping?.values ?? {}).map(([label, canonical]) => [label, [canonical]] as const);
  return { property: mapping?.property ?? name, values: Object.fromEntries(values), createOptions: false };
}
