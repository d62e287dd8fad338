import { afterEach, describe, expect, it } from 'vitest';
import { renderCheck } from '../../src/cli/render-check.js';
import { CHECK_WORDS } from '../../src/messages/index.js';
import type { CheckResult } from '../../src/pipeline/check/index.js';
import type { Fault } from '../../src/sandbox/context.js';
import type { SampleName } from '../../src/sandbox/samples/index.js';
import { airtable, answering, FAILING, notion, pagesOf, recordsOf, renamed } from '../support/breaking.js';
import { openTeam, type Team, type TeamOptions } from '../support/team.js';
import { runVerb } from '../support/verb.js';

let team: Team | undefined;
afterEach(() => team?.close());

const DENIED: Fault = {
  kind: 'answer',
  status: 403,
  body: { object: 'error', status: 403, code: 'restricted_resource', message: 'Insufficient permissions.' },
};
const refusing = (method: string, path: RegExp) => (from: Team) => {
  from.sandbox.context.interceptor = (request) =>
    request.tool === 'notion' && request.method === method && path.test(request.path) ? DENIED : undefined;
};

async function check(from: Team): Promise<CheckResult & { readonly text: string }> {
  const result = await from.app().check({ signal: new AbortController().signal });
  const { locale } = from.config;
  const paint = (_style: unknown, text: string) => text;
  const text = renderCheck(result.report, { paint, locale, words: CHECK_WORDS[locale], all: false });
  expect(from.changed()).toEqual([]);
  return { ...result, text };
}

interface Trouble {
  readonly name: string;
  readonly sample: SampleName;
  readonly open?: TeamOptions;
  readonly hurt?: (from: Team) => unknown;
  readonly exit: number;
  readonly says: readonly string[];
}

