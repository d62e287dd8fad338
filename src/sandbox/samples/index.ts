/**
 * The sample workspaces a sandbox can be filled with. Every date is an offset from the anchor day, so a sample is
 * as fresh on any day as on the first, and the same anchor always gives the same workspace, ids included.
 */
import type { SandboxWorkspace } from '../workspace.js';
import { buildEnglish, ENGLISH_AIRTABLE_TOKEN, ENGLISH_NOTION_TOKEN } from './english.js';
import { buildKorean, KOREAN_TOKEN } from './korean.js';

export interface Sample {
  readonly title: string;
  /** The workspace as it stands on the day `anchor` ("YYYY-MM-DD"). Throws RangeError when that is not a day. */
  readonly build: (anchor: string) => SandboxWorkspace;
  /** Environment variable -> the sandbox token the sample's example configuration reads from it. */
  readonly tokens: Readonly<Record<string, string>>;
}

export const SAMPLES = {
  korean: {
    title: '한빛 얼라이언스: everything in one Notion workspace, in Korean',
    build: buildKorean,
    tokens: { NOTION_TOKEN: KOREAN_TOKEN },
  },
  english: {
    title: 'Harbor Partners: relationships in Notion, numbers and agreements in Airtable',
    build: buildEnglish,
    tokens: { NOTION_TOKEN: ENGLISH_NOTION_TOKEN, AIRTABLE_TOKEN: ENGLISH_AIRTABLE_TOKEN },
  },
} as const satisfies Readonly<Record<string, Sample>>;

export type SampleName = keyof typeof SAMPLES;
