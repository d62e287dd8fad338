/** What English says on the page of all partnerships. */
import type { PortfolioWords } from '../portfolio.js';
import { day } from './phrases.js';

const counted = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;

export const portfolio: PortfolioWords = {
  title: (workspace, asOf) => `Partnerships of ${workspace}, ${day(asOf)}`,
  headings: {
    glance: 'At a glance',
    partnerships: 'Every partnership',
    attention: 'What needs somebody now',
    agenda: 'What falls due',
    mend: 'To mend in the tables',
    trouble: 'What went wrong',
  },
  columns: {
    partnership: 'Partnership',
    partnerships: 'Partnerships',
    status: 'Status',
    health: 'Health',
    lowest: 'Lowest health',
    kpi: 'KPI achievement',
    risk: 'Risk',
    confidence: 'Confidence',
    decideBy: 'Decide by',
    nextReview: 'Next review',
    why: 'Why',
    day: 'Day',
    what: 'What',
    link: 'Link',
  },
  groupings: { tier: 'Tier', type: 'Type', owner: 'Owner' },
  tiers: { strategic: 'Strategic', core: 'Core', basic: 'Basic' },
  agenda: { 'decide-by': 'Decide on the term', review: 'Joint review', milestone: 'Milestone', task: 'Task' },
  slipped: 'overdue',
  nameless: '(empty)',
  nothing: 'Nothing.',
  counted: (partnerships, statuses) =>
    `${counted(partnerships, 'partnership', 'partnerships')}${statuses.map(({ label, count }) => `, ${label} ${count}`).join('')}.`,
  tasks: (open, overdue) => `${counted(open, 'task', 'tasks')} of Tandem open, ${overdue} of them overdue.`,
  agendaUntil: (until) => `Until ${day(until)}, and what has slipped.`,
  incomplete: (entities) =>
    `**Not everything could be read: ${entities.join(', ')}.** What rests on it is not judged, and is not shown as healthy.`,
};
