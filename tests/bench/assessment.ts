/**
 * What judging a large team costs: 10,000 partnerships with 60,000 KPIs, words included, beside what `JSON.parse` of
 * the same rows as Notion pages costs; and how the memory it holds grows. The rows are those of the Korean sample,
 * over and over.
 */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { openConnection } from '../../src/connectors/index.js';
import { assess } from '../../src/domain/assess.js';
import type { EntityRow } from '../../src/domain/entities.js';
import { medianOf } from '../../src/domain/factors/factor.js';
import { normalise } from '../../src/domain/normalise.js';
import { DEFAULT_POLICY } from '../../src/domain/policy.js';
import type { EntityTable, Snapshot } from '../../src/domain/snapshot.js';
import { CATALOGUES } from '../../src/messages/index.js';
import { readWorld } from '../../src/pipeline/sync.js';
import { createMemoryState } from '../../src/state/memory.js';
import { createPlainWindows } from '../support/plain-windows.js';
import { ANCHOR, openTeam, type Team } from '../support/team.js';
import type { Bench } from './bench.js';

const KPIS_EACH = 6;
const ROUNDS = 9;
const MOST_AGAINST_PARSING = 1;
const MOST_HEAP_GROWTH = 12;

/** The rows of two tables as the sandbox sends them, a page of a list per text, and as the domain reads them. */
interface Template {
  readonly texts: Readonly<Record<'partnerships' | 'kpis', { readonly text: string; readonly rows: number }>>;
  readonly partnerships: EntityTable<'partnerships'>;
  readonly kpis: EntityTable<'kpis'>;
}

export const assessment: Bench = {
  name: 'assessment',
  run: async ({ say }) => {
    const template = await readTemplate();
    const [large, small] = [10_000, 1000];
    const snapshot = teamOf(template, large);
    const rounds = Array.from({ length: ROUNDS }, () => {
      const parsing = costOf(() => parsePages(template, large));
      return { parsing, judging: costOf(() => void explained(snapshot)) };
    });
    const againstParsing = medianOf(rounds.map(({ judging, parsing }) => judging / parsing));
    say(
      `judgement of ${large} partnerships with ${large * KPIS_EACH} KPIs, words included: ${againstParsing.toFixed(2)} x JSON.parse of the same rows, goal ${MOST_AGAINST_PARSING} (${rounds.map(({ judging, parsing }) => `${Math.round(judging)}/${Math.round(parsing)}`).join(' ')} ms)`,
    );
    const heapGrowth = heapOf(template, large) / heapOf(template, small);
    say(`heap held by ${large} partnerships: ${heapGrowth.toFixed(1)} x that of ${small}, goal ${MOST_HEAP_GROWTH}`);
    const missed: string[] = [];
    if (againstParsing > MOST_AGAINST_PARSING) {
      missed.push(`judgement takes ${againstParsing.toFixed(2)} x JSON.parse, goal ${MOST_AGAINST_PARSING}`);
    }
    if (heapGrowth > MOST_HEAP_GROWTH) {
      missed.push(
        `judgement holds ${heapGrowth.toFixed(1)} x the heap at ten times the size, goal ${MOST_HEAP_GROWTH}`,
      );
    }
    return { document: { partnerships: large, againstParsing, rounds, heapGrowth }, missed };
  },
};

async function readTemplate(): Promise<Template> {
  const team = await openTeam('korean');
  try {
    const sources = team.config.sources.filter(({ entity }) => entity === 'partnerships' || entity === 'kpis');
    const connection = team.config.connections.notion;
    if (connection === undefined) throw new Error('the sample has no connection to Notion');
    const months = createMemoryState(team.clock).months;
    const { clock } = team;
    const opened = openConnection(connection, {
      fetch: globalThis.fetch,
      windows: createPlainWindows(),
      months,
      clock,
      random: Math.random,
    });
    const read = await readWorld(sources, () => opened.connector(undefined), {
      memory: { recall: () => undefined, keep: () => undefined },
    });
    const { partnerships, kpis } = normalise(read.sources, { timezone: 'Asia/Seoul', people: [] }).snapshot;
    if (partnerships === undefined || kpis === undefined) throw new Error('the sample was not read');
    const texts = { partnerships: await pageOf(team, 'partnerships'), kpis: await pageOf(team, 'kpis') };
    return { texts, partnerships, kpis };
  } finally {
    await team.close();
  }
}

/** The first page of a list, as it goes over the wire. */
async function pageOf(team: Team, entity: 'partnerships' | 'kpis'): Promise<{ text: string; rows: number }> {
  const { location } = team.source(entity);
  if (location.type !== 'notion') throw new Error(`${entity} are not in Notion`);
  const response = await fetch(`${team.sandbox.url}/v1/data_sources/${location.id}/query`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${team.env.NOTION_TOKEN}`,
      'notion-version': '2026-03-11',
      'content-type': 'application/json',
    },
    body: JSON.stringify({ page_size: 100 }),
  });
  const text = await response.text();
  const parsed: { readonly results: readonly unknown[] } = JSON.parse(text);
  return { text, rows: parsed.results.length };
}

function parsePages({ texts }: Template, size: number): void {
  const wanted = { partnerships: size, kpis: size * KPIS_EACH };
  for (const entity of ['partnerships', 'kpis'] as const) {
    const { text, rows } = texts[entity];
    for (let read = 0; read < wanted[entity]; read += rows) JSON.parse(text);
  }
}

/** The sample's rows again and again under new ids, every partnership with six KPIs. */
function teamOf(template: Template, size: number): Snapshot {
  const again = <E extends 'partnerships' | 'kpis'>(table: EntityTable<E>, index: number): EntityRow<E> => {
    const row = table.rows[index % table.rows.length];
    if (row === undefined) throw new Error('the sample has no rows');
    return { ...row, id: `${row.id}-${index}` };
  };
  const partnerships = Array.from({ length: size }, (_, index) => again(template.partnerships, index));
  const kpis = Array.from({ length: size * KPIS_EACH }, (_, index) => {
    const row = again(template.kpis, index);
    const partner = partnerships[Math.floor(index / KPIS_EACH)];
    return { ...row, values: { ...row.values, partnership: partner === undefined ? [] : [partner.id] } };
  });
  return {
    partnerships: { ...template.partnerships, rows: partnerships },
    kpis: { ...template.kpis, rows: kpis },
  };
}

const OPTIONS = { policy: DEFAULT_POLICY, calendar: { holidays: new Set<string>() }, asOf: ANCHOR };

/** An assessment and every text that is written or reported of it. */
function explained(snapshot: Snapshot): readonly unknown[] {
  const catalogue = CATALOGUES.ko;
  const assessment = assess(snapshot, OPTIONS);
  const partnerships = assessment.partnerships.map((item) => [
    item,
    catalogue.why(item),
    item.findings.map(({ code, params }) => catalogue.finding(code, params)),
  ]);
  return [...partnerships, ...assessment.kpis.map((item) => [item, catalogue.kpiReason(item)])];
}

/** Milliseconds of processor time, whatever else the machine is busy with. */
function costOf(run: () => void): number {
  const begun = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(begun);
  return (user + system) / 1000;
}

setFlagsFromString('--expose-gc');
const collect: () => void = runInNewContext('gc');

/** Bytes a team and its assessment hold once everything else is collected. */
function heapOf(template: Template, size: number): number {
  collect();
  const before = process.memoryUsage().heapUsed;
  const held = [teamOf(template, size)].map((snapshot) => [snapshot, explained(snapshot)]);
  collect();
  const bytes = process.memoryUsage().heapUsed - before;
  return held.length === 1 ? bytes : 0;
}
