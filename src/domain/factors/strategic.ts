/** Strategic fit: the ESG checklist with the evidence behind it, and how well the partner is known. */
import { type Facts, refOf } from '../facts.js';
import { type FactorCode, type Measure, meanOf } from './factor.js';

export function strategic(facts: Facts): readonly Measure[] {
  const { esg, profile } = facts.partnership.values;
  return [...shareOf('esg', esg, isExpired(facts), facts), ...shareOf('profile', profile, false, facts)];
}

/** Whether the evidence behind the ESG checklist is no longer valid. */
export function isExpired({ partnership, asOf }: Facts): boolean {
  const until = partnership.values.esgEvidenceUntil;
  return until !== undefined && until < asOf;
}

/** A number outside 0 to 1 is no share and is left out; one without valid evidence counts in part. */
function shareOf(code: FactorCode, share: number | undefined, expired: boolean, facts: Facts): readonly Measure[] {
  if (share === undefined || !(share >= 0 && share <= 1)) return [];
  const credit = expired ? share * facts.policy.health.lateCredit : share;
  const params = expired ? { share, expired: 1 } : { share };
  const row = refOf(facts.partnership);
  return meanOf(code, [{ code: 'share', entity: 'partnerships', row, params, credit, weight: 1 }]);
}
