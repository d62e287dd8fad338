/** Rules of one source: where it is kept, how its rows are joined, and that every column has one owner. */
import { type Mistake, type Path, shownValue } from './config-error.js';
import { readAirtableBase } from './links.js';
import type { Outline, OutlinedColumn, OutlinedSource } from './outline.js';
import { fieldsOf } from './schema.js';
import { unknownConnection } from './unknown-connection.js';

/** Everything about a source that does not fit together. */
export function checkSource(source: OutlinedSource, outline: Outline): readonly Mistake[] {
  return [
    ...checkConnection(source, outline),
    ...checkJoin(source, outline),
    ...checkColumns(source),
    ...source.columns.filter(({ role }) => role === 'manages').flatMap(checkLabels),
  ];
}

const invalid = (path: Path, at: Mistake['at'], what: string, why: string, next: string): Mistake => ({
  code: 'config-invalid',
  path,
  at,
  what,
  why,
  next,
});

function checkConnection(source: OutlinedSource, { connections }: Outline): readonly Mistake[] {
  const name = source.connection;
  if (name === undefined) return [];
  const unknown = unknownConnection([...source.path, 'connection'], 'value', name, connections.keys());
  if (unknown !== undefined) return [unknown];
  const type = connections.get(name)?.get('type');
  if (type === 'notion') return checkLocation(source, 'Notion', ['id'], ['base', 'table']);
  if (type !== 'airtable') return [];
  const base = source.keys.get('base');
  const fromLink = typeof base === 'string' && readAirtableBase(base)?.table !== undefined;
  const needed = fromLink ? ['base'] : ['base', 'table'];
  return [...checkLocation(source, 'Airtable', needed, ['id']), ...checkTable(source)];
}

function checkLocation(
  source: OutlinedSource,
  tool: string,
  needed: readonly string[],
  foreign: readonly string[],
): readonly Mistake[] {
  const connection = shownValue(source.connection);
  const why = `Connection ${connection} is ${tool}: Notion takes \`id\`, Airtable takes \`base\` and \`table\`.`;
  const absent = needed.filter((key) => !source.keys.has(key));
  const present = foreign.filter((key) => source.keys.has(key));
  return [
    ...absent.map((key): Mistake => {
      const path = [...source.path, key];
      return { ...invalid(path, 'key', `\`${path.join('.')}\` is missing`, why, `Add \`${key}\`.`), missing: true };
    }),
    ...present.map((key) => {
      const path = [...source.path, key];
      const next = `Remove it, or name ${tool === 'Notion' ? 'an Airtable' : 'a Notion'} connection.`;
      return invalid(path, 'key', `\`${path.join('.')}\` does not belong to ${tool}`, why, next);
    }),
  ];
}

function checkTable({ path, keys }: OutlinedSource): readonly Mistake[] {
  const table = keys.get('table');
  if (typeof table !== 'string' || !/^https?:\/\//i.test(table.trim())) return [];
  const why = 'A table is named by its id (tbl…) or its name.';
  const next = 'Put the link under `base`: it gives base and table, and `table` may be left out.';
  return [invalid([...path, 'table'], 'value', `\`${[...path, 'table'].join('.')}\` is a link`, why, next)];
}

function checkJoin(source: OutlinedSource, outline: Outline): readonly Mistake[] {
  const partnership = fieldsOf(source.entity).get('partnership');
  if (partnership === undefined) return [];
  const linked = source.keys.has('link');
  const fields = source.fieldNames;
  const mistakes: Mistake[] = [];
  if (partnership.required && fields !== undefined && !fields.has('partnership') && !linked) {
    const path = [...source.path, 'fields', 'partnership'];
    const why = 'Without it nobody knows which partnership a row belongs to.';
    const next = 'Map the relation to the partnerships, or join by partner code with `link: { field: …, to: code }`.';
    mistakes.push({ ...invalid(path, 'key', `\`${path.join('.')}\` is missing`, why, next), missing: true });
  }
  const partnerships = outline.sources.find(({ entity }) => entity === 'partnerships');
  if (linked && partnerships?.fieldNames !== undefined && !partnerships.fieldNames.has('code')) {
    const what = `\`${[...source.path, 'link'].join('.')}\` has nothing to join with`;
    const why = 'The codes of this source are compared with the field `code` of partnerships, which is not mapped.';
    mistakes.push(
      invalid([...source.path, 'link'], 'key', what, why, 'Map `code` under `sources.partnerships.fields`.'),
    );
  }
  return mistakes;
}

/** Of two entries that cannot share a column the second is to blame; `manages` comes after `fields`. */
function checkColumns({ columns, linkColumn }: OutlinedSource): readonly Mistake[] {
  return columns.flatMap((later, index) => {
    const clash = columns
      .slice(0, index)
      .find((earlier) => earlier.property === later.property && !canShare(earlier, later));
    const column = shownValue(later.property);
    if (clash !== undefined) return [sharedColumn(clash, later, column)];
    if (later.role === 'fields' || later.property !== linkColumn) return [];
    const what = `${column} joins the rows by \`link\` and is managed as \`${later.name}\``;
    return [invalid(later.path, 'value', what, OVERWRITTEN, 'Give the managed property a column of its own.')];
  });
}

const OVERWRITTEN = 'Tandem overwrites what it manages, so what people enter there would be lost.';

/** Two ends of one date range are the only reason to read a column twice; nothing shares a column Tandem owns. */
function canShare(left: OutlinedColumn, right: OutlinedColumn): boolean {
  if (left.role === 'manages' || right.role === 'manages') return false;
  if (left.unclear || right.unclear) return true;
  return left.part !== undefined && right.part !== undefined && left.part !== right.part;
}

function sharedColumn(earlier: OutlinedColumn, later: OutlinedColumn, column: string): Mistake {
  if (earlier.role !== later.role) {
    const what = `${column} is read as \`${earlier.name}\` and managed as \`${later.name}\``;
    return invalid(later.path, 'value', what, OVERWRITTEN, 'Give the managed property a column of its own.');
  }
  if (later.role === 'manages') {
    const what = `${column} is managed as \`${earlier.name}\` and as \`${later.name}\``;
    return invalid(later.path, 'value', what, 'Each would overwrite the other.', 'Give each a column of its own.');
  }
  const what = `${column} is read as \`${earlier.name}\` and as \`${later.name}\``;
  const why = 'One column serves two fields only as the two ends of a date range.';
  return invalid(
    later.path,
    'value',
    what,
    why,
    'Name another column, or write `{ property, part: start }` and `part: end`.',
  );
}

/** Several labels for one canonical value leave open which of them is written. */
function checkLabels({ path, values }: OutlinedColumn): readonly Mistake[] {
  const labelOf = new Map<string, string>();
  const mistakes: Mistake[] = [];
  for (const [label, meant] of values) {
    for (const canonical of new Set(meant)) {
      const other = labelOf.get(canonical);
      if (other === undefined) labelOf.set(canonical, label);
      else {
        const what = `\`${canonical}\` has two labels: ${shownValue(other)} and ${shownValue(label)}`;
        const why = 'Tandem writes this column and could not know which of the two to write.';
        mistakes.push(invalid([...path, 'values', label], 'key', what, why, 'Keep one of them.'));
      }
    }
  }
  return mistakes;
}
