/** What `tandem check` found, as text in the language of the workspace. */

import type { EntityName } from '../domain/entities.js';
import type { ToldColumn } from '../messages/check.js';
import { CATALOGUES, type CheckWords, type Locale } from '../messages/index.js';
import {
  type CheckedAccess,
  type CheckedColumn,
  type CheckedMonth,
  type CheckedSource,
  type CheckReport,
  isFault,
} from '../pipeline/check/index.js';
import type { Paint } from './paint.js';
import { renderError } from './render-errors.js';

export interface CheckRenderOptions {
  readonly paint: Paint;
  readonly locale: Locale;
  readonly words: CheckWords;
  /** Long lists in full. */
  readonly all: boolean;
}

const SHOWN = 8;
/** Seconds between two runs of a worker that is told nothing else. */
const USUAL_PACE = 900;
const MONTH_SECONDS = 31 * 86_400;

/** Sources first, then what lies between them, then the verdict and the next step. */
export function renderCheck(report: CheckReport, options: CheckRenderOptions): string {
  const { paint, words } = options;
  const told = new Told(options);
  const blocks = [
    [paint('bold', words.title(report.workspace))],
    ...report.sources.map((source) => sourceBlock(source, report, told)),
    titled(
      words.access,
      report.access.flatMap((access) => accessLines(access, told)),
      paint,
    ),
    titled(words.joins, joinLines(report, told), paint),
    titled(words.people, peopleLines(report, told), paint),
    titled(
      words.months,
      report.months.flatMap((month) => monthLines(month, told)),
      paint,
    ),
    titled(words.off(report.off.length), offLines(report, told), paint),
    titled(words.issues(report.dataIssues.length), issueLines(report, told), paint),
    report.notes.map((note) => told.hint(note)),
  ];
  const verdict =
    told.faults > 0
      ? [paint('red', words.faults(told.faults)), `${words.next} ${words.mend}`]
      : [paint('green', words.ready(told.hints)), `${words.next} tandem plan`];
  return [...blocks, verdict]
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}

/** Marks lines and counts the marks. */
class Told {
  faults = 0;
  hints = 0;
  readonly words: CheckWords;

  constructor(readonly options: CheckRenderOptions) {
    this.words = options.words;
  }

  /** An entity as people and as the configuration call it. */
  nameOf(entity: EntityName): string {
    const name = CATALOGUES[this.options.locale].entity(entity);
    return name.toLowerCase() === entity ? name : `${name} (${entity})`;
  }

  fault(text: string, indent = '  '): string {
    this.faults += 1;
    return `${indent}${this.options.paint('red', '✗')} ${text}`;
  }

  hint(text: string, indent = '  '): string {
    this.hints += 1;
    return `${indent}${this.options.paint('yellow', '!')} ${text}`;
  }

  /** The first of many lines, unless all are wanted. */
  few(lines: readonly string[]): readonly string[] {
    if (this.options.all || lines.length <= SHOWN) return lines;
    return [...lines.slice(0, SHOWN), this.options.paint('dim', `  ${this.words.more(lines.length - SHOWN)}`)];
  }
}

const titled = (title: string, lines: readonly string[], paint: Paint): readonly string[] =>
  lines.length === 0 ? [] : [paint('underline', title), ...lines];

function sourceBlock(source: CheckedSource, { errors }: CheckReport, told: Told): readonly string[] {
  const { paint } = told.options;
  const { words } = told;
  const own = errors.filter((error) => error.source === source.source && error.code !== 'property-not-found');
  const fine = source.rows !== null && own.length === 0 && !source.columns.some(isFault);
  const managed = source.columns.filter(({ role }) => role === 'managed').length;
  const facts =
    source.title === null
      ? [words.unreadable]
      : [
          `“${source.title}”`,
          source.rows === null ? words.unreadable : words.rows(source.rows),
          words.mapped(source.columns.length - managed, managed),
        ];
  const head = `${fine ? paint('green', '✓') : paint('red', '✗')} ${paint('bold', told.nameOf(source.source))} · ${source.connection} · ${facts.join(' · ')}`;
  const lines = source.columns.flatMap((column) => columnLine(column, told));
  const trouble = own.flatMap((error) => {
    told.faults += 1;
    return renderError(error, paint).map((line) => `  ${line}`);
  });
  const unmanaged = source.unmanaged.length === 0 ? [] : [paint('dim', `  ${words.unmanaged(source.unmanaged)}`)];
  return [head, ...trouble, ...lines, ...unmanaged];
}

