/**
 * Rows as the tools gave them become entity rows the rules can read, joined across tools. Everything that
 * cannot be taken at face value becomes a data issue with its row; the rest of the row goes on.
 */
import type { Cell } from './cells.js';
import { EMPTY } from './cells.js';
import { openCodeBook, splitCodes } from './codes.js';
import { ENTITIES, type EntityName, type EntityRow, type FieldDeclaration } from './entities.js';
import { completePerson, type KnownPerson } from './people.js';
import type { DataIssue, EntityTable, RowRef, Snapshot } from './snapshot.js';
import type { RawRow, ResolvedSource } from './source.js';
import { type FieldValue, type ReadingContext, readField, textOf } from './values.js';

/** One configured source as this run saw it. `resolved` is absent when not even its schema could be read. */
export interface ReadSource {
  readonly entity: EntityName;
  readonly resolved?: ResolvedSource;
  readonly rows: readonly RawRow[];
  readonly complete: boolean;
}

export interface Normalised {
  readonly snapshot: Snapshot;
  readonly issues: readonly DataIssue[];
}

interface Draft {
  readonly ref: RowRef;
  readonly raw: RawRow;
  readonly values: Map<string, FieldValue>;
  readonly unreadable: Set<string>;
}

/** Normalises all sources of a workspace and joins them; order of sources and rows does not matter. */
export function normalise(
  sources: readonly ReadSource[],
  options: { readonly timezone: string; readonly people: readonly KnownPerson[] },
): Normalised {
  const context: ReadingContext = {
    timezone: options.timezone,
    person: (person) => completePerson(options.people, person),
  };
  const issues: DataIssue[] = [];
  const drafts = new Map<EntityName, Draft[]>();
  for (const source of sources) drafts.set(source.entity, readRows(source, context, issues));
  const complete = new Map(sources.map((source) => [source.entity, source.complete]));
  joinByCode(sources, drafts, complete.get('partnerships') ?? false, issues);
  checkLinks(sources, drafts, complete, issues);
  nameDoubles(drafts.get('partnerships') ?? [], issues);
  const tables: Partial<Record<EntityName, EntityTable>> = {};
  for (const source of sources) tables[source.entity] = tableOf(source, drafts.get(source.entity) ?? []);
  return { snapshot: tables as Snapshot, issues };
}

function tableOf(source: ReadSource, drafts: readonly Draft[]): EntityTable {
  const mapped = new Set(source.resolved?.fields.keys() ?? []);
  if (source.resolved?.link !== undefined) mapped.add('partnership');
  return {
    mapped,
    complete: source.complete,
    rows: drafts.map(
      ({ ref, values, unreadable }): EntityRow => ({
        entity: source.entity,
        id: ref.id,
        url: ref.url,
        title: ref.title,
        values: Object.fromEntries(values) as EntityRow['values'],
        unreadable,
      }),
    ),
  };
}

const TITLE_FIELDS = ['name', 'title', 'function'];

function readRows(source: ReadSource, context: ReadingContext, issues: DataIssue[]): Draft[] {
  const { resolved } = source;
  if (resolved === undefined) return [];
  const declarations: Readonly<Record<string, FieldDeclaration>> = ENTITIES[source.entity];
  const drafts: Draft[] = [];
  for (const raw of source.rows) {
    if (raw.trashed || isBlank(raw, resolved)) continue;
    const cellOf = (field: string): Cell => raw.cells.get(resolved.fields.get(field)?.id ?? '') ?? EMPTY;
    const title = TITLE_FIELDS.map((field) => textOf(cellOf(field)).normalize('NFC').trim()).find(
      (text) => text !== '',
    );
    const draft: Draft = {
      raw,
      ref: { id: raw.id, url: raw.url, title: title ?? '' },
      values: new Map(),
      unreadable: new Set(),
    };
    for (const [field, property] of resolved.fields) {
      const declaration = declarations[field];
      const mapping = resolved.mapping.fields[field];
      if (declaration === undefined || mapping === undefined) continue;
      if (source.entity === 'tasks' && field === 'partnership' && cellOf(field).kind === 'text') continue;
      const reading = readField(declaration.type, mapping, cellOf(field), context);
      if (reading.kind === 'value') draft.values.set(field, reading.value);
      if (reading.kind === 'refused') {
        draft.unreadable.add(field);
        issues.push(issue(source.entity, draft.ref, reading.code, property.name, { found: reading.found }));
      }
      if (reading.kind === 'empty' && declaration.required && source.entity !== 'tasks') {
        issues.push(issue(source.entity, draft.ref, 'required-empty', property.name, {}));
      }
    }
    drafts.push(draft);
  }
  return drafts.sort((left, right) => (left.ref.id < right.ref.id ? -1 : 1));
}

