/** All partnerships at a glance: what `report` prints. */
import { addDays } from '../domain/calendar.js';
import type { EntityName } from '../domain/entities.js';
import { rowsOf } from '../domain/facts.js';
import {
  type AgendaItem,
  agendaOf,
  type Group,
  type Grouping,
  groupOf,
  groupsBy,
  worstFirst,
} from '../domain/portfolio.js';
import { isClosed } from '../domain/tasks.js';
import type { Canonical } from '../domain/vocabulary.js';
import { readAndJudge } from './judged.js';
import {
  gravestOf,
  kpisByPartnership,
  type ReportedAssessment,
  type ReportedError,
  reportAssessment,
  reportErrors,
} from './report.js';
import type { RunOptions, World } from './world.js';

export interface ReportedPartnership extends ReportedAssessment {
  readonly tier: Canonical<'tier'> | null;
  readonly type: string | null;
  readonly owner: readonly string[];
}

export interface PortfolioDocument {
  readonly schemaVersion: 1;
  readonly workspace: string;
  readonly asOf: string;
  /** Last day of the agenda. */
  readonly until: string;
  readonly incomplete: readonly EntityName[];
  readonly all: Group;
  readonly groups: Readonly<Record<Grouping, readonly Group[]>>;
  /** Worst first. */
  readonly partnerships: readonly ReportedPartnership[];
  readonly agenda: readonly AgendaItem[];
  /** Rows that carry a key of ours; null without a task table that was read whole. */
  readonly tasks: { readonly open: number; readonly overdue: number } | null;
  readonly dataIssues: readonly { readonly entity: EntityName; readonly url: string | null; readonly text: string }[];
  readonly errors: readonly ReportedError[];
  readonly notes: readonly string[];
}

/** Reads and judges; writes nothing. `days` is how far the agenda looks ahead. */
export async function reportPortfolio(
  world: World,
  options: RunOptions,
  days: number,
): Promise<{ readonly document: PortfolioDocument; readonly exitCode: number }> {
  const { read, judgement, notes } = await readAndJudge(world, options);
  const { normalised, assessment, tasks } = judgement;
  const { snapshot } = normalised;
  const rows = new Map(rowsOf(snapshot, 'partnerships').map((row) => [row.id, row]));
  const until = addDays(options.asOf, days);
  const open = [...tasks.owners.values()].filter((task) => !isClosed(task));
  const errors = [...read.errors, ...judgement.errors];
  const kpisOf = kpisByPartnership(assessment.kpis);
  const document: PortfolioDocument = {
    schemaVersion: 1,
    workspace: world.workspace,
    asOf: options.asOf,
    until,
    incomplete: read.sources.filter(({ complete }) => !complete).map(({ entity }) => entity),
    all: whole(groupOf(null, assessment.partnerships)),
    groups: {
      tier: groupsBy('tier', snapshot, assessment, world.people).map(whole),
      type: groupsBy('type', snapshot, assessment, world.people).map(whole),
      owner: groupsBy('owner', snapshot, assessment, world.people).map(whole),
    },
    partnerships: [...assessment.partnerships].sort(worstFirst).map((item) => {
      const { tier = null, type = null, owner = [] } = rows.get(item.row.id)?.values ?? {};
      const people = owner.flatMap(({ name, email }) => name ?? email ?? []);
      return { ...reportAssessment(item, kpisOf.get(item.row.id) ?? [], world.catalogue), tier, type, owner: people };
    }),
    agenda: agendaOf(snapshot, assessment, tasks, until),
    tasks: snapshot.tasks?.complete
      ? {
          open: open.length,
          overdue: open.filter(({ row }) => row.values.due !== undefined && row.values.due < options.asOf).length,
        }
      : null,
    dataIssues: [...read.issues, ...judgement.issues].map((issue) => ({
      entity: issue.entity,
      url: issue.row?.url ?? null,
      text: world.catalogue.dataIssue(issue),
    })),
    errors: reportErrors(errors, []),
    notes: [...world.notes, ...notes],
  };
  return { document, exitCode: gravestOf(errors.map(({ error }) => error.help.exit)) ?? 0 };
}

const whole = (group: Group): Group => ({ ...group, lowest: group.lowest === null ? null : Math.round(group.lowest) });
