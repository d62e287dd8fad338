/**
 * The whole world of a team as plain data: every cell of every table of both tools, mapped or not, to compare
 * before with after and one team with its twin.
 */
import { parseKey } from '../../src/domain/key.js';
import type { SourceMapping } from '../../src/domain/mapping.js';
import type { Team, TeamRow } from './team.js';

/** Table -> row -> property -> value. Rows are named by their id, rows that carry a key by that key. */
export type WorldText = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;

interface Place {
  readonly name: string;
  readonly rows: readonly TeamRow[];
  /** Properties of this table that Tandem manages, by what they hold. */
  readonly managed: Readonly<Record<string, string>>;
}

/** Everything as it stands, byte for byte. */
export function worldOf(team: Team): WorldText {
  return textOf(placesOf(team), (_place, _property, value) => value);
}

/**
 * What two teams that saw the same days should agree on: without the ids of rows made in the run, the day a status
 * changed on, and the days in a stamp.
 */
export function endOf(team: Team): WorldText {
  return textOf(placesOf(team), ({ managed }, property, value) => {
    if (managed[property] === 'changedOn') return '(day)';
    if (managed[property] === 'stamp') return String(value).replace(/(since|wrote)=\S+/g, '$1=(day)');
    return value;
  });
}

function textOf(
  places: readonly Place[],
  shown: (place: Place, property: string, value: unknown) => unknown,
): WorldText {
  const named = places.map((place) => ({ place, rows: nameRows(place.rows) }));
  const names = new Map(named.flatMap(({ rows }) => rows.map(([name, row]): [string, string] => [row.id, name])));
  return Object.fromEntries(
    named.map(({ place, rows }) => [
      place.name,
      Object.fromEntries(
        rows.map(([name, row]) => {
          const values = Object.entries(row.values).map(([property, value]) => [
            property,
            renamed(shown(place, property, value), names),
          ]);
          return [name, { ...Object.fromEntries(values), '(trashed)': row.inTrash }];
        }),
      ),
    ]),
  );
}

/** Links to rows made in the run, by the names of those rows; a list of links has no order. */
function renamed(value: unknown, names: ReadonlyMap<string, string>): unknown {
  if (!Array.isArray(value)) return value;
  return value.map((item) => (typeof item === 'string' ? (names.get(item) ?? item) : item)).sort();
}

/** A second row with the same key is named so that it cannot hide. */
function nameRows(rows: readonly TeamRow[]): readonly (readonly [string, TeamRow])[] {
  const seen = new Map<string, number>();
  return rows.map((row) => {
    const key = keyOf(row);
    if (key === undefined) return [row.id, row];
    const count = (seen.get(key) ?? 0) + 1;
    seen.set(key, count);
    return [count === 1 ? key : `${key} (${count})`, row];
  });
}

/** The key a row carries, if it is one of ours. */
export function keyOf(row: Pick<TeamRow, 'values'>): string | undefined {
  return Object.values(row.values).find(
    (value): value is string => typeof value === 'string' && parseKey(value) !== undefined,
  );
}

function placesOf(team: Team): readonly Place[] {
  const { notion, airtable } = team.sandbox;
  const managedAt = (matches: (source: SourceMapping) => boolean) => {
    const manages = Object.entries(team.config.sources.find(matches)?.manages ?? {});
    return Object.fromEntries(manages.map(([field, { property }]) => [property, field]));
  };
  const pages = (team.filled.notion?.databases ?? [])
    .flatMap((database) => database.dataSources)
    .map(({ id, name }) => ({
      name: `notion ${name}`,
      rows: notion?.pages(id) ?? [],
      managed: managedAt(
        ({ location }) => location.type === 'notion' && location.id.replaceAll('-', '') === id.replaceAll('-', ''),
      ),
    }));
  const records = (team.filled.airtable?.bases ?? []).flatMap((base) =>
    base.tables.map(({ id, name }) => ({
      name: `airtable ${name}`,
      rows: (airtable?.records(base.id, id) ?? []).map(({ id: rowId, fields }) => ({
        id: rowId,
        inTrash: false,
        values: fields,
      })),
      managed: managedAt(
        ({ location }) =>
          location.type === 'airtable' && location.base === base.id && [id, name].includes(location.table),
      ),
    })),
  );
  return [...pages, ...records];
}