/**
 * People leave blank rows in tables; a row in which no mapped field holds anything is not there. A box nobody has
 * ticked and the option a status column falls back to say nothing.
 */
function isBlank(raw: RawRow, resolved: ResolvedSource): boolean {
  const properties = [...resolved.fields.values(), ...(resolved.link === undefined ? [] : [resolved.link])];
  return properties.every(({ id, defaultOption }) => {
    const cell = raw.cells.get(id) ?? EMPTY;
    if (cell.kind === 'flag') return !cell.flag;
    const text = textOf(cell);
    return cell.kind !== 'unknown' && (text === '' || text === defaultOption);
  });
}

function issue(
  entity: EntityName,
  row: RowRef,
  code: DataIssue['code'],
  property: string | undefined,
  params: DataIssue['params'],
): DataIssue {
  return { code, entity, row, params, ...(property === undefined ? {} : { property }) };
}

/** Joins rows of a source with `link` to partnerships by code. */
function joinByCode(
  sources: readonly ReadSource[],
  drafts: ReadonlyMap<EntityName, readonly Draft[]>,
  partnershipsComplete: boolean,
  issues: DataIssue[],
): void {
  const partnerships = drafts.get('partnerships') ?? [];
  const book = openCodeBook(
    partnerships.flatMap(({ ref: { id }, values }) => {
      const code = values.get('code');
      return typeof code === 'string' ? [{ id, code }] : [];
    }),
  );
  const doubled = new Set(book.doubled.flat());
  for (const { ref, values } of partnerships.filter((draft) => doubled.has(draft.ref.id))) {
    issues.push(issue('partnerships', ref, 'code-doubled', undefined, { found: String(values.get('code')) }));
  }
  for (const { entity, resolved } of sources) {
    const link = resolved?.link;
    if (link === undefined) continue;
    for (const draft of drafts.get(entity) ?? []) {
      const codes = splitCodes(textOf(draft.raw.cells.get(link.id) ?? EMPTY));
      if (codes.length === 0) issues.push(issue(entity, draft.ref, 'required-empty', link.name, {}));
      const joined = new Set<string>();
      for (const code of codes) {
        const match = book.find(code);
        if (match.kind === 'row') joined.add(match.id);
        if (!partnershipsComplete) continue;
        if (match.kind === 'none') issues.push(issue(entity, draft.ref, 'code-unmatched', link.name, { found: code }));
        if (match.kind === 'similar') {
          issues.push(issue(entity, draft.ref, 'code-spelling', link.name, { found: code, near: match.code }));
        }
      }
      if (joined.size > 0) draft.values.set('partnership', [...joined]);
    }
  }
}

/** Links to rows that are not there (trashed, in another source) are left out and told, once the other side was read whole. */
function checkLinks(
  sources: readonly ReadSource[],
  drafts: ReadonlyMap<EntityName, readonly Draft[]>,
  complete: ReadonlyMap<EntityName, boolean>,
  issues: DataIssue[],
): void {
  const ids = new Map([...drafts].map(([entity, rows]) => [entity, new Set(rows.map((draft) => draft.ref.id))]));
  for (const { entity, resolved } of sources) {
    const declarations: Readonly<Record<string, FieldDeclaration>> = ENTITIES[entity];
    for (const [field, property] of resolved?.fields ?? []) {
      const type = declarations[field]?.type;
      if (type?.kind !== 'link' || complete.get(type.to) !== true) continue;
      for (const draft of drafts.get(entity) ?? []) {
        const linked = draft.values.get(field);
        if (!isIdList(linked)) continue;
        const present = linked.filter((id) => ids.get(type.to)?.has(id));
        if (present.length === linked.length) continue;
        if (present.length === 0) draft.values.delete(field);
        else draft.values.set(field, present);
        issues.push(issue(entity, draft.ref, 'link-broken', property.name, { count: linked.length - present.length }));
      }
    }
  }
}

function isIdList(given: FieldValue | undefined): given is readonly string[] {
  return Array.isArray(given) && given.every((item) => typeof item === 'string');
}

function nameDoubles(partnerships: readonly Draft[], issues: DataIssue[]): void {
  const byName = new Map<string, Draft[]>();
  for (const draft of partnerships) {
    const name = draft.ref.title.toLowerCase();
    if (name !== '') byName.set(name, [...(byName.get(name) ?? []), draft]);
  }
  for (const group of byName.values()) {
    if (group.length < 2) continue;
    for (const draft of group)
      issues.push(issue('partnerships', draft.ref, 'name-doubled', undefined, { found: draft.ref.title }));
  }
}
