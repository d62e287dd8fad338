/** `explain`: reads the tables and tells everything behind one assessment. Nothing is written. */
import { EMPTY } from '../domain/cells.js';
import type { EntityName } from '../domain/entities.js';
import { explainKpi } from '../domain/explain/kpi.js';
import { explainPartnership } from '../domain/explain/partnership.js';
import { normalise, type ReadSource } from '../domain/normalise.js';
import { textOf } from '../domain/values.js';
import { TandemError } from '../errors.js';
import { countriesNamed } from './countries.js';
import { type ExplanationDocument, type Input, kpiDocument, partnershipDocument } from './explain-report.js';
import { previousOf } from './previous.js';
import { gravestOf, reportErrors } from './report.js';
import { findSubject, type Subject } from './subject.js';
import { readWorld } from './sync.js';
import type { RunOptions, World } from './world.js';

export interface Explained {
  readonly document: ExplanationDocument;
  readonly exitCode: number;
}

/** Explains the partnership or KPI that is meant. Throws when nothing, or more than one row, can be meant. */
export async function explain(
  world: World,
  { asOf, signal }: Pick<RunOptions, 'asOf' | 'signal'>,
  wanted: string,
): Promise<Explained> {
  const read = await readWorld(world.sources, world.connectorOf, { memory: world.memory, signal });
  const { snapshot } = normalise(read.sources, world);
  const subject = subjectIn(snapshot, wanted, read.errors);
  const { calendar } = await world.calendarsOf(countriesNamed(read.sources), asOf);
  const options = { policy: world.policy, calendar, asOf };
  const frame = {
    schemaVersion: 1 as const,
    workspace: world.workspace,
    asOf,
    inputs: inputsOf(read.sources, subject),
    incomplete: read.sources.filter(({ complete }) => !complete).map(({ entity }) => entity),
    errors: reportErrors(read.errors, []),
  };
  const exitCode = gravestOf(read.errors.map(({ error }) => error.help.exit)) ?? 0;
  if (subject.entity === 'kpis') {
    const explanation = explainKpi(snapshot, options, subject.id);
    if (explanation === undefined) throw new TandemError('internal', `The KPI ${subject.id} could not be explained.`);
    return { document: { ...frame, ...kpiDocument(explanation, world.catalogue) }, exitCode };
  }
  const previous = previousOf(read.sources).get(subject.id);
  const explanation = explainPartnership(snapshot, options, previous, subject.id);
  if (explanation === undefined)
    throw new TandemError('internal', `The partnership ${subject.id} could not be explained.`);
  return { document: { ...frame, ...partnershipDocument(explanation, world) }, exitCode };
}

/** What could not be read says more than that a row is not there. */
function subjectIn(
  snapshot: Parameters<typeof findSubject>[0],
  wanted: string,
  errors: readonly { readonly entity: EntityName; readonly error: TandemError }[],
): Subject {
  try {
    return findSubject(snapshot, wanted);
  } catch (thrown) {
    const inTheWay = errors.find(({ entity }) => entity === 'partnerships' || entity === 'kpis');
    throw inTheWay?.error ?? thrown;
  }
}

/** Every mapped column of the subject's own row, as it stands in the tool; links are told by the rows they lead to. */
function inputsOf(sources: readonly ReadSource[], subject: Subject): readonly Input[] {
  const source = sources.find(({ entity }) => entity === subject.entity);
  const raw = source?.rows.find(({ id }) => id === subject.id);
  if (source?.resolved === undefined || raw === undefined) return [];
  const columns = new Map([...source.resolved.fields].map(([field, property]) => [property.id, { field, property }]));
  return [...columns.values()].flatMap(({ field, property }): readonly Input[] => {
    const cell = raw.cells.get(property.id) ?? EMPTY;
    const text = textOf(cell);
    return cell.kind === 'links' ? [] : [{ field, property: property.name, value: text === '' ? null : text }];
  });
}
