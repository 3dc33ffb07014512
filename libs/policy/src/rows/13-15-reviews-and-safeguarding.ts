import { release, withhold } from '../decision.js';
import type { Row } from './row.js';

const ON_PANEL = release(13, 'dvcva2004.s9');
const NOT_ON_PANEL = withhold(13, 'not_on_panel');
const ADULT_AT_RISK = release(14, 'careact2014.s42');
const NOT_ADULT_AT_RISK = withhold(14, 'not_adult_at_risk');
const PARTNER_FOR_CHILD = release(15, 'childrenact2004.s10-11');
const NOT_SAFEGUARDING_PARTNER = withhold(15, 'not_safeguarding_partner');

/** Row 13. Homicide review: the review is open and the recipient is on its panel. */
export const homicideReview: Row = (_item, _subject, facts) => {
  if (facts.purpose !== 'dhr') return undefined;
  return facts.isOnOpenPanel ? ON_PANEL : NOT_ON_PANEL;
};

/** Row 14. Adult safeguarding: the item's person is an adult at risk. */
export const adultSafeguarding: Row = (_item, subject, facts) => {
  if (facts.purpose !== 'adult-safeguarding') return undefined;
  return subject.adultAtRisk ? ADULT_AT_RISK : NOT_ADULT_AT_RISK;
};

/** Row 15. Child safeguarding: a child is in the case and the recipient is a safeguarding partner. */
export const childSafeguarding: Row = (_item, _subject, facts) => {
  if (facts.purpose !== 'child-safeguarding') return undefined;
  return facts.isPartnerForChild ? PARTNER_FOR_CHILD : NOT_SAFEGUARDING_PARTNER;
};
