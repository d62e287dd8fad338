/** What may be broken while Tandem runs, and what the run of that day has to say about it. */
import type { EntityName } from '../../src/domain/entities.js';
import type { SampleName } from '../../src/sandbox/samples/index.js';
import {
  airtable,
  answering,
  CUT,
  deleted,
  FAILING,
  HTML,
  type Hurt,
  notion,
  ofSource,
  ofTable,
  pagesOf,
  patch,
  recordsOf,
  renamed,
  retyped,
  retypedField,
  revokedAfter,
} from './breaking.js';

export interface Break {
  readonly name: string;
  readonly sample: SampleName;
  readonly hurt: Hurt;
  readonly exit: number;
  readonly incomplete: readonly EntityName[] | 'some';
  /** What the errors or the data issues name. */
  readonly says: readonly string[];
  /** A column whose own cells are changed by the hurt: "table property". */
  readonly column?: string;
  /** Nothing at all can be written. */
  readonly stops?: boolean;
  /** Everything is judged as before: only the column's own cells may differ from the twin's. */
  readonly harmless?: boolean;
}

const ALL_KOREAN: readonly EntityName[] = [
  'partnerships',
  'kpis',
  'measurements',
  'milestones',
  'reviews',
  'actions',
  'risks',
  'issues',
  'contacts',
  'interactions',
  'agreements',
  'tasks',
];
const IN_AIRTABLE: readonly EntityName[] = ['kpis', 'measurements', 'agreements'];

export const COLUMNS: readonly Break[] = [
  {
    name: 'a date column in Notion is renamed',
    sample: 'korean',
    hurt: renamed('milestones', '기한', '납기'),
    exit: 4,
    incomplete: ['milestones'],
    says: ['property-not-found', '기한', 'milestones'],
  },
  {
    name: 'a column in Airtable is renamed',
    sample: 'english',
    hurt: renamed('agreements', 'Notice (days)', 'Notice period'),
    exit: 4,
    incomplete: ['agreements'],
    says: ['property-not-found', 'Notice (days)', 'agreements'],
  },
  {
    name: 'the column that joins Airtable to the partnerships is renamed',
    sample: 'english',
    hurt: renamed('kpis', 'Partner code', 'Partner'),
    exit: 4,
    incomplete: ['kpis'],
    says: ['property-not-found', 'Partner code', 'kpis'],
  },
  {
    name: 'the key column of the tasks is renamed',
    sample: 'english',
    hurt: renamed('tasks', 'Tandem key', 'Do not touch'),
    exit: 4,
    incomplete: ['tasks'],
    says: ['property-not-found', 'Tandem key', 'tasks'],
  },
  {
    name: 'a column in Notion is deleted',
    sample: 'korean',
    hurt: deleted('reviews', '실시일', { date: {} }),
    exit: 4,
    incomplete: ['reviews'],
    says: ['property-not-found', '실시일', 'reviews'],
  },
  {
    name: 'a column in Airtable is deleted',
    sample: 'english',
    hurt: deleted('kpis', 'Target', { precision: 4 }, 'number'),
    exit: 4,
    incomplete: ['kpis'],
    says: ['property-not-found', 'Target', 'kpis'],
  },
  {
    name: 'a number column in Notion becomes text',
    sample: 'korean',
    hurt: retyped('kpis', '실적', 'number', 'rich_text'),
    exit: 0,
    incomplete: [],
    says: [],
    column: 'notion KPI 실적',
    harmless: true,
  },
  {
    name: 'a number column in Airtable becomes text',
    sample: 'english',
    hurt: retypedField('kpis', 'Actual (YTD)', ['number', { precision: 4 }], 'singleLineText'),
    exit: 0,
    incomplete: [],
    says: [],
    column: 'airtable KPIs Actual (YTD)',
    harmless: true,
  },
  {
    name: 'a select column in Notion becomes text',
    sample: 'korean',
    hurt: retyped('reviews', '상태', 'select', 'rich_text'),
    exit: 0,
    incomplete: [],
    says: [],
    column: 'notion 리뷰 상태',
    harmless: true,
  },
  {
    name: 'a select column in Airtable becomes text',
    sample: 'english',
    hurt: retypedField('agreements', 'State', ['singleSelect', { choices: [] }], 'singleLineText'),
    exit: 0,
    incomplete: [],
    says: [],
    column: 'airtable Agreements State',
    harmless: true,
  },
  {
    name: 'a managed column in Notion is deleted',
    sample: 'korean',
    hurt: deleted('partnerships', '건강 점수', { number: {} }),
    exit: 4,
    incomplete: [],
    says: ['property-not-found', 'property-missing', '건강 점수', 'partnerships'],
    column: 'notion 파트너사 Tandem',
  },
  {
    name: 'a managed column in Airtable is deleted',
    sample: 'english',
    hurt: deleted('kpis', 'Achievement', { precision: 1 }, 'percent'),
    exit: 4,
    incomplete: [],
    says: ['property-not-found', 'property-missing', 'Achievement', 'kpis'],
  },
  {
    name: 'an option of a managed status in Notion is deleted',
    sample: 'korean',
    hurt: async (team) => {
      const options = ['순조', '주의', '데이터 부족'].map((name) => ({ name }));
      await patch(team, 'partnerships', { '진행 상태': { select: { options } } });
      return () =>
        patch(team, 'partnerships', { '진행 상태': { select: { options: [...options, { name: '위험' }] } } });
    },
    exit: 0,
    incomplete: [],
    says: ['label-missing', '진행 상태', 'partnerships', '위험'],
    column: 'notion 파트너사 Tandem',
  },
  {
    name: 'an option of a managed status in Airtable is deleted',
    sample: 'english',
    hurt: (team) => {
      recordsOf(team).deleteOption(...airtable(team, 'kpis'), 'Status', 'At risk');
      // Somebody types it into a cell again, which makes the option anew.
      return () => team.edit('kpis', team.rows('kpis')[0]?.id ?? '', { Status: 'At risk' });
    },
    exit: 0,
    incomplete: [],
    says: ['label-missing', 'Status', 'kpis', 'At risk'],
  },
];

