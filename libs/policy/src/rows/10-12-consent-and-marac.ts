import { release, withhold } from '../decision.js';
import type { Row } from './row.js';

const SUPPORT_CONSENT = release(10, 'consent');
const SUPPORT_NO_CONSENT = withhold(10, 'no_consent');
const VICTIM_CONSENT = release(11, 'consent');
const VICTIM_WITHOUT_CONSENT = release(11, 'cda1998.s115');
const VICTIM_NO_CONSENT = withhold(11, 'no_consent');
const THRESHOLD_MET = release(12, 'cda1998.s115');
const THRESHOLD_NOT_MET = withhold(12, 'threshold_not_met');

/** Row 10. Voluntary support: the person's active consent, or nothing. */
export const voluntarySupport: Row = (item, subject, facts) => {
  if (facts.purpose !== 'voluntary-support') return undefined;
  return subject.consentedTo.has(item.category) ? SUPPORT_CONSENT : SUPPORT_NO_CONSENT;
};

/** Row 11. MARAC, the victim: consent; else a criterion and a complete decision later than any withdrawal. */
export const maracVictim: Row = (item, subject, facts) => {
  if (facts.purpose !== 'marac' || !subject.isVictim) return undefined;
  if (subject.consentedTo.has(item.category)) return VICTIM_CONSENT;
  return facts.criterionHolds && subject.sharedWithoutConsent ? VICTIM_WITHOUT_CONSENT : VICTIM_NO_CONSENT;
};

/** Row 12. MARAC, anybody else in the case: a criterion, and necessity and proportionality recorded. */
export const maracOthers: Row = (_item, _subject, facts) => {
  if (facts.purpose !== 'marac') return undefined;
  return facts.criterionHolds && facts.isJustified ? THRESHOLD_MET : THRESHOLD_NOT_MET;
};
