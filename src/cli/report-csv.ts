/** All partnerships as CSV: a row each, worst first. */
import type { Catalogue } from '../messages/index.js';
import type { PortfolioDocument } from '../pipeline/portfolio.js';

/** A spreadsheet takes a cell that begins so for a formula. */
const FORMULA = /^[=+\-@\t\r]/;

/**
 * RFC 4180 with a byte order mark, without which Excel takes Korean for another encoding. Text that a spreadsheet
 * would run as a formula gets an apostrophe in front.
 */
export function portfolioCsv({ partnerships }: PortfolioDocument, catalogue: Catalogue): string {
  const { columns, groupings, tiers } = catalogue.portfolio;
  const head = [
    columns.partnership,
    columns.status,
    columns.health,
    columns.kpi,
    columns.risk,
    columns.confidence,
    groupings.tier,
    groupings.type,
    groupings.owner,
    columns.decideBy,
    columns.nextReview,
    columns.why,
    columns.link,
  ];
  const rows = partnerships.map((item) => [
    item.partnership.name,
    catalogue.label('partnershipStatus', item.status),
    item.health,
    item.kpiAchievement,
    catalogue.label('riskLevel', item.riskLevel),
    item.confidence,
    item.tier === null ? null : tiers[item.tier],
    item.type,
    item.owner.join(', '),
    item.decideBy,
    item.nextReview,
    item.why,
    item.partnership.url,
  ]);
  return `\uFEFF${[head, ...rows].map((row) => row.map(cellOf).join(',')).join('\r\n')}\r\n`;
}

function cellOf(value: string | number | null): string {
  if (typeof value !== 'string') return value === null ? '' : String(value);
  const text = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
