/** All partnerships as a page of Markdown: what a team looks at together once a week. */
import { GROUPINGS, type Group, STATUS_ORDER } from '../domain/portfolio.js';
import type { Catalogue } from '../messages/index.js';
import { table } from '../messages/markdown.js';
import type { PortfolioDocument, ReportedPartnership } from '../pipeline/portfolio.js';

/** Next steps named for one partnership. */
const STEPS = 3;
/** Places to mend that are named. */
const MENDED = 15;

/** The page, without a line break at its end. */
export function portfolioPage(document: PortfolioDocument, catalogue: Catalogue): string {
  const { portfolio: words } = catalogue;
  const { all, tasks, incomplete, partnerships } = document;
  const blocks = [`# ${words.title(document.workspace, document.asOf)}`];
  if (incomplete.length > 0) blocks.push(words.incomplete(incomplete.map(catalogue.entity)));
  const told = STATUS_ORDER.map((status) => ({
    label: catalogue.label('partnershipStatus', status),
    count: all.statuses[status],
  })).filter(({ count }) => count > 0);
  const counted = words.counted(all.partnerships, told);
  blocks.push(tasks === null ? counted : `${counted} ${words.tasks(tasks.open, tasks.overdue)}`);
  const urgent = partnerships.filter(({ status }) => status === 'at-risk' || status === 'watch');
  blocks.push(
    `## ${words.headings.attention}`,
    urgent.map((item) => attention(item, catalogue)).join('\n') || words.nothing,
  );
  blocks.push(`## ${words.headings.agenda}`, words.agendaUntil(document.until), agenda(document, catalogue));
  blocks.push(`## ${words.headings.glance}`, ...glance(document, catalogue));
  blocks.push(`## ${words.headings.partnerships}`, everyone(partnerships, catalogue));
  if (document.dataIssues.length > 0) blocks.push(`## ${words.headings.mend}`, mend(document, catalogue));
  if (document.errors.length > 0) {
    const errors = document.errors.map(({ code, message, next }) => `- \`${code}\` ${safe(message)} ${safe(next)}`);
    blocks.push(`## ${words.headings.trouble}`, errors.join('\n'));
  }
  if (document.notes.length > 0) blocks.push(document.notes.map(safe).join('\n'));
  return blocks.join('\n\n');
}

function attention(item: ReportedPartnership, catalogue: Catalogue): string {
  const { partnership, status, health, why } = item;
  const score = health === null ? '' : ` ${health}`;
  const owner = item.owner.length === 0 ? '' : ` (${safe(item.owner.join(', '))})`;
  const steps = item.findings.filter(({ severity }) => severity === 'critical' || severity === 'high');
  const next = [...new Set(steps.map((finding) => finding.next))].slice(0, STEPS);
  return [
    `- **${link(partnership.name, partnership.url)}**${owner}: ${catalogue.label('partnershipStatus', status)}${score}. ${safe(why)}`,
    ...next.map((step) => `  - ${safe(step)}`),
  ].join('\n');
}

function agenda({ agenda: items }: PortfolioDocument, { portfolio: words }: Catalogue): string {
  if (items.length === 0) return words.nothing;
  const rows = items.map(({ day, kind, slipped, row, partnerships }) => [
    slipped ? `${day} (${words.slipped})` : day,
    kind === 'milestone' || kind === 'task' ? `${words.agenda[kind]}: ${link(row.title, row.url)}` : words.agenda[kind],
    partnerships.map(({ title, url }) => link(title, url)).join(', '),
  ]);
  return table([words.columns.day, words.columns.what, words.columns.partnership], rows);
}

function glance({ groups }: PortfolioDocument, catalogue: Catalogue): readonly string[] {
  const { portfolio: words } = catalogue;
  const tables = GROUPINGS.flatMap((grouping) => {
    const rows = groups[grouping].map((group) => groupRow(nameOf(group, catalogue), group));
    const statuses = STATUS_ORDER.map((status) => catalogue.label('partnershipStatus', status));
    const head = [words.groupings[grouping], words.columns.partnerships, ...statuses, words.columns.lowest];
    return rows.length === 0 ? [] : [table(head, rows)];
  });
  return tables.length === 0 ? [words.nothing] : tables;
}

const groupRow = (name: string, { partnerships, statuses, lowest }: Group): readonly string[] => [
  safe(name),
  String(partnerships),
  ...STATUS_ORDER.map((status) => (statuses[status] === 0 ? '' : String(statuses[status]))),
  lowest === null ? '–' : String(lowest),
];

function nameOf({ name }: Group, { portfolio: { nameless, tiers } }: Catalogue): string {
  const words: Readonly<Partial<Record<string, string>>> = tiers;
  return name === null ? nameless : (words[name] ?? name);
}

function everyone(partnerships: readonly ReportedPartnership[], catalogue: Catalogue): string {
  const { columns } = catalogue.portfolio;
  const rows = partnerships.map((item) => [
    link(item.partnership.name, item.partnership.url),
    catalogue.label('partnershipStatus', item.status),
    item.health === null ? '–' : String(item.health),
    item.kpiAchievement === null ? '–' : catalogue.explain.percent(item.kpiAchievement),
    catalogue.label('riskLevel', item.riskLevel),
    item.decideBy ?? '–',
    item.nextReview ?? '–',
  ]);
  const head = [
    columns.partnership,
    columns.status,
    columns.health,
    columns.kpi,
    columns.risk,
    columns.decideBy,
    columns.nextReview,
  ];
  return rows.length === 0 ? catalogue.portfolio.nothing : table(head, rows);
}

function mend({ dataIssues }: PortfolioDocument, catalogue: Catalogue): string {
  const lines = dataIssues.map(
    ({ entity, url, text }) =>
      `- ${url === null ? safe(catalogue.entity(entity)) : link(catalogue.entity(entity), url)}: ${safe(text)}`,
  );
  const rest = lines.length - MENDED;
  return [...lines.slice(0, MENDED), ...(rest > 0 ? [`- ${catalogue.more(rest)}`] : [])].join('\n');
}

/** Text of a table on one line, with nothing in it that Markdown or HTML would act on. */
const safe = (text: string): string =>
  text
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[\\`*_[\]|<>]/g, (sign) => `\\${sign}`);

/** Only an address of the web becomes a link. */
const link = (text: string, url: string): string =>
  /^https?:\/\/[^\s<>()]+$/.test(url) ? `[${safe(text)}](${url})` : safe(text);
