/**
 * Task steps put into the columns of the team's task table. A field a person has edited stands; what Tandem
 * writes is remembered in the stamp, and without a stamp column Tandem only creates, promotes and closes.
 */
import { type Cell, type Desired, EMPTY, sameCell } from '../domain/cells.js';
import type { Day, EntityName, Person } from '../domain/entities.js';
import { addressPerson, type KnownPerson } from '../domain/people.js';
import { type Change, changedFields, type FieldChange, type Reason } from '../domain/plan.js';
import type { DataIssue } from '../domain/snapshot.js';
import type { Canonicalise, PropertySchema, ResolvedSource } from '../domain/source.js';
import type { TaskStep } from '../domain/task-steps.js';
import {
  cellHash,
  type DesiredTask,
  formatTaskStamp,
  isOurs,
  keepsItsDay,
  type TaskRow,
  type TaskStamp,
} from '../domain/tasks.js';
import { canonicalOf } from '../domain/vocabulary.js';
import type { Catalogue } from '../messages/index.js';

export interface TaskContext {
  readonly source: ResolvedSource;
  readonly canonicalise: Canonicalise;
  readonly catalogue: Catalogue;
  readonly asOf: Day;
  readonly people: readonly KnownPerson[];
  /** People met in rows of the task table's own connection, to address a person by the tool's id. */
  readonly seen: readonly Person[];
  /** Connection the rows of an entity, and so the people they name, were read from. */
  readonly connectionOf: (entity: EntityName) => string | undefined;
  /** Whether partnership rows can be linked from the task table by a relation. */
  readonly related: boolean;
}

/** The changes of the task table for a list of steps. */
export function planTasks(
  steps: readonly TaskStep[],
  context: TaskContext,
): { readonly changes: readonly Change[]; readonly issues: readonly DataIssue[] } {
  const changes: Change[] = [];
  const issues: DataIssue[] = [];
  const report = (issue: DataIssue) => issues.push(issue);
  for (const step of steps) {
    const change =
      step.kind === 'create'
        ? createChange(step.desired, context, report)
        : step.kind === 'update'
          ? updateChange(step.task, step.desired, step.promote, context, report)
          : closeChange(step.task, context, report);
    if (change !== undefined) changes.push(change);
  }
  return { changes, issues };
}

type Report = (issue: DataIssue) => void;

/** Rows a note names before it only counts them. */
const NOTE_LINES = 12;

function desiredFields(desired: DesiredTask, context: TaskContext): Readonly<Record<string, Desired>> {
  const words = context.catalogue.task(desired.message);
  const names = desired.partnerships.map((row) => (row.url === '' ? row.title : `${row.title} ${row.url}`)).join('\n');
  const lines = [
    ...desired.issues.map((issue) => {
      const { title = '', url = '' } = issue.row ?? {};
      const named = title === '' ? '' : `${title}: `;
      return `${named}${context.catalogue.dataIssue(issue)} ${url}`.trim();
    }),
    ...desired.standsFor.map((message) => context.catalogue.task(message).title),
    ...desired.evidence.map((row) => `${row.title} ${row.url}`.trim()),
  ];
  const more = lines.length - NOTE_LINES;
  const shown = more > 0 ? [...lines.slice(0, NOTE_LINES), context.catalogue.more(more)] : lines;
  return {
    title: { kind: 'text', text: words.title },
    key: { kind: 'text', text: desired.key },
    due: { kind: 'date', day: desired.due },
    assignee: assigneeOf(desired, context),
    partnership: { kind: 'links', ids: context.related ? desired.partnerships.map((row) => row.id) : [], text: names },
    kind: kindOf(words.kind, context),
    note: { kind: 'text', text: [words.note, ...shown].join('\n') },
  };
}

