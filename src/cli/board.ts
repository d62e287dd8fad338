/** What a partnership manager wants to see after a run: who is at risk and why, and which tasks are new. */
import type { SourceMapping } from '../domain/mapping.js';
import { STATUS_ORDER } from '../domain/portfolio.js';
import type { ReportedAssessment, RunReport } from '../pipeline/report.js';
import type { Sandbox } from '../sandbox/index.js';
import { cut, type Paint, table } from './paint.js';

const COLOURS = { 'at-risk': 'red', watch: 'yellow', 'insufficient-data': 'gray', 'on-track': 'green' } as const;

interface BoardOptions {
  readonly paint: Paint;
  readonly columns: number;
}

/** Partnerships from worst to best with the reason of each, then the new tasks by date. */
export function renderBoard(
  report: RunReport,
  tasks: readonly CreatedTask[],
  { paint, columns }: BoardOptions,
): string {
  const sorted = [...report.assessments].sort(
    (left, right) =>
      STATUS_ORDER.indexOf(left.status) - STATUS_ORDER.indexOf(right.status) ||
      (left.health ?? 101) - (right.health ?? 101),
  );
  const room = Math.max(30, columns - 62);
  const rows = sorted.map((item) => [
    cut(item.partnership.name, 24),
    paint(COLOURS[item.status], item.status),
    item.health === null ? '–' : String(item.health),
    item.kpiAchievement === null ? '–' : `${Math.floor(item.kpiAchievement * 100 + 1e-9)} %`,
    cut(item.why, room),
  ]);
  const blocks = [
    table(['Partnership', 'Status', 'Health', 'KPI', 'Why'], rows, paint),
    '',
    statusLine(report.assessments, paint),
  ];
  if (tasks.length > 0) {
    const lines = tasks.map((task) => [task.due, cut(task.assignee, 14), cut(task.title, Math.max(30, columns - 34))]);
    blocks.push('', paint('bold', `New tasks (${tasks.length})`), table(['Due', 'For', 'Task'], lines, paint));
  }
  if (report.dataIssues.length > 0) {
    blocks.push(
      '',
      paint(
        'dim',
        `${report.dataIssues.length} places to mend in the tables, for example: ${cut(report.dataIssues[0]?.text ?? '', columns - 60)}`,
      ),
    );
  }
  return blocks.join('\n');
}

function statusLine(assessments: readonly ReportedAssessment[], paint: Paint): string {
  return STATUS_ORDER.map((status) =>
    paint(COLOURS[status], `${assessments.filter((item) => item.status === status).length} ${status}`),
  ).join('  ');
}

export interface CreatedTask {
  readonly title: string;
  readonly due: string;
  readonly assignee: string;
}

/** The task rows a run created in a sandbox, as they stand now, by due date. */
export function createdTasks(
  sandbox: Sandbox,
  tasks: SourceMapping | undefined,
  people: ReadonlyMap<string, string>,
): readonly CreatedTask[] {
  const created = new Set(
    sandbox.context.changes
      .filter(({ by, property }) => by === 'api' && property === '(created)')
      .map(({ rowId }) => rowId),
  );
  if (tasks?.location.type !== 'notion') return [];
  const rows = sandbox.notion?.pages(tasks.location.id).filter((row) => created.has(row.id)) ?? [];
  return rows
    .map(({ values }) => {
      const value = (field: string): unknown => values[tasks.fields[field]?.property ?? ''];
      const assignees = value('assignee');
      return {
        title: String(value('title') ?? ''),
        due: String(value('due') ?? '–'),
        assignee: Array.isArray(assignees) ? assignees.map((id) => people.get(String(id)) ?? '').join(', ') : '',
      };
    })
    .sort((left, right) => (left.due < right.due ? -1 : 1));
}

/** What the API wrote into a sandbox so far. */
export function writesOf(sandbox: Sandbox): {
  readonly calls: number;
  readonly cells: number;
  readonly rows: number;
  readonly created: number;
} {
  const changes = sandbox.context.changes.filter((change) => change.by === 'api');
  const cells = changes.filter((change) => !change.property.startsWith('('));
  return {
    calls: sandbox.context.requests.filter((request) => request.write).length,
    cells: cells.length,
    rows: new Set(changes.map((change) => change.rowId)).size,
    created: changes.filter((change) => change.property === '(created)').length,
  };
}
