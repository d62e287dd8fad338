/** The English sample: Harbor Partners keeps relationships in Notion, KPIs and agreements in Airtable, joined by code. */
import { SandboxWorkspace } from '../workspace.js';
import { renderAirtable } from './airtable-render.js';
import { ENGLISH_AIRTABLE, ENGLISH_NOTION } from './english-layout.js';
import { englishMess } from './english-mess.js';
import { ENGLISH_PARTNERS } from './english-partners.js';
import { ENGLISH_WORDS } from './english-words.js';
import { expand } from './expand.js';
import { airtableIdOf, daysFrom, uuidOf } from './ids.js';
import { renderNotion, userId } from './notion-render.js';

const SAMPLE = 'english';
export const ENGLISH_NOTION_TOKEN = 'ntn_sandbox_english';
export const ENGLISH_AIRTABLE_TOKEN = 'pat_sandbox_english';

/** Name -> e-mail, the same in both tools. */
const USERS: Readonly<Record<string, string>> = {
  'Amelia Hart': 'amelia@example.com',
  'Tom Okafor': 'tom@example.com',
  'Priya Raman': 'priya@example.com',
  'Daniel Cho': 'daniel@example.com',
  'Sofia Lindqvist': 'sofia@example.com',
  'Owen Pryce': 'owen@example.com',
  'Grace Adeyemi': 'grace@example.com',
};

/** The workspace as it stands on the day `anchor` ("YYYY-MM-DD"). Throws RangeError when the anchor is not a day. */
export function buildEnglish(anchor: string): SandboxWorkspace {
  const on = daysFrom(anchor);
  const rows = expand(ENGLISH_PARTNERS, ENGLISH_WORDS, on, englishMess(on));
  const collaborators = Object.entries(USERS).map(([name, email]) => ({
    id: airtableIdOf('usr', `${SAMPLE}/${name}`),
    email,
    name,
  }));
  const people = new Map(collaborators.map((person) => [person.name, person]));
  return SandboxWorkspace.parse({
    notion: {
      name: 'Harbor Partners',
      token: ENGLISH_NOTION_TOKEN,
      bot: { id: uuidOf(`${SAMPLE}/bot`), name: 'Tandem' },
      users: Object.entries(USERS).map(([name, email]) => ({ id: userId(SAMPLE, name), name, email })),
      databases: renderNotion(SAMPLE, ENGLISH_NOTION, rows, on),
    },
    airtable: {
      token: ENGLISH_AIRTABLE_TOKEN,
      user: { id: airtableIdOf('usr', `${SAMPLE}/tandem`), email: 'tandem@example.com', name: 'Tandem' },
      collaborators,
      bases: [
        {
          id: airtableIdOf('app', SAMPLE),
          name: 'Partner numbers',
          tables: renderAirtable(SAMPLE, ENGLISH_AIRTABLE, rows, on, people),
        },
      ],
    },
  });
}
