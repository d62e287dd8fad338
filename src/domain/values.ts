/**
 * One cell read as one field: the only place where what stands in a column becomes a value rules may use.
 * What is not plainly a value of the field is refused with a reason; nothing is guessed.
 */
import { dayOf } from './calendar.js';
import type { Cell } from './cells.js';
import type { Cadence, Day, FieldType, MonthlyPlan, Person } from './entities.js';
import type { FieldMapping } from './mapping.js';
import { readPlan } from './monthly-plan.js';
import type { DataIssueCode } from './snapshot.js';
import { canonicalOf, labelKey, VOCABULARIES } from './vocabulary.js';

export type FieldValue =
  | string
  | number
  | boolean
  | Day
  | Cadence
  | readonly Person[]
  | readonly string[]
  | MonthlyPlan;

export type Reading =
  | { readonly kind: 'value'; readonly value: FieldValue }
  | { readonly kind: 'empty' }
  | { readonly kind: 'refused'; readonly code: DataIssueCode; readonly found: string };

const NOTHING: Reading = { kind: 'empty' };
const value = (given: FieldValue): Reading => ({ kind: 'value', value: given });
const refuse = (code: DataIssueCode, found: string): Reading => ({ kind: 'refused', code, found: found.slice(0, 80) });

export interface ReadingContext {
  readonly timezone: string;
  /** Finds the configured person behind a name or e-mail, with ids and e-mail filled in. */
  readonly person: (person: Person) => Person;
}

/** Reads a cell as a field of the given type. Lists of one element (lookups) are read as that element. */
export function readField(type: FieldType, mapping: FieldMapping, cell: Cell, context: ReadingContext): Reading {
  if (cell.kind === 'unknown') return refuse('not-readable', cell.reason);
  const single = cell.kind === 'list' ? unwrap(cell.items) : cell;
  if (single.kind === 'empty') return NOTHING;
  if (single.kind === 'unknown') return refuse('not-readable', single.reason);
  switch (type.kind) {
    case 'text':
      return readText(single);
    case 'number':
      return readNumber(single);
    case 'count':
      return readCount(single);
    case 'date':
      return readDate(single, mapping.part ?? 'start', context.timezone);
    case 'flag':
      return single.kind === 'flag' ? value(single.flag) : refuse('not-readable', textOf(single));
    case 'people':
      return readPeople(single, context);
    case 'cadence':
      return readCadence(single, mapping);
    case 'plan':
      return readMonthlyPlan(single);
    case 'countries':
      return readCountries(single, mapping);
    case 'label':
      return readLabel(single, mapping, (label) => canonicalOf(type.of, label), Object.keys(VOCABULARIES[type.of]));
    case 'link':
      return single.kind === 'links' ? value(single.ids) : refuse('not-readable', textOf(single));
  }
}

function unwrap(items: readonly Cell[]): Cell {
  const filled = items.filter((item) => item.kind !== 'empty');
  const [first] = filled;
  if (first === undefined) return { kind: 'empty' };
  return filled.length === 1 ? first : { kind: 'list', items: filled };
}

/** The cell as the text a person sees. */
export function textOf(cell: Cell): string {
  switch (cell.kind) {
    case 'empty':
    case 'unknown':
      return '';
    case 'text':
      return cell.text;
    case 'number':
      return String(cell.number);
    case 'flag':
      return cell.flag ? 'true' : 'false';
    case 'date':
      return cell.end === undefined ? cell.start : `${cell.start}/${cell.end}`;
    case 'labels':
      return cell.labels.join(', ');
    case 'people':
      return cell.people.map((person) => person.name ?? person.email ?? '').join(', ');
    case 'links':
      return cell.ids.join(', ');
    case 'list':
      return cell.items.map(textOf).join(', ');
  }
}

function readText(cell: Cell): Reading {
  const text = textOf(cell).normalize('NFC').trim();
  return text === '' ? NOTHING : value(text);
}

const NUMERAL = /^[+-]?\d+(\.\d+)?$/;

function readNumber(cell: Cell): Reading {
  if (cell.kind === 'number')
    return Number.isFinite(cell.number) ? value(cell.number) : refuse('not-a-number', String(cell.number));
  const text = textOf(cell).trim();
  if (text === '') return NOTHING;
  if (cell.kind !== 'text' || !NUMERAL.test(text)) return refuse('not-a-number', text);
  const parsed = Number(text);
  return Number.isFinite(parsed) ? value(parsed) : refuse('not-a-number', text);
}