function columnLine(checked: CheckedColumn, told: Told): readonly string[] {
  const { verdict, role, name } = checked;
  if (verdict === 'ok') return [];
  const about: ToldColumn = { ...checked, column: checked.column ?? checked.reference, type: checked.type ?? '' };
  const say = role === 'managed' ? told.words.written[verdict] : told.words.read[verdict];
  const text = `${name}: ${say(about)}`;
  return [isFault(checked) ? told.fault(text) : told.hint(text)];
}

function accessLines({ connection, base, grants }: CheckedAccess, told: Told): readonly string[] {
  const { words } = told;
  const shown = grants.map(({ right, state, needed }) => {
    const aside = !needed && state !== 'granted' ? ` (${words.notNeeded})` : '';
    return `${words.rights[right]}: ${words.states[state]}${aside}`;
  });
  const denied = grants.filter(({ state, needed }) => needed && state === 'missing').map(({ name }) => name);
  const place = base === null ? connection : `${connection} ${base}`;
  return [
    `  ${place} · ${shown.join(' · ')}`,
    ...(denied.length === 0 ? [] : [told.fault(words.grant([...new Set(denied)]), '    ')]),
  ];
}

function joinLines({ joins }: CheckReport, told: Told): readonly string[] {
  const { words } = told;
  const doubled = joins[0]?.doubled ?? [];
  return [
    ...joins.flatMap(({ source, rows, joined, unmatched, misspelt }) => [
      `  ${told.nameOf(source)} · ${words.joined(joined, rows)}`,
      ...(unmatched.length === 0 ? [] : [told.hint(words.unmatched(unmatched), '    ')]),
      ...misspelt.map(({ found, near }) => told.hint(words.misspelt(found, near), '    ')),
    ]),
    ...(doubled.length === 0 ? [] : [told.hint(words.doubled(doubled))]),
  ];
}

function peopleLines({ people }: CheckReport, told: Told): readonly string[] {
  const { words } = told;
  if (people.named + people.unseen.length === 0) return [];
  return [
    `  ${words.named(people.named)}`,
    ...(people.unreachable.length === 0 ? [] : [told.hint(words.unreachable(people.unreachable))]),
    ...(people.unseen.length === 0 ? [] : [told.hint(words.unseen(people.unseen))]),
  ];
}

/** As many runs as the month bears when each writes as often as it reads. */
function monthLines({ connection, used, perMonth, perRun }: CheckedMonth, told: Told): readonly string[] {
  const seconds = Math.ceil((MONTH_SECONDS * 2 * perRun) / perMonth);
  return [
    `  ${connection} · ${told.words.month(used, perMonth, perRun)}`,
    ...(seconds <= USUAL_PACE ? [] : [told.hint(told.words.pace(Math.ceil(seconds / 900) * 900), '    ')]),
  ];
}

function offLines({ off }: CheckReport, told: Told): readonly string[] {
  const { paint, locale } = told.options;
  const needed = (missing: (typeof off)[number]['missing']): string =>
    missing.map((paths) => (typeof paths === 'string' ? paths : paths.join(told.words.or))).join(', ');
  return told.few(
    off.map(({ code, missing }) => `  ${CATALOGUES[locale].flag(code)} ${paint('dim', `· ${needed(missing)}`)}`),
  );
}

function issueLines({ dataIssues }: CheckReport, told: Told): readonly string[] {
  const { paint } = told.options;
  return told.few(
    dataIssues
      .filter(({ code }) => code !== 'code-unmatched' && code !== 'code-spelling' && code !== 'code-doubled')
      .map(({ entity, row, text }) => {
        const title = row === undefined || row.title === '' ? '' : ` · ${row.title}`;
        return `  · ${paint('dim', `${told.nameOf(entity)}${title}:`)} ${text}`;
      }),
  );
}
