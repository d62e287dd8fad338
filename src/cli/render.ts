/** A run as text a person reads: the plan as a diff, the result in a few lines, errors with their next step. */
import type { Shown } from '../domain/cells.js';
import { ENTITY_NAMES } from '../domain/entities.js';
import type { ReportedChange, RunReport } from '../pipeline/report.js';
import { cut, type Paint, padEnd, width } from './paint.js';
import { renderErrors } from './render-errors.js';

export interface RenderOptions {
  readonly paint: Paint;
  readonly columns: number;
  /** Show every change, not only the first of each source. */
  readonly all: boolean;
}

const SIGNS = { update: '~', create: '+', close: '×' } as const;
const COLOURS = { update: 'yellow', create: 'green', close: 'cyan' } as const;
const FIRST = 40;

function value(given: Shown, columns: number, percent: boolean): string {
  if (given === null || given === '' || (Array.isArray(given) && given.length === 0)) return '(empty)';
  if (typeof given === 'number') return percent ? `${Math.round(given * 1000) / 10} %` : String(given);
  return cut(Array.isArray(given) ? given.join(', ') : String(given), columns);
}

/** Linked rows by their names, as far as the report knows them. */
function named(given: Shown, names: ReadonlyMap<string, string>): Shown {
  return Array.isArray(given) ? given.map((item) => names.get(item) ?? item) : given;
}

/** Fields a reader need not see: the memory of Tandem. */
const QUIET = new Set(['stamp', 'key']);

/** A reason that only repeats what a field shows adds nothing for a reader. */
function reasonLine(change: ReportedChange, columns: number): readonly string[] {
  const told = Object.values(change.fields).some(
    ({ after }) => typeof after === 'string' && after.startsWith(change.reason.text),
  );
  const worthTelling = change.reason.text !== '' && change.reason.code !== 'assessment-updated' && !told;
  return worthTelling ? [`    ${cut(change.reason.text, columns - 6)}`] : [];
}

function changeLines(
  change: ReportedChange,
  names: ReadonlyMap<string, string>,
  { paint, columns }: RenderOptions,
): readonly string[] {
  const title = change.row?.title ?? String(change.fields.title?.after ?? change.key ?? '');
  const fields = Object.entries(change.fields).filter(
    ([name]) => !QUIET.has(name) && !(change.kind === 'create' && name === 'title'),
  );
  const label = Math.max(0, ...fields.map(([, field]) => width(field.property)));
  const room = Math.max(16, columns - label - 12);
  const lines = fields.map(([, { property, percent, before, after }]) => {
    const now = value(named(after, names), room, percent);
    const then = paint('dim', value(named(before, names), Math.floor(room / 3), percent));
    return `    ${padEnd(property, label)}  ${change.kind === 'create' ? now : `${then} → ${now}`}`;
  });
  const head = `${paint(COLOURS[change.kind], SIGNS[change.kind])} ${paint('bold', title === '' ? '(no name)' : title)}`;
  return [head, ...lines, ...reasonLine(change, columns).map((line) => paint('dim', line))];
}

/** The plan per source: row, property, before -> after, reason; then what it adds up to and the calls it needs. */
export function renderPlan(report: RunReport, options: RenderOptions): string {
  const { paint } = options;
  const lines: string[] = [header(report, paint), ''];
  const changed = new Set(report.plan.changes.map((change) => change.source));
  const names = new Map(report.assessments.map(({ partnership }) => [partnership.id, partnership.name]));
  const sources = ENTITY_NAMES.filter((entity) => changed.has(entity));
  for (const source of sources) {
    const changes = report.plan.changes.filter((change) => change.source === source);
    lines.push(paint('underline', `${source} (${changes.length})`));
    const shown = options.all ? changes : changes.slice(0, FIRST);
    for (const change of shown) lines.push(...changeLines(change, names, options));
    if (shown.length < changes.length) lines.push(paint('dim', `  … ${changes.length - shown.length} more (--all)`));
    lines.push('');
  }
  lines.push(...summaryLines(report, paint), ...trouble(report, paint));
  return lines.join('\n');
}

function header(report: RunReport, paint: Paint): string {
  const counts = Object.entries(report.rows).map(([entity, count]) => `${count} ${entity}`);
  return `${paint('bold', report.workspace)} as of ${report.asOf}: read ${counts.join(', ') || 'nothing'}`;
}

function summaryLines(report: RunReport, paint: Paint): readonly string[] {
  const { updates, creates, closes, calls, guard } = report.plan.summary;
  if (updates + creates + closes === 0) {
    const whole = report.incomplete.length === 0;
    return [
      whole
        ? paint('green', 'Plan: nothing to change.')
        : 'Plan: nothing to change as far as the tables could be read.',
    ];
  }
  const needed = Object.entries(calls).map(([connection, count]) => `${connection} ${count}`);
  const lines = [
    `Plan: ${updates} to update, ${creates} to create, ${closes} to close. Write calls needed: ${needed.join(', ')}.`,
  ];
  if (guard.stopped) {
    lines.push(
      paint(
        'red',
        `This is more than a day of ordinary work explains: ${guard.statusChanges} status changes (limit ${guard.statusLimit}), ${guard.newTasks} new tasks (limit ${guard.newTaskLimit}).`,
      ),
      `sync will stop before its first write. If this plan is right: tandem sync --approve ${report.plan.hash}`,
      'That lets this plan pass and no other, for 24 hours and for workers too; --allow-mass-change lets any plan pass once.',
    );
  }
  return lines;
}

/** What was written, and everything that stands in the way, each with its next step. */
export function renderResult(report: RunReport, { paint }: RenderOptions): string {
  const { updated, created, closed, failed, unknown } = report.applied;
  const written =
    updated + created + closed + failed + unknown === 0
      ? report.incomplete.length === 0
        ? paint('green', 'Nothing was left to write.')
        : 'Nothing was written.'
      : `Wrote ${updated} updates, ${created} new rows, ${closed} closed.${failed > 0 ? ` ${failed} failed.` : ''}${unknown > 0 ? ` ${unknown} unknown.` : ''}`;
  const calls = Object.entries(report.calls).map(
    ([connection, count]) =>
      `${connection} ${count.reads} reads, ${count.writes} writes${count.retries > 0 ? `, ${count.retries} retries` : ''}`,
  );
  return [header(report, paint), written, paint('dim', `Calls: ${calls.join(' · ')}`), ...trouble(report, paint)].join(
    '\n',
  );
}

const ISSUES_SHOWN = 12;

function trouble(report: RunReport, paint: Paint): readonly string[] {
  const lines: string[] = report.notes.map((note) => paint('yellow', `note: ${note}`));
  if (report.incomplete.length > 0) {
    lines.push(
      '',
      paint('yellow', `Not read whole: ${report.incomplete.join(', ')}. Nothing that rests on them was changed.`),
    );
  }
  lines.push(...renderErrors(report.errors, paint));
  // A column that is missing has been told as an error already.
  const issues = report.dataIssues.filter(({ code }) => code !== 'property-missing');
  if (issues.length > 0) {
    lines.push('', paint('bold', `To mend in the tables (${issues.length}):`));
    for (const { entity, row, text } of issues.slice(0, ISSUES_SHOWN)) {
      const place = row === undefined ? entity : `${entity} · ${row.title === '' ? '(no name)' : row.title}`;
      lines.push(`  · ${paint('dim', `${place}:`)} ${text}`);
    }
    const rest = issues.length - ISSUES_SHOWN;
    if (rest > 0) lines.push(paint('dim', `  … ${rest} more in --json`));
  }
  return lines;
}
