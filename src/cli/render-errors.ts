/** Errors as text a person reads: what happened, to which rows and column, where, and what to do next. */
import type { ReportedError } from '../pipeline/report.js';
import { cut, type Paint } from './paint.js';

const NAMED_ROWS = 3;
const TITLE_COLUMNS = 40;

/** Every error of a report; the same trouble of several tables or rows is told once. */
export function renderErrors(errors: readonly ReportedError[], paint: Paint): readonly string[] {
  return groupErrors(errors).flatMap(({ first, titles, sources }) => {
    const whom = titles.length > 1 ? [`  rows:  ${listed(titles)}`] : [];
    const named = sources.length === 1 && first.message.includes(`sources.${sources[0]}`);
    const tables = sources.length === 0 || named ? [] : [`  for:   ${sources.join(', ')}`];
    // Of many rows the place of the first one would be told as that of all.
    const shown = titles.length > 1 ? { ...first, title: null, where: null } : first;
    return ['', ...renderError(shown, paint), ...whom, ...tables];
  });
}

/** One error. */
export function renderError(error: ReportedError, paint: Paint): readonly string[] {
  const place = [
    ...(error.title === null || error.title === '' ? [] : [`“${cut(error.title, TITLE_COLUMNS)}”`]),
    ...(error.property === null ? [] : [`column “${error.property}”`]),
  ];
  return [
    `${paint('red', `error ${error.code}`)}: ${error.message}`,
    ...(place.length === 0 ? [] : [`  what:  ${place.join(', ')}`]),
    ...(error.where === null ? [] : [`  where: ${error.where}`]),
    `  next:  ${error.next}`,
  ];
}

interface ErrorGroup {
  readonly first: ReportedError;
  readonly sources: readonly string[];
  readonly titles: readonly string[];
}

function groupErrors(errors: readonly ReportedError[]): readonly ErrorGroup[] {
  const groups = new Map<string, ReportedError[]>();
  for (const error of errors) {
    // Notion numbers its requests: two messages that differ in nothing else are the same trouble.
    const key = `${error.code} ${error.property} ${error.message.replace(/\brequest [\w-]+/g, '')}`;
    groups.set(key, [...(groups.get(key) ?? []), error]);
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const sources = [...new Set(group.map(({ source }) => source).filter((source) => source !== null))];
    return [{ first, sources, titles: group.map(({ title }) => title).filter((title) => title !== null) }];
  });
}

function listed(titles: readonly string[]): string {
  const named = titles.slice(0, NAMED_ROWS).map((title) => `“${cut(title, TITLE_COLUMNS)}”`);
  const rest = titles.length - named.length;
  return `${named.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}
