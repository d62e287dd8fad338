/** What a configuration says beside its sources, guessed from the tables: language, time zone, holidays, a name, people. */
import type { Locale } from '../config/config.js';
import { TandemError } from '../errors.js';
import type { Seen } from '../pipeline/init/look.js';
import type { Settings } from './init-yaml.js';
import { romanised } from './romanise.js';

interface Wishes {
  readonly workspace?: string;
  readonly locale?: Locale;
  readonly timezone?: string;
  readonly baseUrl?: string;
}

const WORKSPACE = /^[a-z0-9][a-z0-9-]{0,31}$/;

/** Settings as wished; the rest by the tables and this machine. */
export function settingsFor(seen: Seen, { workspace, locale, timezone, baseUrl }: Wishes): Settings {
  if (workspace !== undefined && !WORKSPACE.test(workspace))
    throw new TandemError(
      'usage',
      `"${workspace}" is no name of a workspace: 1 to 32 lower-case letters, digits and hyphens, no hyphen first.`,
    );
  const language = locale ?? (isKorean(seen) ? 'ko' : 'en');
  const zone = timezone ?? zoneFor(language);
  return {
    workspace: workspace ?? nameFor(seen),
    locale: language,
    timezone: zone,
    holidays: zone === 'Asia/Seoul' ? ['KR'] : [],
    people: peopleIn(seen),
    ...(baseUrl === undefined ? {} : { baseUrl }),
  };
}

/** Whether most columns have Korean names. */
function isKorean({ tables }: Seen): boolean {
  const names = tables.flatMap(({ schema }) => schema.properties.map(({ name }) => name));
  return names.filter((name) => /[가-힣]/.test(name)).length * 2 > names.length;
}

/** The zone of this machine; that of a server says nothing about a team. */
function zoneFor(locale: Locale): string {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (isTimezone(zone) && !/^(?:Etc\/.*|UTC|GMT)$/.test(zone)) return zone;
  return locale === 'ko' ? 'Asia/Seoul' : 'UTC';
}

export function isTimezone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return /^[A-Za-z]/.test(zone);
  } catch {
    return false;
  }
}

/** The workspace of the tool, or the base most tables stand in, as a name for keys. */
function nameFor({ accounts, tables }: Seen): string {
  const said = [...Object.values(accounts).map(({ workspace }) => workspace), tables[0]?.within ?? undefined];
  const slugs = said.map((name) => slug(name ?? '')).filter((name) => WORKSPACE.test(name));
  return slugs[0] ?? 'my-team';
}

const slug = (name: string): string =>
  romanised(name)
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 32)
    .replace(/^-+|-+$/g, '');

/** People whom rows name: name -> e-mail address, where the tool shows it. */
function peopleIn({ tables }: Seen): ReadonlyMap<string, string | undefined> {
  const people = new Map<string, string | undefined>();
  for (const { rows } of tables) {
    for (const cell of rows.flatMap(({ cells }) => [...cells.values()])) {
      if (cell.kind !== 'people') continue;
      for (const { name, email } of cell.people) {
        if (name !== undefined) people.set(name, email ?? people.get(name));
      }
    }
  }
  return new Map([...people].sort(([left], [right]) => (left < right ? -1 : 1)));
}