/** The first of those who may be asked whom the tool takes, addressed as it knows them; else the first, to be told of. */
function assigneeOf(desired: DesiredTask, context: TaskContext): Desired {
  const asked = desired.assignees.map(({ person, from }): Desired => {
    const { connection } = context.source.mapping;
    const people = [addressPerson(context.people, context.seen, person, connection, context.connectionOf(from))];
    return { kind: 'people', people };
  });
  const property = context.source.fields.get('assignee');
  const taken = (candidate: Desired) =>
    property === undefined || context.canonicalise(property, candidate, { createOptions: false }).kind !== 'refused';
  return asked.find(taken) ?? asked[0] ?? { kind: 'empty' };
}

/** A select column without the word takes none: an option is never invented for a mere description. */
function kindOf(word: string, context: TaskContext): Desired {
  const property = context.source.fields.get('kind');
  if (property?.options === undefined) return { kind: 'text', text: word };
  return property.options.includes(word) ? { kind: 'label', label: word } : { kind: 'empty' };
}

function statusLabel(canonical: 'todo' | 'done', context: TaskContext): Desired | undefined {
  const property = context.source.fields.get('status');
  if (property === undefined) return undefined;
  const own = Object.entries(context.source.mapping.fields.status?.values ?? {}).filter(
    ([, value]) => value === canonical,
  );
  const accepted = own.find(([label]) => property.options?.includes(label) ?? true)?.[0];
  const known = property.options?.find((option) => canonicalOf('taskStatus', option) === canonical);
  const label =
    accepted ??
    known ??
    (property.options === undefined ? context.catalogue.label('taskStatus', canonical) : undefined);
  return label === undefined ? undefined : { kind: 'label', label };
}

/** The field as a change of its column, or undefined where the column is not mapped or refuses the value. */
function fieldChange(
  field: string,
  desired: Desired | undefined,
  before: (property: PropertySchema) => Cell,
  context: TaskContext,
  about: { readonly title: string; readonly task?: TaskRow },
  report: Report,
): FieldChange | undefined {
  const property = context.source.fields.get(field);
  if (property === undefined || desired === undefined) return undefined;
  const held = context.canonicalise(property, desired, { createOptions: false });
  if (held.kind === 'refused') {
    const code =
      field === 'assignee' ? 'assignee-refused' : held.code === 'no-such-option' ? 'label-missing' : 'property-type';
    const row = about.task === undefined ? {} : { row: about.task.ref };
    report({
      code,
      entity: 'tasks',
      property: property.name,
      params: { field, value: held.reason, title: about.title, type: property.type },
      ...row,
    });
    return undefined;
  }
  return {
    field,
    property: property.name,
    propertyId: property.id,
    percent: property.percent === true,
    before: before(property),
    after: held.cell,
  };
}

function stampField(
  stamp: TaskStamp,
  before: (property: PropertySchema) => Cell,
  context: TaskContext,
): readonly FieldChange[] {
  const property = context.source.fields.get('stamp');
  if (property === undefined) return [];
  const after: Cell = { kind: 'text', text: formatTaskStamp(stamp) };
  return [
    {
      field: 'stamp',
      property: property.name,
      propertyId: property.id,
      percent: false,
      before: before(property),
      after,
    },
  ];
}

const hashes = (fields: readonly FieldChange[]): Readonly<Record<string, string>> =>
  Object.fromEntries(fields.filter(({ field }) => field !== 'key').map(({ field, after }) => [field, cellHash(after)]));

function reasonOf(code: Reason['code'], desired: DesiredTask, context: TaskContext): Reason {
  return { code, params: desired.message.params, text: context.catalogue.task(desired.message).note };
}

function allFields(
  desired: DesiredTask,
  before: (property: PropertySchema) => Cell,
  context: TaskContext,
  task: TaskRow | undefined,
  report: Report,
): readonly FieldChange[] {
  const values = { ...desiredFields(desired, context), status: statusLabel('todo', context) };
  const about = { title: context.catalogue.task(desired.message).title, ...(task === undefined ? {} : { task }) };
  return Object.entries(values).flatMap(
    ([field, value]) => fieldChange(field, value, before, context, about, report) ?? [],
  );
}

