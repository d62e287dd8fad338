/** A proposed configuration as the text of a file: what is sure stands there, what is not is a remark beside it. */
import type { Locale } from '../config/config.js';
import { ENTITY_NAMES } from '../domain/entities.js';
import type { Location } from '../domain/mapping.js';
import { CATALOGUES, INIT_WORDS, type InitWords } from '../messages/index.js';
import type { ToolName } from '../messages/init.js';
import { type ColumnToAdd, columnForField, columnForResult } from '../pipeline/init/advice.js';
import type { Chosen, Misfit } from '../pipeline/init/columns.js';
import type { Proposal, ProposedSource } from '../pipeline/init/propose.js';

export interface Settings {
  readonly workspace: string;
  readonly locale: Locale;
  readonly timezone: string;
  readonly holidays: readonly string[];
  /** The address of a sandbox. */
  readonly baseUrl?: string;
  /** People whom rows name: name -> e-mail address, where the tool shows it. */
  readonly people: ReadonlyMap<string, string | undefined>;
}

const PLANS: Readonly<Record<ToolName, string>> = { notion: 'plus', airtable: 'team' };
const MOST_PEOPLE = 12;

/** The file. */
export function writeYaml(proposal: Proposal, settings: Settings): string {
  const words = INIT_WORDS[settings.locale];
  const used = [...new Set(proposal.sources.map(({ table }) => table.connection))];
  const lines = [
    ...words.head.map((line) => `# ${line}`),
    '',
    'version: 1',
    `workspace: ${settings.workspace} # ${words.workspace}`,
    `locale: ${settings.locale} # ${words.locale}`,
    `timezone: ${settings.timezone} # ${words.timezone}`,
    settings.holidays.length === 0
      ? `# calendar: { holidays: [] } # ${words.holidays}`
      : `calendar: { holidays: [${settings.holidays.join(', ')}] } # ${words.holidays}`,
    '',
    ...peopleLines(settings, words),
    'connections:',
    ...used.map((name) => connectionLine(name as ToolName, settings, words)),
    '',
    'sources:',
    ...proposal.sources
      .map((source) => sourceLines(source, settings, words).join('\n'))
      .join('\n\n')
      .split('\n'),
  ];
  return `${lines.join('\n')}\n`;
}

function peopleLines({ people }: Settings, words: InitWords): readonly string[] {
  if (people.size === 0) return [];
  const named = [...people].slice(0, MOST_PEOPLE).map(([name, email]) => {
    return `#   ${scalar(name)}: { ${email === undefined ? '' : `email: ${scalar(email)} `}}`;
  });
  return [...words.people.map((line) => `# ${line}`), '# people:', ...named, ''];
}

function connectionLine(name: ToolName, { baseUrl }: Settings, words: InitWords): string {
  const address = baseUrl === undefined ? '' : `, baseUrl: ${baseUrl}`;
  return `  ${name}: { type: ${name}, plan: ${PLANS[name]}${address} } # ${words.plan[name]}`;
}

function sourceLines(source: ProposedSource, settings: Settings, words: InitWords): readonly string[] {
  const { entity, table, link, lacking, others } = source;
  const lines = [
    `${entity}:${remark(others.length === 0 ? '' : words.orTable(others.map(({ schema }) => schema.title)))}`,
    `  connection: ${table.connection}`,
    ...locationLines(table.location, table.within, table.schema.title),
    ...(link === null ? [] : [`  link: { field: ${scalar(link.name)}, to: code } # ${words.link}`]),
    '  fields:',
    ...fieldLines(source, settings, words),
    ...managedLines(source, settings, words),
    ...(source.unused.length === 0 ? [] : [`  # ${oneLine(words.unused(source.unused))}`]),
    ...(table.cut ? [`  # ${words.cut(table.rows.length)}`] : []),
  ];
  if (lacking.length === 0) return lines.map((line) => `  ${line}`);
  return [whyOff(source, words), ...lines].map((line) => `  # ${line}`);
}

/** Why a source is commented out. */
export const whyOff = ({ lacking }: ProposedSource, words: InitWords): string =>
  lacking.includes('partnership') ? words.lacksPartnership : words.off(lacking);

function locationLines(location: Location, within: string | null, title: string): readonly string[] {
  switch (location.type) {
    case 'notion':
      return [`  id: ${location.id} # ${oneLine(title)}`];
    case 'airtable':
      return [`  base: ${location.base}${remark(within ?? '')}`, `  table: ${location.table} # ${oneLine(title)}`];
    case 'memory':
      return [];
  }
}

