/**
 * Ways in which people, permissions and networks break a table that Tandem reads: each returns the way to mend it.
 */
import type { EntityName } from '../../src/domain/entities.js';
import type { Fault } from '../../src/sandbox/context.js';
import type { Team } from './team.js';

/** Breaks something and returns the way to mend it. */
export type Hurt = (team: Team) => (() => Promise<void> | void) | Promise<() => Promise<void> | void>;

export const notion = (team: Team, entity: EntityName): string => {
  const { location } = team.source(entity);
  if (location.type !== 'notion') throw new Error(`${entity} is not in Notion`);
  return location.id;
};
export const airtable = (team: Team, entity: EntityName): readonly [string, string] => {
  const { location } = team.source(entity);
  if (location.type !== 'airtable') throw new Error(`${entity} is not in Airtable`);
  return [location.base, location.table];
};
export const pagesOf = (team: Team) => team.sandbox.notion!;
export const recordsOf = (team: Team) => team.sandbox.airtable!;

export const renamed = (entity: EntityName, from: string, to: string) => (team: Team) => {
  if (team.source(entity).location.type === 'notion') {
    pagesOf(team).renameProperty(notion(team, entity), from, to);
    return () => pagesOf(team).renameProperty(notion(team, entity), to, from);
  }
  recordsOf(team).renameField(...airtable(team, entity), from, to);
  return () => recordsOf(team).renameField(...airtable(team, entity), to, from);
};

/** Deletes a column; mending makes a new one of the same name and types its cells in again. */
export const deleted =
  (entity: EntityName, name: string, shape: Readonly<Record<string, unknown>>, type = '') =>
  async (team: Team) => {
    const cells = team.rows(entity).flatMap(({ id, values }) => {
      const value = values[name];
      return typeof value === 'string' || typeof value === 'number' ? [[id, value] as const] : [];
    });
    const typeIn = () => {
      for (const [id, value] of cells) team.edit(entity, id, { [name]: value });
    };
    if (team.source(entity).location.type === 'notion') {
      pagesOf(team).deleteProperty(notion(team, entity), name);
      return async () => {
        await patch(team, entity, { [name]: shape });
        typeIn();
      };
    }
    recordsOf(team).deleteField(...airtable(team, entity), name);
    return () => {
      recordsOf(team).addField(...airtable(team, entity), name, type, shape);
      typeIn();
    };
  };

/** Changes columns as the settings of a database do. */
export async function patch(team: Team, entity: EntityName, properties: object): Promise<void> {
  const answer = await team.sandbox.fetch(`http://local/v1/data_sources/${notion(team, entity)}`, {
    method: 'PATCH',
    headers: {
      authorization: `Bearer ${team.env.NOTION_TOKEN}`,
      'notion-version': '2026-03-11',
      'content-type': 'application/json',
    },
    body: JSON.stringify({ properties }),
  });
  if (!answer.ok) throw new Error(await answer.text());
}

export const retyped =
  (entity: EntityName, name: string, from: 'number' | 'select' | 'date', to: 'rich_text') => (team: Team) => {
    pagesOf(team).retypeProperty(notion(team, entity), name, to);
    return () => pagesOf(team).retypeProperty(notion(team, entity), name, from);
  };

export const retypedField =
  (entity: EntityName, name: string, from: readonly [string, Readonly<Record<string, unknown>>], to: string) =>
  (team: Team) => {
    recordsOf(team).retypeField(...airtable(team, entity), name, to);
    return () => recordsOf(team).retypeField(...airtable(team, entity), name, ...from);
  };

/** Answers every request that matches with a fault, until mended. */
export const answering =
  (tool: 'notion' | 'airtable', matches: (path: string, body: string, team: Team) => boolean, fault: Fault) =>
  (team: Team) => {
    team.sandbox.context.interceptor = (request) => {
      const hit = request.tool === tool && matches(request.path, JSON.stringify(request.body ?? ''), team);
      return hit ? fault : undefined;
    };
    return () => {
      team.sandbox.context.interceptor = undefined;
    };
  };

export const DENIED: Fault = {
  kind: 'answer',
  status: 401,
  body: { object: 'error', status: 401, code: 'unauthorized', message: 'API token is invalid.' },
};
export const FAILING: Fault = { kind: 'answer', status: 500, body: { object: 'error', status: 500, message: 'sorry' } };
export const HTML: Fault = { kind: 'answer', status: 200, body: '<!doctype html><title>Sign in</title>' };
export const CUT: Fault = {
  kind: 'answer',
  status: 200,
  headers: { 'content-type': 'application/json' },
  body: '{"object":"list","results":[{"object":"page","id":"',
};

/** The token works for the first requests of a tool and is refused after them. */
export const revokedAfter = (tool: 'notion' | 'airtable', requests: number) => (team: Team) => {
  let seen = 0;
  return answering(tool, () => ++seen > requests, DENIED)(team);
};

export const ofSource = (entity: EntityName) => (path: string, _body: string, team: Team) =>
  path.includes(`${notion(team, entity)}/query`);
export const ofTable = (entity: EntityName) => (path: string, _body: string, team: Team) => {
  const [base, name] = airtable(team, entity);
  const table = team.filled.airtable?.bases[0]?.tables.find((known) => [known.id, known.name].includes(name));
  return path.startsWith(`/v0/${base}/${table?.id}`) || path.startsWith(`/v0/${base}/${table?.name}`);
};
