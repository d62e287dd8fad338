/** `tandem init`: looks at the tables the tokens can see and writes a configuration for them. Changes nothing there. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { openTools } from '../app.js';
import { systemClock } from '../clock.js';
import type { Config, Locale } from '../config/config.js';
import { airtableLimits, judgeBaseUrl, notionLimits } from '../config/connections.js';
import { CONFIG_FILE } from '../config/find.js';
import { readAirtableBase, readNotionId } from '../config/links.js';
import { formatConfigErrors, loadConfig } from '../config/load.js';
import { readToken } from '../config/tokens.js';
import { ENTITY_NAMES } from '../domain/entities.js';
import { TandemError } from '../errors.js';
import { createLogger } from '../log.js';
import { CATALOGUES } from '../messages/index.js';
import type { ToolName } from '../messages/init.js';
import { lookAround, type Pointer, type Seen } from '../pipeline/init/look.js';
import { propose } from '../pipeline/init/propose.js';
import { isTimezone, settingsFor } from './init-settings.js';
import { writeYaml } from './init-yaml.js';
import { paintFor } from './paint.js';
import { initDocument, renderInit } from './render-init.js';
import { type Environment, interruptible, openState } from './workspace.js';

export interface InitOptions {
  readonly config?: string;
  readonly force?: boolean;
  readonly print?: boolean;
  readonly json?: boolean;
  readonly workspace?: string;
  readonly locale?: Locale;
  readonly timezone?: string;
  readonly baseUrl?: string;
}

/** Writes the file, or prints it, and tells what was found. Links name the tables to look at; without, all are. */
export async function runInit(links: readonly string[], options: InitOptions, env: Environment): Promise<number> {
  const signal = interruptible();
  const shown = options.config ?? CONFIG_FILE;
  const file = resolve(shown);
  const keeps = options.print !== true && options.force !== true;
  if (keeps && existsSync(file)) throw taken(shown);
  if (options.timezone !== undefined && !isTimezone(options.timezone))
    throw new TandemError('usage', `"${options.timezone}" is no time zone. Write it like Asia/Seoul or Europe/London.`);
  const pointers = links.map(readPointer);
  const connections = connectionsFor(pointers, options, env);
  const log = createLogger({ level: 'silent', secrets: [], write: () => undefined });
  const state = await openState(env, log);
  try {
    const tools = openTools(connections, { state, clock: systemClock, fetch: globalThis.fetch, random: Math.random });
    const seen = await lookAround(tools, pointers, signal);
    const settings = settingsFor(seen, options);
    const proposal = propose(seen, CATALOGUES[settings.locale]);
    if (!proposal.sources.some(({ entity, lacking }) => entity === 'partnerships' && lacking.length === 0))
      throw noPartnerships(seen);
    const yaml = writeYaml(proposal, settings);
    assertUsable(yaml, file);
    if (options.print !== true) save(yaml, file, shown, keeps);
    const found = { seen, proposal, settings, file: options.print === true ? null : shown };
    const told = options.json
      ? JSON.stringify(initDocument(found), null, 2)
      : renderInit(found, paintFor(options.print === true ? process.stderr : process.stdout, env));
    if (options.print === true && options.json !== true) {
      process.stderr.write(`${told}\n`);
      process.stdout.write(yaml);
    } else process.stdout.write(`${told}\n`);
    return 0;
  } finally {
    await state.close();
  }
}

const taken = (file: string): TandemError =>
  new TandemError(
    'usage',
    `${file} is there already and was left as it is. Give another name with --config, look at a proposal with --print, or replace it with --force.`,
  );

function save(yaml: string, file: string, shown: string, keeps: boolean): void {
  try {
    writeFileSync(file, yaml, { flag: keeps ? 'wx' : 'w' });
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown && thrown.code === 'EEXIST') throw taken(shown);
    const why = thrown instanceof Error ? thrown.message : String(thrown);
    throw new TandemError('usage', `${shown} could not be written: ${why}`);
  }
}

