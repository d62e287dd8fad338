/** Finds the row a person means by a name, a code or an id. */
import { distance } from 'fastest-levenshtein';
import type { EntityRow } from '../domain/entities.js';
import type { Snapshot } from '../domain/snapshot.js';
import { labelKey } from '../domain/vocabulary.js';
import { TandemError } from '../errors.js';

export type Subject = EntityRow<'partnerships'> | EntityRow<'kpis'>;

const SHOWN = 8;

/**
 * The partnership or KPI of that id, code or name, else the only one whose name begins with or holds it; of part of a
 * name a partnership is meant rather than its KPIs. However it is typed: Unicode forms, case, spaces and hyphens do not
 * matter. Throws `subject-ambiguous` or `subject-not-found`, both with the rows that were perhaps meant.
 */
export function findSubject(snapshot: Snapshot, wanted: string): Subject {
  const partnerships: readonly Subject[] = snapshot.partnerships?.rows ?? [];
  const rows = [...partnerships, ...(snapshot.kpis?.rows ?? [])];
  const given = wanted.trim();
  const key = nameKey(given);
  const isWhole = (row: Subject): boolean => nameKey(row.title) === key;
  const begins = (row: Subject): boolean => nameKey(row.title).startsWith(key);
  const holds = (row: Subject): boolean => nameKey(row.title).includes(key);
  const searches: readonly (readonly Subject[])[] = [
    rows.filter((row) => idKey(row.id) === idKey(given)),
    rows.filter((row) => row.entity === 'partnerships' && nameKey(row.values.code ?? '') === key),
    rows.filter(isWhole),
    partnerships.filter(begins),
    partnerships.filter(holds),
    rows.filter(begins),
    rows.filter(holds),
  ];
  const found = key === '' ? [] : (searches.find((search) => search.length > 0) ?? []);
  const [only, other] = found;
  if (only === undefined) throw notFound(given, rows);
  if (other !== undefined) throw ambiguous(given, found);
  return only;
}

const idKey = (id: string): string => id.replaceAll('-', '').toLowerCase();

/** Names compare without case, spaces and hyphens; one made of nothing else compares as it stands. */
const nameKey = (name: string): string => labelKey(name) || name.normalize('NFC').trim();

const line = ({ entity, title, id }: Subject): string =>
  `  ${title === '' ? '(no name)' : title}  (${entity === 'kpis' ? 'KPI' : 'partnership'}, ${id})`;

function listed(rows: readonly Subject[]): string {
  const rest = rows.length - SHOWN;
  return [...rows.slice(0, SHOWN).map(line), ...(rest > 0 ? [`  … ${rest} more`] : [])].join('\n');
}

function ambiguous(given: string, rows: readonly Subject[]): TandemError {
  return new TandemError('subject-ambiguous', `"${given}" may mean ${rows.length} rows:\n${listed(rows)}`);
}

function notFound(given: string, rows: readonly Subject[]): TandemError {
  const far = (row: Subject): number => distance(nameKey(given), nameKey(row.title));
  const near = rows
    .map((row) => ({ row, far: far(row) }))
    .filter(
      ({ row, far: apart }) => apart < nameKey(row.title).length && apart <= Math.max(2, nameKey(row.title).length / 3),
    )
    .sort((left, right) => left.far - right.far)
    .map(({ row }) => row);
  const hint = near.length === 0 ? '' : ` Did you mean:\n${listed(near)}`;
  return new TandemError('subject-not-found', `No partnership and no KPI is called "${given}".${hint}`);
}