function fieldLines(source: ProposedSource, settings: Settings, words: InitWords): readonly string[] {
  const { entity, columns, unmapped, wanted } = source;
  const order = [...columns.fields.values()].map((chosen) => chosenLine(chosen, words.unknown, words));
  const misfits = columns.misfits.filter(({ role }) => role === 'field');
  const odd = misfits.map(
    (misfit) => `# ${misfit.name}: ${scalar(misfit.property.name)} # ${misfitText(misfit, words)}`,
  );
  const toAdd = wanted.map((name) => addLine(name, columnForField(entity, name, language(settings)), source, words));
  const none = unmapped.filter((name) => !wanted.includes(name) && !misfits.some((misfit) => misfit.name === name));
  const rest = none.length === 0 ? [] : [`# ${words.unmapped(none)}`];
  return [...order, ...odd, ...toAdd, ...rest].map((line) => `    ${line}`);
}

function managedLines(source: ProposedSource, settings: Settings, words: InitWords): readonly string[] {
  const { entity, columns, unmanaged } = source;
  const mapped = [...columns.managed.values()].map((chosen) => chosenLine(chosen, words.noLabel, words));
  const open = unmanaged.flatMap((name) => {
    const misfits = columns.misfits.filter((misfit) => misfit.role === 'managed' && misfit.name === name);
    return [
      ...misfits.map((misfit) => `# ${misfitText(misfit, words)}`),
      addLine(name, columnForResult(entity, name, language(settings)), source, words),
    ];
  });
  if (mapped.length === 0 && open.length === 0) return [];
  const head = `${mapped.length === 0 ? '# ' : ''}manages: # ${words.manages}`;
  return [`  ${head}`, ...[...mapped, ...open].map((line) => `    ${line}`)];
}

const addLine = (name: string, column: ColumnToAdd, { table }: ProposedSource, words: InitWords): string => {
  const kind = words.kinds[table.location.type === 'airtable' ? 'airtable' : 'notion'][column.kind];
  return `# ${name}: ${scalar(column.name)} # ${words.add(kind, column.options)}`;
};

function chosenLine(
  { name, property, part, values, unknown, why, others }: Chosen,
  doubt: InitWords['unknown'],
  words: InitWords,
): string {
  const pairs = Object.entries(values).map(([label, meaning]) => `${scalar(label)}: ${meaning}`);
  const more = [
    ...(part === undefined ? [] : [`part: ${part}`]),
    ...(pairs.length === 0 ? [] : [`values: { ${pairs.join(', ')} }`]),
  ];
  const column = scalar(property.name);
  const written = more.length === 0 ? column : `{ property: ${column}, ${more.join(', ')} }`;
  const remarks = [
    ...(why === 'name' || why === 'title' ? [] : [words.found[why]]),
    ...(pairs.length === 0 ? [] : [words.likely]),
    ...(unknown.length === 0 ? [] : [doubt(unknown)]),
    ...(others.length === 0 ? [] : [words.or(others)]),
  ];
  return `${name}: ${written}${remark(remarks.join(' · '))}`;
}

/** Why a column with the right name serves nothing, in words. */
export function misfitText({ property, fault }: Misfit, words: InitWords): string {
  const reason = fault === 'no-label' ? 'labels' : fault === 'ok' || fault === 'missing' ? 'wrong-type' : fault;
  return oneLine(words.misfit[reason](property.name, property.type));
}

export const language = ({ locale }: Pick<Settings, 'locale'>) => ({ locale, catalogue: CATALOGUES[locale] });

const remark = (text: string): string => (text === '' ? '' : ` # ${oneLine(text)}`);
const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

const RESERVED = /^(?:true|false|null|yes|no|on|off|y|n)$/i;

/** A text as YAML: bare where nothing could be misread, else in quotes. */
const scalar = (text: string): string =>
  /^\p{L}[\p{L}\p{N} ()/.%&_@-]*$/u.test(text) && !/\s$/.test(text) && !RESERVED.test(text)
    ? text
    : JSON.stringify(text);

/** Entities no table was found for. */
export const absentFrom = ({ sources }: Proposal) =>
  ENTITY_NAMES.filter((entity) => !sources.some((source) => source.entity === entity));
