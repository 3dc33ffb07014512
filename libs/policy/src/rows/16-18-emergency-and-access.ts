import { release, withhold } from '../decision.js';
import type { Row } from './row.js';

const GLASS_BROKEN = release(16, 'ukgdpr.art6-1-d');
const NO_BREAK_GLASS = withhold(16, 'no_break_glass');
const OWN_DATA = release(17, 'ukgdpr.art15');
const NOT_OWN_DATA = withhold(17, 'not_own_data');
const UNKNOWN_PURPOSE = withhold(18, 'unknown_purpose');

/** Row 16. Emergency: a break-glass grant is active. */
export const emergency: Row = (_item, _subject, facts) => {
  if (facts.purpose !== 'emergency') return undefined;
  return facts.isGlassBroken ? GLASS_BROKEN : NO_BREAK_GLASS;
};

/** Row 17. Subject access: one's own items, unless a safety delay is in force. */
export const subjectAccess: Row = (item, _subject, facts) => {
  if (facts.purpose !== 'subject-access') return undefined;
  return item.person === facts.requester && !facts.safetyDelay ? OWN_DATA : NOT_OWN_DATA;
};

/** Row 18. Anything else. */
export const unknownPurpose: Row = () => UNKNOWN_PURPOSE;
