/** Reads the file a sandbox is filled from: the short form a person writes, or a whole workspace. */
import { z } from 'zod';
import { type Mistake, openDocument } from '../document.js';
import { SandboxWorkspace } from '../workspace.js';
import { expandAirtable } from './airtable.js';
import { expandNotion } from './notion.js';
import { ShortForm } from './short-form.js';

/** A workspace from the text of a YAML or JSON file. Throws DocumentError with every mistake and its line. */
export function readWorkspace(text: string, file: string): SandboxWorkspace {
  const document = openDocument(text, file);
  if (whole.safeParse(document.data).success) return document.read(SandboxWorkspace);
  return expand(document.read(ShortForm, (short) => expand(short).mistakes)).workspace;
}

/** A whole workspace, as the samples are, spells out databases and bases. */
const whole = z.union([
  z.looseObject({ notion: z.looseObject({ databases: z.array(z.unknown()) }) }),
  z.looseObject({ airtable: z.looseObject({ bases: z.array(z.unknown()) }) }),
]);

function expand({ people, notion, airtable }: ShortForm): {
  readonly workspace: SandboxWorkspace;
  readonly mistakes: readonly Mistake[];
} {
  const mistakes: Mistake[] = [];
  const complain = (path: Mistake['path'], message: string): void => void mistakes.push({ path, message });
  if (notion === undefined && airtable === undefined) complain([], 'there is neither notion nor airtable.');
  const workspace = {
    ...(notion && { notion: expandNotion(notion, people, complain) }),
    ...(airtable && { airtable: expandAirtable(airtable, people, complain) }),
  };
  return { workspace, mistakes };
}
