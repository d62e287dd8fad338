/** The table of rules; see rule.ts for the shape of one. */
export type FindingCode =
  | 'kpi-at-risk'
  | 'kpi-behind'
  | 'kpi-missed'
  | 'kpi-not-computable'
  | 'milestone-overdue'
  | 'review-overdue'
  | 'review-due'
  | 'decide-by'
  | 'notice-passed'
  | 'silence'
  | 'risk-critical'
  | 'risk-high';
