import { afterAll, beforeAll, expect, it } from 'vitest';
import type { RunReport } from '../../src/pipeline/report.js';
import { openTeam, type Team } from '../support/team.js';

const KPI = '미르솔루션 신규 리드';
const READINGS = 140;
let team: Team;
let kpiId: string;

beforeAll(async () => {
  team = await openTeam('korean');
  kpiId = team.row('kpis', 'KPI', KPI).id;
  const start = { 집계: '누적', 기준값: null, 기간: '2026-01-01/2026-12-31', 단위: null };
  team.edit('kpis', kpiId, { ...start, 목표: READINGS * (READINGS + 1) });
  for (let value = 1; value <= READINGS; value += 1) read(value);
});
afterAll(() => team.close());

function read(value: number): void {
  const { location } = team.source('measurements');
  const source = location.type === 'notion' ? location.id : '';
  team.sandbox.notion?.addPage(source, { KPI: [kpiId], 측정일: '2026-06-01', 값: String(value) });
}

const achievementIn = ({ assessments }: RunReport): number | null | undefined =>
  assessments.flatMap(({ kpis }) => kpis).find(({ id }) => id === kpiId)?.achievement;

it('adds up a KPI of 140 readings exactly, and one more by asking for changes', async () => {
  const state = { state: team.state, remembers: true };
  const first = await team.sync(undefined, state);
  expect(achievementIn(first.report)).toBe(0.5);
  expect(first.report.rows.measurements).toBe(team.rows('measurements').length);
  await team.sync(undefined, state);
  team.clock.skip(900_000);
  expect(achievementIn((await team.sync(undefined, state)).report)).toBe(0.5);
  read((READINGS * (READINGS + 1)) / 4);
  expect(achievementIn((await team.sync(undefined, state)).report)).toBe(0.75);
});
