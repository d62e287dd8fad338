/** The Korean sample: the team of 한빛 얼라이언스 keeps everything in one Notion workspace. */
import { SandboxWorkspace } from '../workspace.js';
import { expand } from './expand.js';
import { daysFrom, uuidOf } from './ids.js';
import { KOREAN_TABLES } from './korean-layout.js';
import { koreanMess } from './korean-mess.js';
import { KOREAN_PARTNERS } from './korean-partners.js';
import { KOREAN_WORDS } from './korean-words.js';
import { renderNotion, userId } from './notion-render.js';

const SAMPLE = 'korean';
export const KOREAN_TOKEN = 'ntn_sandbox_korean';

/** Name -> e-mail; one person's is hidden from integrations. */
const USERS: Readonly<Record<string, string | null>> = {
  김서연: 'seoyeon@example.com',
  박지우: 'jiwoo@example.com',
  이도현: 'dohyun@example.com',
  최하은: 'haeun@example.com',
  정민재: 'minjae@example.com',
  한지민: 'jimin@example.com',
  윤태경: null,
  강다인: 'dain@example.com',
};

/** The workspace as it stands on the day `anchor` ("YYYY-MM-DD"). Throws RangeError when the anchor is not a day. */
export function buildKorean(anchor: string): SandboxWorkspace {
  const on = daysFrom(anchor);
  const rows = expand(KOREAN_PARTNERS, KOREAN_WORDS, on, koreanMess(on));
  return SandboxWorkspace.parse({
    notion: {
      name: '한빛 얼라이언스',
      token: KOREAN_TOKEN,
      bot: { id: uuidOf(`${SAMPLE}/bot`), name: 'Tandem' },
      users: Object.entries(USERS).map(([name, email]) => ({
        id: userId(SAMPLE, name),
        name,
        ...(email === null ? {} : { email }),
      })),
      databases: renderNotion(SAMPLE, KOREAN_TABLES, rows, on),
    },
  });
}
