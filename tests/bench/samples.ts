/** Calls of the first two runs over each sample, through real sockets, against the fewest the platforms allow. */
import { SAMPLES, type SampleName } from '../../src/sandbox/samples/index.js';
import { openTeam, type Team } from '../support/team.js';
import type { Bench } from './bench.js';
import { type Floor, floorOf } from './floor.js';

const SHOWN = 25;

/** Relations with more ends than Notion shows at once, each a call of its own. */
function longRelations(team: Team): number {
  return team.config.sources
    .filter(({ location }) => location.type === 'notion')
    .flatMap(({ entity, fields }) => {
      const mapped = new Set(Object.values(fields).map(({ property }) => property));
      const rows = team.rows(entity).filter((row) => !row.inTrash);
      return rows.flatMap(({ values }) => Object.entries(values).filter(([name]) => mapped.has(name)));
    })
    .filter(([, value]) => Array.isArray(value) && value.length > SHOWN).length;
}

const ratio = (spent: number, least: number): string =>
  `${spent} of at least ${least} (${(spent / least).toFixed(2)} x)`;

async function measure(sample: SampleName): Promise<{ calls: Floor; floor: Floor; secondWrites: number }> {
  const team = await openTeam(sample);
  try {
    const rows = new Map(
      team.config.sources.map(({ entity }) => [entity, team.rows(entity).filter((row) => !row.inTrash).length]),
    );
    const { report } = await team.sync();
    const floor = floorOf(team.config.sources, ({ entity }) => rows.get(entity) ?? 0, report, longRelations(team));
    const made = Object.values(report.calls);
    const calls = {
      reads: made.reduce((sum, { reads }) => sum + reads, 0),
      writes: made.reduce((sum, { writes }) => sum + writes, 0),
    };
    const again = Object.values((await team.sync()).report.calls);
    return { calls, floor, secondWrites: again.reduce((sum, { writes }) => sum + writes, 0) };
  } finally {
    await team.close();
  }
}

export const samples: Bench = {
  name: 'samples',
  run: async ({ say }) => {
    const document: Record<string, unknown> = {};
    const missed: string[] = [];
    for (const sample of Object.keys(SAMPLES) as SampleName[]) {
      const measured = await measure(sample);
      const { calls, floor, secondWrites } = measured;
      document[sample] = measured;
      say(
        `${sample}: first run, reads ${ratio(calls.reads, floor.reads)}, writes ${ratio(calls.writes, floor.writes)}`,
      );
      say(`${sample}: second run, writes ${secondWrites}`);
      if (secondWrites > 0) missed.push(`${sample}: a second run writes ${secondWrites} times, goal 0`);
    }
    return { document, missed };
  },
};
