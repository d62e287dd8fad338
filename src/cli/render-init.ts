/** What `tandem init` found, for the terminal, and the same as a document. */
import type { EntityName } from '../domain/entities.js';
import { INIT_WORDS, type InitWords } from '../messages/index.js';
import { type ColumnToAdd, columnForField, columnForResult } from '../pipeline/init/advice.js';
import { type Chosen, GUESSES } from '../pipeline/init/columns.js';
import type { Seen } from '../pipeline/init/look.js';
import type { Proposal, ProposedSource } from '../pipeline/init/propose.js';
import { reportError } from '../pipeline/report.js';
import { absentFrom, language, misfitText, type Settings, whyOff } from './init-yaml.js';
import type { Paint } from './paint.js';
import { renderError } from './render-errors.js';

export interface Found {
  readonly seen: Seen;
  readonly proposal: Proposal;
  readonly settings: Settings;
  /** The file that was written; null where none was. */
  readonly file: string | null;
}

const MOST_TITLES = 12;

/** Each table with what was found for it, what to add, and the next step. */
export function renderInit({ seen, proposal, settings, file }: Found, paint: Paint): string {
  const words = INIT_WORDS[settings.locale];
  const places = Object.entries(seen.accounts).map(
    ([name, { workspace, name: who }]) => `${name} (${workspace ?? who})`,
  );
  const left = proposal.left.slice(0, MOST_TITLES).map(({ schema }) => schema.title);
  const absent = absentFrom(proposal).map((entity) => nameOf(entity, settings));
  const blocks = [
    [paint('bold', words.title(places))],
    ...proposal.sources.map((source) => sourceBlock(source, settings, words, paint)),
    seen.errors.flatMap((error) => renderError(reportError(error, null, null), paint)),
    [
      ...(left.length === 0 ? [] : [words.left(left)]),
      ...(seen.passedOver === 0 ? [] : [words.passedOver(seen.passedOver)]),
      ...(absent.length === 0 ? [] : [words.absent(absent)]),
    ],
    file === null ? [] : [paint('green', words.written(file)), `${words.next} ${words.look}`],
  ];
  return blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}

function nameOf(entity: EntityName, settings: Settings): string {
  const name = language(settings).catalogue.entity(entity);
  return name.toLowerCase() === entity ? name : `${name} (${entity})`;
}

function sourceBlock(source: ProposedSource, settings: Settings, words: InitWords, paint: Paint): readonly string[] {
  const { entity, table, columns, lacking, others } = source;
  const mark = lacking.length === 0 ? paint('green', '✓') : paint('red', '✗');
  const facts = [table.connection, `“${table.schema.title}”`, words.mapped(columns.fields.size, columns.managed.size)];
  const hints = [
    ...(lacking.length === 0 ? [] : [whyOff(source, words)]),
    ...(others.length === 0 ? [] : [words.orTable(others.map(({ schema }) => schema.title))]),
    ...[...columns.fields.values()].flatMap((chosen) => doubts(chosen, words.unknown, words)),
    ...[...columns.managed.values()].flatMap((chosen) => doubts(chosen, words.noLabel, words)),
    ...columns.misfits.map((misfit) => `${misfit.name}: ${misfitText(misfit, words)}`),
  ];
  const added = toAdd(source, settings).map(({ field, column }) => {
    const kind = words.kinds[table.location.type === 'airtable' ? 'airtable' : 'notion'][column.kind];
    return paint('dim', `  + ${field}: ${words.toAdd(column.name, kind, column.options)}`);
  });
  return [
    `${mark} ${paint('bold', nameOf(entity, settings))} · ${facts.join(' · ')}`,
    ...hints.map((hint) => `  ${paint('yellow', '!')} ${hint}`),
    ...added,
  ];
}

/** What a person should look at. */
function doubts(
  { name, property, why, values, unknown, others }: Chosen,
  doubt: InitWords['unknown'],
  words: InitWords,
): readonly string[] {
  const said = [
    ...(GUESSES.has(why) && why !== 'name' ? [words.found[why]] : []),
    ...(Object.keys(values).length === 0 ? [] : [words.likely]),
    ...(unknown.length === 0 ? [] : [doubt(unknown)]),
    ...(others.length === 0 ? [] : [words.or(others)]),
  ];
  return said.length === 0 ? [] : [`${name}: ${property.name} · ${said.join(' · ')}`];
}

/** The columns a source would need for all it can do. */
function toAdd(
  { entity, wanted, unmanaged }: ProposedSource,
  settings: Settings,
): readonly { readonly field: string; readonly column: ColumnToAdd }[] {
  return [
    ...wanted.map((field) => ({ field, column: columnForField(entity, field, language(settings)) })),
    ...unmanaged.map((field) => ({ field, column: columnForResult(entity, field, language(settings)) })),
  ];
}

/** The proposal as a document. */
export function initDocument({ seen, proposal, settings, file }: Found): object {
  const chosen = (columns: ReadonlyMap<string, Chosen>): object =>
    Object.fromEntries(
      [...columns.values()].map(({ name, property, part, why, values, unknown, others }) => [
        name,
        { column: property.name, type: property.type, part: part ?? null, why, values, unknown, others },
      ]),
    );
  return {
    schemaVersion: 1,
    file,
    workspace: settings.workspace,
    locale: settings.locale,
    sources: proposal.sources.map((source) => ({
      source: source.entity,
      connection: source.table.connection,
      title: source.table.schema.title,
      url: source.table.schema.url,
      usable: source.lacking.length === 0,
      link: source.link?.name ?? null,
      fields: chosen(source.columns.fields),
      manages: chosen(source.columns.managed),
      lacking: source.lacking,
      unmapped: source.unmapped,
      misfits: source.columns.misfits.map(({ role, name, property, fault }) => ({
        role,
        name,
        column: property.name,
        fault,
      })),
      toAdd: toAdd(source, settings).map(({ field, column: { name: column, kind, options } }) => ({
        field,
        column,
        kind,
        options,
      })),
      unused: source.unused,
      others: source.others.map(({ schema }) => ({ title: schema.title, url: schema.url })),
    })),
    left: proposal.left.map(({ schema }) => ({ title: schema.title, url: schema.url })),
    passedOver: seen.passedOver,
    errors: seen.errors.map(({ code, message }) => ({ code, message })),
  };
}