function createChange(desired: DesiredTask, context: TaskContext, report: Report): Change {
  const before = () => EMPTY;
  const wanted = allFields(desired, before, context, undefined, report);
  // An empty cell need not be sent, but it is remembered as ours: an owner named later is still to be written.
  const fields = wanted.filter((change) => change.after.kind !== 'empty');
  const title = context.catalogue.task(desired.message).title;
  if (desired.assignees.length === 0 && context.source.fields.has('assignee')) {
    report({ code: 'assignee-missing', entity: 'tasks', params: { title } });
  }
  const stamp = { occurrence: desired.occurrence, made: context.asOf, written: hashes(wanted) };
  return {
    kind: 'create',
    source: 'tasks',
    key: desired.key,
    title,
    reason: reasonOf('task-due', desired, context),
    fields: [...fields, ...stampField(stamp, before, context)],
  };
}

function updateChange(
  task: TaskRow,
  desired: DesiredTask,
  promote: boolean,
  context: TaskContext,
  report: Report,
): Change | undefined {
  const before = (property: PropertySchema): Cell => task.raw.cells.get(property.id) ?? EMPTY;
  const stamped = context.source.fields.has('stamp');
  if (!promote && !stamped) return undefined;
  const dueStands = keepsItsDay(task, desired);
  const wanted = allFields(desired, before, context, task, report).filter(
    (change) =>
      change.field !== 'key' &&
      (promote || !dueStands || change.field !== 'due') &&
      // Without stamps a row a person has worked on can look like a draft: only what is empty is filled.
      (promote
        ? stamped || sameCell(change.before, EMPTY)
        : change.field !== 'status' && isOurs(task, change.field, change.propertyId)),
  );
  // What stays as it is keeps its hash: the same person may read back under another of their names.
  const news = hashes(promote ? wanted : changedFields(wanted));
  const written = { ...(task.stamp?.written ?? {}), ...news };
  const made = promote ? context.asOf : task.stamp?.made;
  const stamp = { occurrence: desired.occurrence, ...(made === undefined ? {} : { made }), written };
  const fields = changedFields([...wanted, ...stampField(stamp, before, context)]);
  if (fields.length === 0) return undefined;
  const reason = reasonOf(promote ? 'task-promoted' : 'task-moved', desired, context);
  return { kind: 'update', source: 'tasks', row: task.ref, key: task.key, title: task.ref.title, reason, fields };
}

function closeChange(task: TaskRow, context: TaskContext, report: Report): Change | undefined {
  const before = (property: PropertySchema): Cell => task.raw.cells.get(property.id) ?? EMPTY;
  const about = { title: task.ref.title, task };
  const status = fieldChange('status', statusLabel('done', context), before, context, about, report);
  if (status === undefined) return undefined;
  const text = context.catalogue.taskClosed(task.identity.rule, context.asOf);
  const noteProperty = context.source.fields.get('note');
  const noteIsOurs = noteProperty !== undefined && isOurs(task, 'note', noteProperty.id);
  const noteText = [task.row.values.note ?? '', text].filter((line) => line !== '').join('\n');
  const note = noteIsOurs
    ? fieldChange('note', { kind: 'text', text: noteText }, before, context, about, report)
    : undefined;
  const wanted = note === undefined ? [status] : [status, note];
  const written = { ...(task.stamp?.written ?? {}), ...hashes(wanted) };
  const stamp = { occurrence: task.identity.occurrence, ...task.stamp, written };
  const fields = changedFields([...wanted, ...stampField(stamp, before, context)]);
  const reason: Reason = { code: 'task-closed', params: { rule: task.identity.rule }, text };
  return { kind: 'close', source: 'tasks', row: task.ref, key: task.key, title: task.ref.title, reason, fields };
}
