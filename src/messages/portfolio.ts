/** What a locale says on the page of all partnerships. */
import type { Day } from '../domain/calendar.js';
import type { AgendaItem, Grouping } from '../domain/portfolio.js';
import type { Canonical } from '../domain/vocabulary.js';

export interface PortfolioWords {
  readonly title: (workspace: string, day: Day) => string;
  readonly headings: Readonly<Record<'glance' | 'partnerships' | 'attention' | 'agenda' | 'mend' | 'trouble', string>>;
  /** Heads of columns, on the page and in CSV. */
  readonly columns: Readonly<
    Record<
      | 'partnership'
      | 'partnerships'
      | 'status'
      | 'health'
      | 'lowest'
      | 'kpi'
      | 'risk'
      | 'confidence'
      | 'decideBy'
      | 'nextReview'
      | 'why'
      | 'day'
      | 'what'
      | 'link',
      string
    >
  >;
  readonly groupings: Readonly<Record<Grouping, string>>;
  readonly tiers: Readonly<Record<Canonical<'tier'>, string>>;
  readonly agenda: Readonly<Record<AgendaItem['kind'], string>>;
  readonly slipped: string;
  /** A group of rows whose cell is empty. */
  readonly nameless: string;
  readonly nothing: string;
  /** Statuses by their labels, with how many partnerships stand there. */
  readonly counted: (
    partnerships: number,
    statuses: readonly { readonly label: string; readonly count: number }[],
  ) => string;
  readonly tasks: (open: number, overdue: number) => string;
  readonly agendaUntil: (day: Day) => string;
  /** Tables that could not be read whole, by the names the locale has for them. */
  readonly incomplete: (entities: readonly string[]) => string;
}