/** A link or id, alone or as `entity=link`. */
function readPointer(text: string): Pointer {
  const [, said, link = text] = /^([a-z]+)=(.*)$/s.exec(text) ?? [];
  const entity = ENTITY_NAMES.find((name) => name === said);
  if (said !== undefined && entity === undefined)
    throw new TandemError('usage', `"${said}" is nothing Tandem keeps. Known: ${ENTITY_NAMES.join(', ')}.`);
  const meant = entity === undefined ? {} : { entity };
  const id = readNotionId(link);
  if (id !== undefined) return { connection: 'notion', location: { type: 'notion', id }, ...meant };
  const base = readAirtableBase(link);
  if (base !== undefined) return { connection: 'airtable', location: { type: 'airtable', ...base }, ...meant };
  throw new TandemError(
    'usage',
    `"${link}" is no link to a Notion database or an Airtable base, and no id of one. Open it in a browser and copy the address.`,
  );
}

const TOOLS = ['notion', 'airtable'] as const;

/** The connections there are tokens for, of those that are meant. */
function connectionsFor(
  pointers: readonly Pointer[],
  { baseUrl }: InitOptions,
  env: Environment,
): Config['connections'] {
  const meant = TOOLS.filter((tool) => pointers.some(({ connection }) => connection === tool));
  const set = TOOLS.filter((tool) => isSet(env[VARIABLES[tool]]) || isSet(env[`${VARIABLES[tool]}_FILE`]));
  if (meant.length === 0 && set.length === 0) throw noToken();
  const address = baseUrl === undefined ? {} : { baseUrl: allowedUrl(baseUrl, env) };
  return Object.fromEntries(
    (meant.length === 0 ? set : meant).map((name) => {
      const found = readToken({ name, type: name }, { env, readFile: (path) => readFileSync(path, 'utf8') });
      if ('mistake' in found) throw new TandemError('config-token-missing', `${found.mistake.what}.`);
      const { token } = found;
      return name === 'notion'
        ? [name, { name, type: name, plan: 'plus', token, limits: notionLimits('plus'), ...address }]
        : [name, { name, type: name, plan: 'team', token, limits: airtableLimits('team'), ...address }];
    }),
  );
}

const VARIABLES: Readonly<Record<ToolName, string>> = { notion: 'NOTION_TOKEN', airtable: 'AIRTABLE_TOKEN' };
const isSet = (value: string | undefined): boolean => value !== undefined && value !== '';

const noToken = (): TandemError =>
  new TandemError(
    'config-token-missing',
    'Neither NOTION_TOKEN nor AIRTABLE_TOKEN is set, so there is nobody to ask. Tokens are made at notion.so/profile/integrations and airtable.com/create/tokens; share the databases with them.',
  );

function allowedUrl(baseUrl: string, env: Environment): string {
  const verdict = judgeBaseUrl(baseUrl, env.TANDEM_ALLOW_CUSTOM_BASE_URL === '1');
  if (verdict.ok) return verdict.url;
  throw new TandemError(
    'usage',
    `"${baseUrl}" cannot be used: --base-url is the address of a sandbox on this machine.`,
  );
}

function noPartnerships({ tables }: Seen): TandemError {
  const titles = tables.slice(0, 20).map(({ schema }) => `“${schema.title}”`);
  const saw = titles.length === 0 ? 'It sees no table at all.' : `It sees: ${titles.join(', ')}.`;
  return new TandemError(
    'source-not-found',
    `None of the tables the token can see looks like a table of partners. ${saw} Name it: tandem init partnerships=LINK`,
  );
}

/** What is written must load; anything else is a defect of this file. */
function assertUsable(yaml: string, file: string): void {
  const loaded = loadConfig({
    file,
    env: { TANDEM_ALLOW_CUSTOM_BASE_URL: '1' },
    readFile: () => yaml,
    requireTokens: false,
  });
  if ('errors' in loaded)
    throw new TandemError('internal', `The proposal does not load: ${formatConfigErrors(loaded.errors)}`);
}
