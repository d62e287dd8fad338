/** What becomes of a partnership when nobody enters anything: the days to come, each assessed as if it were today. */
import type { Finding, PartnershipAssessment, PartnershipStatus } from '../assessment.js';
import { addDays, type Day } from '../calendar.js';

/** The first day the status is another one, and the findings that are new since the day before. */
export interface Outlook {
  readonly day: Day;
  readonly status: PartnershipStatus;
  readonly findings: readonly Finding[];
}

/** How far ahead is looked. */
export const HORIZON_DAYS = 92;

const keyOf = ({ code, row, severity }: Finding): string => `${code} ${row.id} ${severity}`;

/** Walks day by day, each remembering the one before it as a run would; undefined when the status stays. */
export function outlookOf(
  today: PartnershipAssessment,
  asOf: Day,
  judge: (day: Day, before: PartnershipAssessment) => PartnershipAssessment,
): Outlook | undefined {
  let before = today;
  for (let ahead = 1; ahead <= HORIZON_DAYS; ahead += 1) {
    const day = addDays(asOf, ahead);
    const next = judge(day, before);
    if (next.status !== today.status) {
      const known = new Set(before.findings.map(keyOf));
      return { day, status: next.status, findings: next.findings.filter((finding) => !known.has(keyOf(finding))) };
    }
    before = next;
  }
  return undefined;
}