export const ACCESS: readonly Break[] = [
  {
    name: 'the only token is revoked',
    sample: 'korean',
    hurt: (team) => {
      pagesOf(team).revokeToken();
      return () => pagesOf(team).grantToken();
    },
    exit: 4,
    incomplete: ALL_KOREAN,
    stops: true,
    says: ['auth-invalid-token', 'Create a new one'],
  },
  {
    name: 'one of two tokens is revoked',
    sample: 'english',
    hurt: (team) => {
      recordsOf(team).revokeToken();
      return () => recordsOf(team).restoreToken();
    },
    exit: 4,
    incomplete: IN_AIRTABLE,
    says: ['auth-invalid-token', ...IN_AIRTABLE],
  },
  {
    name: 'the token is revoked in the middle of reading Notion',
    sample: 'korean',
    hurt: revokedAfter('notion', 16),
    exit: 4,
    incomplete: 'some',
    stops: true,
    says: ['auth-invalid-token'],
  },
  {
    name: 'the token is revoked in the middle of reading Airtable',
    sample: 'english',
    hurt: revokedAfter('airtable', 3),
    exit: 4,
    incomplete: 'some',
    says: ['auth-invalid-token'],
  },
  {
    name: 'a database is not shared any more',
    sample: 'korean',
    hurt: (team) => {
      pagesOf(team).share(notion(team, 'reviews'), false);
      return () => pagesOf(team).share(notion(team, 'reviews'), true);
    },
    exit: 4,
    incomplete: ['reviews'],
    says: ['source-not-found', 'reviews', 'share it'],
  },
  {
    name: 'the database of the tasks is not shared any more',
    sample: 'english',
    hurt: (team) => {
      pagesOf(team).share(notion(team, 'tasks'), false);
      return () => pagesOf(team).share(notion(team, 'tasks'), true);
    },
    exit: 4,
    incomplete: ['tasks'],
    says: ['source-not-found', 'tasks', 'share it'],
  },
  {
    name: 'the base is taken away from the token',
    sample: 'english',
    hurt: (team) => {
      const [base] = airtable(team, 'kpis');
      recordsOf(team).revokeBase(base);
      return () => recordsOf(team).restoreBase(base);
    },
    exit: 4,
    incomplete: IN_AIRTABLE,
    says: [...IN_AIRTABLE, 'grant'],
  },
];

export const ANSWERS: readonly Break[] = [
  {
    name: 'the second page of a Notion table fails for good',
    sample: 'korean',
    hurt: answering(
      'notion',
      (path, body, team) => ofSource('kpis')(path, body, team) && /start_cursor/.test(body),
      FAILING,
    ),
    exit: 6,
    incomplete: ['kpis'],
    says: ['upstream-unavailable', 'kpis'],
  },
  {
    name: 'the second page of an Airtable table fails for good',
    sample: 'english',
    hurt: answering(
      'airtable',
      (path, body, team) => ofTable('kpis')(path, body, team) && /offset/.test(`${path}${body}`),
      FAILING,
    ),
    exit: 6,
    incomplete: ['kpis'],
    says: ['upstream-unavailable', 'kpis'],
  },
  {
    name: 'a Notion table is answered with a sign-in page',
    sample: 'korean',
    hurt: answering('notion', ofSource('interactions'), HTML),
    exit: 6,
    incomplete: ['interactions'],
    says: ['upstream-invalid-response', 'interactions'],
  },
  {
    name: 'an Airtable table is answered with a sign-in page',
    sample: 'english',
    hurt: answering('airtable', ofTable('agreements'), HTML),
    exit: 6,
    incomplete: ['agreements'],
    says: ['upstream-invalid-response', 'agreements'],
  },
  {
    name: 'the answers of a Notion table are cut',
    sample: 'english',
    hurt: answering('notion', ofSource('milestones'), CUT),
    exit: 6,
    incomplete: ['milestones'],
    says: ['upstream-invalid-response', 'milestones'],
  },
  {
    name: 'the answers of an Airtable table are cut',
    sample: 'english',
    hurt: answering('airtable', ofTable('kpis'), CUT),
    exit: 6,
    incomplete: ['kpis'],
    says: ['upstream-invalid-response', 'kpis'],
  },
  {
    name: 'the partnerships cannot be reached at all',
    sample: 'korean',
    hurt: answering('notion', ofSource('partnerships'), { kind: 'drop' }),
    exit: 6,
    incomplete: ['partnerships'],
    says: ['network', 'partnerships'],
  },
];