function readCount(cell: Cell): Reading {
  if (cell.kind === 'links') return value(cell.ids.length);
  if (cell.kind === 'labels') return value(cell.labels.length);
  if (cell.kind === 'list') return value(cell.items.length);
  return readNumber(cell);
}

function readDate(cell: Cell, part: 'start' | 'end', timezone: string): Reading {
  if (cell.kind === 'date') {
    const chosen = part === 'start' ? cell.start : cell.end;
    if (chosen === undefined) return NOTHING;
    const day = dayOf(chosen, timezone);
    return day === undefined ? refuse('not-a-date', chosen) : value(day);
  }
  const text = textOf(cell).trim();
  if (text === '') return NOTHING;
  const day = cell.kind === 'text' ? dayOf(text, timezone) : undefined;
  return day === undefined ? refuse('not-a-date', text) : value(day);
}

function readPeople(cell: Cell, context: ReadingContext): Reading {
  if (cell.kind === 'people') return cell.people.length === 0 ? NOTHING : value(cell.people.map(context.person));
  const names = textOf(cell)
    .normalize('NFC')
    .split(/[,;、]/)
    .map((name) => name.trim())
    .filter((name) => name !== '');
  if (names.length === 0) return NOTHING;
  return value(names.map((name) => context.person(name.includes('@') ? { email: name } : { name })));
}

/** A label by the team's own translation first, then by the known labels. */
function translate(mapping: FieldMapping, label: string): string | undefined {
  const wanted = labelKey(label);
  const exact = Object.entries(mapping.values ?? {}).find(
    ([own]) => own.normalize('NFC').trim() === label.normalize('NFC').trim(),
  );
  return (exact ??
    Object.entries(mapping.values ?? {}).find(([own]) => wanted !== '' && labelKey(own) === wanted))?.[1];
}

function readLabel(
  cell: Cell,
  mapping: FieldMapping,
  known: (label: string) => string | undefined,
  vocabulary: readonly string[],
): Reading {
  const labels = cell.kind === 'labels' ? cell.labels : [textOf(cell)];
  const filled = labels.filter((label) => label.trim() !== '');
  const [label] = filled;
  if (label === undefined) return NOTHING;
  if (filled.length > 1) return refuse('unknown-label', filled.join(', '));
  const translated = translate(mapping, label);
  const canonical = translated !== undefined && vocabulary.includes(translated) ? translated : known(label);
  return canonical === undefined ? refuse('unknown-label', label) : value(canonical);
}

function readCadence(cell: Cell, mapping: FieldMapping): Reading {
  const days = (count: number, found: string): Reading =>
    Number.isInteger(count) && count > 0 && count < 4000 ? value({ days: count }) : refuse('unknown-label', found);
  if (cell.kind === 'number') return days(cell.number, String(cell.number));
  const label = (cell.kind === 'labels' ? (cell.labels[0] ?? '') : textOf(cell)).trim();
  if (label === '') return NOTHING;
  const translated = translate(mapping, label) ?? label;
  if (/^\d+$/.test(translated)) return days(Number(translated), label);
  const canonical = canonicalOf('cadence', translated);
  return canonical === undefined ? refuse('unknown-label', label) : value(canonical);
}

function readMonthlyPlan(cell: Cell): Reading {
  const text = textOf(cell).trim();
  if (text === '') return NOTHING;
  const plan = cell.kind === 'text' || cell.kind === 'list' ? readPlan(text) : undefined;
  return plan === undefined ? refuse('not-a-plan', text) : value(plan);
}

/** "KR, JP": all of them or none, since half a calendar would look like a whole one. */
function readCountries(cell: Cell, mapping: FieldMapping): Reading {
  const labels = cell.kind === 'labels' ? cell.labels : textOf(cell).split(/[,;/·、\s]+/);
  const codes: string[] = [];
  for (const label of labels.map((part) => part.trim()).filter((part) => part !== '')) {
    const code = (translate(mapping, label) ?? label).toUpperCase();
    if (!/^[A-Z]{2}$/.test(code)) return refuse('unknown-label', label);
    codes.push(code);
  }
  return codes.length === 0 ? NOTHING : value([...new Set(codes)]);
}
