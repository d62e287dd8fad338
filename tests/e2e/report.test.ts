import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { portfolioCsv } from '../../src/cli/report-csv.js';
import { portfolioPage } from '../../src/cli/report-page.js';
import { CATALOGUES } from '../../src/messages/index.js';
import type { PortfolioDocument } from '../../src/pipeline/portfolio.js';
import { expectGolden } from '../support/golden.js';
import { openTeam, type Team } from '../support/team.js';
import { runVerb } from '../support/verb.js';

const report = (team: Team, days = 14) => team.app().report({ signal: new AbortController().signal }, days);

describe.each(['korean', 'english'] as const)('the page of the %s team', (sample) => {
  let team: Team;
  let document: PortfolioDocument;
  beforeAll(async () => {
    team = await openTeam(sample);
    const told = await report(team);
    expect(told.exitCode).toBe(0);
    document = told.document;
  });
  afterAll(() => team.close());
  const words = () => CATALOGUES[team.config.locale];

  it('reads this', () => {
    expectGolden(`report-${sample}.md`, `${portfolioPage(document, words())}\n`);
    expect(team.writes()).toEqual([]);
  });

  it('says of every partnership what a plan says', async () => {
    const { report: planned } = await team.plan();
    const byId = new Map(planned.assessments.map((item) => [item.partnership.id, item]));
    expect(document.partnerships).toHaveLength(byId.size);
    for (const { tier: _, type: __, owner: ___, ...item } of document.partnerships) {
      expect(item).toEqual(byId.get(item.partnership.id));
    }
    expect(document.all.partnerships).toBe(byId.size);
    for (const groups of Object.values(document.groups)) {
      expect(groups.reduce((sum, group) => sum + group.partnerships, 0)).toBe(byId.size);
    }
  });

  it('is a row for each partnership as CSV, which Excel opens with its letters', () => {
    const csv = portfolioCsv(document, words());
    expect(csv.startsWith('\uFEFF')).toBe(true);
    expect(csv.split('\r\n')).toHaveLength(document.partnerships.length + 2);
  });
});

describe('a page', () => {
  let team: Team;
  beforeAll(async () => {
    team = await openTeam('english');
  });
  afterAll(() => team.close());

  it('shows nothing healthy that rests on a table that could not be read, and says which', async () => {
    const { location } = team.source('partnerships');
    const refused = { kind: 'answer', status: 403, body: { code: 'restricted_resource', message: 'No.' } } as const;
    team.sandbox.context.interceptor = ({ path }) =>
      location.type === 'notion' && path.includes(`${location.id}/query`) ? refused : undefined;
    const { document, exitCode } = await report(team);
    team.sandbox.context.interceptor = undefined;
    expect(exitCode).toBe(4);
    expect(document.partnerships).toEqual([]);
    const page = portfolioPage(document, CATALOGUES.en);
    expect(page).toContain('**Not everything could be read: partnerships.**');
    expect(page).toContain('## What went wrong');
  });

  it('of names that mean something to Markdown or a spreadsheet shows them as names', async () => {
    const name = '=HYPERLINK("http://x") | [a](b) <img> *b*\nc';
    team.edit('partnerships', team.row('partnerships', 'Partner', 'Cairnvale Research').id, { Partner: name });
    const { document } = await report(team);
    const page = portfolioPage(document, CATALOGUES.en);
    expect(page).toContain('=HYPERLINK("http://x") \\| \\[a\\](b) \\<img\\> \\*b\\* c');
    expect(portfolioCsv(document, CATALOGUES.en)).toContain(`"'=HYPERLINK(""http://x"") | [a](b) <img> *b*\nc"`);
  });

  it.each([
    { args: ['--json'], begins: '{\n  "schemaVersion": 1,' },
    { args: ['--format', 'csv'], begins: '\uFEFFPartnership,Status,' },
    { args: ['--days', '30'], begins: '# Partnerships of ' },
  ])('is printed by tandem report $args', async ({ args, begins }) => {
    const { code, stdout, stderr } = await runVerb(team, 'report', args);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout.startsWith(begins)).toBe(true);
  });

  it.each(['1.5', '400'])('does not look %s days ahead, and says what it takes', async (days) => {
    const { code, stdout, stderr } = await runVerb(team, 'report', ['--days', days]);
    expect({ code, stdout }).toEqual({ code: 64, stdout: '' });
    expect(stderr).toContain('from 0 to 366');
  });
});
