/**
 * Tokens come from the environment, or from a file the environment names (as container and service managers
 * mount them). Never from the configuration, and never into a message.
 */
import { z } from 'zod';
import type { Mistake } from './config-error.js';

export type Environment = Readonly<Record<string, string | undefined>>;

export interface TokenSource {
  readonly env: Environment;
  /** Throws when the file cannot be read. */
  readonly readFile: (path: string) => string;
}

/** Name of an environment variable. */
export const tokenVariable = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/);

/** A connection, as far as its token is concerned. `name` is that of the connection. */
export const TokenOwner = z.object({
  name: z.string(),
  type: z.enum(['notion', 'airtable']),
  tokenEnv: tokenVariable.optional(),
});
export type TokenOwner = z.infer<typeof TokenOwner>;

const DEFAULT_VARIABLES = { notion: 'NOTION_TOKEN', airtable: 'AIRTABLE_TOKEN' } as const;

/** The token of a connection: from VARIABLE_FILE when that is set, else from VARIABLE. */
export function readToken(
  owner: TokenOwner,
  source: TokenSource,
): { readonly token: string } | { readonly mistake: Mistake } {
  const variable = owner.tokenEnv ?? DEFAULT_VARIABLES[owner.type];
  const file = source.env[`${variable}_FILE`];
  if (file !== undefined && file !== '') return readTokenFile(owner, variable, file, source.readFile);
  const token = source.env[variable]?.trim() ?? '';
  const next = `Set ${variable}, or set ${variable}_FILE to the path of a file that holds the token.`;
  if (token === '') return absent(owner, `neither ${variable} nor ${variable}_FILE is set`, next);
  return isOneWord(token) ? { token } : absent(owner, `${variable} holds more than a token`, ONE_WORD);
}

const ONE_WORD = 'Put the token there and nothing else.';

function readTokenFile(
  owner: TokenOwner,
  variable: string,
  file: string,
  readFile: TokenSource['readFile'],
): { readonly token: string } | { readonly mistake: Mistake } {
  const named = `the file ${variable}_FILE names (${file})`;
  let text: string;
  try {
    text = readFile(file);
  } catch {
    const next = `Correct the path or the rights of the file, or unset ${variable}_FILE and set ${variable}.`;
    return absent(owner, `${named} cannot be read`, next);
  }
  const token = text.replace(/^\uFEFF/, '').trim();
  if (token === '') return absent(owner, `${named} is empty`, ONE_WORD);
  return isOneWord(token) ? { token } : absent(owner, `${named} holds more than a token`, ONE_WORD);
}

/** Printable ASCII without spaces: what may stand in a header. */
const isOneWord = (token: string): boolean => /^[\x21-\x7e]+$/.test(token);

function absent({ name, type }: TokenOwner, fact: string, next: string): { readonly mistake: Mistake } {
  const tool = type === 'notion' ? 'Notion' : 'Airtable';
  return {
    mistake: {
      code: 'config-token-missing',
      path: ['connections', name],
      at: 'key',
      what: `connection \`${name}\` has no token: ${fact}`,
      why: `${tool} answers only with a token, and tokens are never read from this file.`,
      next,
    },
  };
}