const TROUBLES: readonly Trouble[] = [
  {
    name: 'a column that was renamed',
    sample: 'english',
    hurt: renamed('agreements', 'Notice (days)', 'Notice days'),
    exit: 4,
    says: ['✗ noticeDays: there is no column “Notice (days)”: did you mean “Notice days”?'],
  },
  {
    name: 'a managed column that is missing',
    sample: 'korean',
    hurt: (from) => pagesOf(from).deleteProperty(notion(from, 'partnerships'), '건강 점수'),
    exit: 4,
    says: ['✗ health: ‘건강 점수’ 열이 없음'],
  },
  {
    name: 'a column that joins and is gone',
    sample: 'english',
    hurt: renamed('kpis', 'Partner code', 'Whose'),
    exit: 4,
    says: ['✗ link: there is no column “Partner code”'],
  },
  {
    name: 'a date where people are wanted',
    sample: 'korean',
    hurt: (from) => pagesOf(from).retypeProperty(notion(from, 'partnerships'), '담당자', 'date'),
    exit: 4,
    says: ['✗ owner: ‘담당자’는 date 열이라 이 값을 읽을 수 없음'],
  },
  {
    name: 'a result that would go into a column of another type',
    sample: 'english',
    hurt: (from) => recordsOf(from).retypeField(...airtable(from, 'kpis'), 'Achievement', 'checkbox', {}),
    exit: 4,
    says: ['✗ achievement: “Achievement” is a checkbox column, which cannot hold this result'],
  },
  {
    name: 'a result that would go into a formula',
    sample: 'english',
    hurt: (from) => recordsOf(from).retypeField(...airtable(from, 'kpis'), 'Achievement', 'formula', {}),
    exit: 4,
    says: ['✗ achievement: “Achievement” is a formula column, which cannot be written'],
  },
  {
    name: 'a relation to another table',
    sample: 'korean',
    open: {
      configure: (document) => {
        document.setIn(['sources', 'actions', 'fields', 'review'], '파트너사');
        document.setIn(['sources', 'actions', 'fields', 'partnership'], '리뷰');
      },
    },
    exit: 4,
    says: ['✗ partnership: ', '설정과 다른 표에 연결되어 있음'],
  },
  {
    name: 'a value without an option, where the cell may stay empty: said, and no fault',
    sample: 'english',
    hurt: (from) => pagesOf(from).renameOption(notion(from, 'milestones'), 'Schedule', 'Overdue', 'Too late!'),
    exit: 0,
    says: ['! status: “Schedule” has no option for “Overdue”: add the options'],
  },
  {
    name: 'a status column that would show another value instead',
    sample: 'korean',
    hurt: (from) => {
      const id = notion(from, 'partnerships');
      pagesOf(from).retypeProperty(id, '진행 상태', 'status');
      pagesOf(from).renameOption(id, '진행 상태', 'Not started', '순조');
    },
    exit: 4,
    says: ['✗ status: ‘진행 상태’에 ‘주의’, ‘위험’, ‘데이터 부족’ 옵션이 없어 다른 값이 표시됨'],
  },
  {
    name: 'a token that may not add rows',
    sample: 'english',
    hurt: refusing('POST', /^\/v1\/pages$/),
    exit: 4,
    says: ['add rows: no', '✗ grant it in the settings of the connection: Insert content'],
  },
  {
    name: 'a token that may not change rows',
    sample: 'korean',
    hurt: refusing('PATCH', /^\/v1\/pages\//),
    exit: 4,
    says: ['행 수정: 없음', 'Update content'],
  },
  {
    name: 'a token that was revoked',
    sample: 'english',
    hurt: (from) => recordsOf(from).revokeToken(),
    exit: 4,
    says: ['✗ KPIs · airtable · could not be read', 'auth-invalid-token'],
  },
  {
    name: 'a table that is not shared',
    sample: 'korean',
    hurt: (from) => pagesOf(from).share(notion(from, 'reviews'), false),
    exit: 4,
    says: ['✗ 리뷰 (reviews) · notion · 읽을 수 없음', 'source-not-found'],
  },
  {
    name: 'a tool that fails',
    sample: 'english',
    hurt: answering('airtable', () => true, FAILING),
    exit: 6,
    says: ['upstream-unavailable'],
  },
  {
    name: 'codes that are misspelt, doubled or unknown',
    sample: 'english',
    hurt: (from) => {
      const [first, second] = from.rows('kpis');
      const [one, two, three] = from
        .rows('partnerships')
        .filter(({ values, inTrash }) => !inTrash && String(values['Partner code'] ?? '') !== '');
      from.edit('kpis', first?.id ?? '', { 'Partner code': String(one?.values['Partner code']).replace('-', ' ') });
      from.edit('kpis', second?.id ?? '', { 'Partner code': 'ZZ-77' });
      const doubled = String(three?.values['Partner code']).toLowerCase();
      from.edit('partnerships', two?.id ?? '', { 'Partner code': doubled });
    },
    exit: 0,
    says: ['“ZZ-77”', 'looks like “', 'so it joins nothing'],
  },
  {
    name: 'a person no task can be assigned to',
    sample: 'english',
    open: {
      configure: (document) => {
        document.setIn(['sources', 'partnerships', 'fields', 'owner'], 'Language');
        document.deleteIn(['sources', 'partnerships', 'fields', 'language']);
      },
    },
    hurt: (from) => {
      for (const { id } of from.rows('partnerships')) from.edit('partnerships', id, { Language: 'Zoe Nobody' });
    },
    exit: 0,
    says: ['! no task can be assigned to Zoe Nobody'],
  },
  {
    name: 'a person of the configuration whom no table names',
    sample: 'english',
    open: { configure: (document) => document.setIn(['people', 'Mona Typo'], { email: 'mona@example.com' }) },
    exit: 0,
    says: ['! in `people`, and in no table: Mona Typo'],
  },
  {
    name: 'a plan whose month bears few runs',
    sample: 'english',
    open: { configure: (document) => document.setIn(['connections', 'airtable', 'plan'], 'free') },
    exit: 0,
    says: ['airtable · 5 of 1000 used; reading everything once takes 5', '--every 27000 or more'],
  },
];

describe('what check finds, and that it writes nothing to find it', () => {
  it.each(['korean', 'english'] as const)('%s: all is well, and every source is told', async (sample) => {
    team = await openTeam(sample);
    const { report, exitCode, text } = await check(team);
    expect(exitCode, text).toBe(0);
    expect(report.sources.map(({ source }) => source)).toEqual(team.config.sources.map(({ entity }) => entity));
    expect(report.sources.every(({ rows, title }) => rows !== null && title !== null)).toBe(true);
    expect(report.sources.flatMap(({ columns }) => columns.filter(({ verdict }) => verdict === 'no-label'))).toEqual(
      [],
    );
    expect(text).not.toContain('✗');
    expect(text).toContain('tandem plan');
    expect(text).not.toMatch(/undefined|\[object/);
  });

  it.each(TROUBLES)('$name: exit $exit', async ({ sample, open, hurt, exit, says }) => {
    team = await openTeam(sample, open);
    await hurt?.(team);
    const { exitCode, text } = await check(team);
    for (const words of says) expect(text).toContain(words);
    expect(exitCode, text).toBe(exit);
    expect(text.includes('✗')).toBe(exit !== 0);
  });

  it('an unmapped field is told with what it switches off', async () => {
    team = await openTeam('english', {
      configure: (document) => document.deleteIn(['sources', 'risks', 'fields', 'plan']),
    });
    const { report } = await check(team);
    expect(report.off).toContainEqual({ code: 'risk-without-plan', missing: ['risks.plan'] });
    expect(report.sources.find(({ source }) => source === 'risks')?.unmapped).toContain('plan');
  });

  it('says nothing of joins and of missing columns where the partnerships themselves could not be read', async () => {
    team = await openTeam('english');
    const { report: before } = await check(team);
    pagesOf(team).share(notion(team, 'partnerships'), false);
    const { report, exitCode } = await check(team);
    expect({ exitCode, joins: report.joins }).toEqual({ exitCode: 4, joins: [] });
    expect(report.off).toEqual(before.off);
  });

  it('a database with several data sources lists them', async () => {
    let database = '';
    team = await openTeam('korean', {
      fill: (workspace) => {
        const { notion: tool } = workspace;
        const [first, second, ...rest] = tool?.databases ?? [];
        if (tool === undefined || first === undefined || second === undefined) return workspace;
        database = first.id;
        const both = { ...first, dataSources: [...first.dataSources, ...second.dataSources] };
        return { ...workspace, notion: { ...tool, databases: [both, ...rest] } };
      },
      configure: (document) => document.setIn(['sources', 'partnerships', 'id'], database),
    });
    const { exitCode, text } = await check(team);
    expect(exitCode).toBe(4);
    expect(text).toMatch(/source-ambiguous: The database .* has 2 sources: 파트너사 \(.*\), KPI \(.*\)\./);
  });
});

describe('the command line', () => {
  it('prints one JSON document', async () => {
    team = await openTeam('english');
    const { code, stdout } = await runVerb(team, 'check', ['--json']);
    expect(code).toBe(0);
    const report: CheckResult['report'] = JSON.parse(stdout);
    expect(report).toMatchObject({ schemaVersion: 1, workspace: 'harbor-partners' });
    expect(Object.keys(report)).toEqual([
      'schemaVersion',
      'workspace',
      'sources',
      'access',
      'joins',
      'people',
      'off',
      'months',
      'dataIssues',
      'errors',
      'notes',
    ]);
    expect(stdout).not.toContain(String(team.env.NOTION_TOKEN));
  });

  it('speaks the language of the workspace, and ends with the exit code of what it found', async () => {
    team = await openTeam('korean');
    pagesOf(team).renameProperty(notion(team, 'kpis'), '목표', '목표 값');
    const { code, stdout } = await runVerb(team, 'check');
    expect(code).toBe(4);
    expect(stdout).toContain('hanbit-alliance 설정 점검');
    expect(stdout).toContain('다음: ✗ 표시된 것을 고친 뒤 tandem check 다시 실행');
    expect(team.changed()).toEqual([]);
  });
});
