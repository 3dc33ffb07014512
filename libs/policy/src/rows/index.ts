import { confidentialAddress, conflictOfInterest, notInCase, perpetratorLink } from './1-4-safety.js';
import { maracOthers, maracVictim, voluntarySupport } from './10-12-consent-and-marac.js';
import { adultSafeguarding, childSafeguarding, homicideReview } from './13-15-reviews-and-safeguarding.js';
import { emergency, subjectAccess, unknownPurpose } from './16-18-emergency-and-access.js';
import { caldicott, noAgreement, notAuthority, notNecessary } from './5-8-necessity.js';
import type { Row } from './row.js';

/**
 * The policy's table in order: the first row that matches decides. Row 9 stands between rows 8 and 10, where `decide` asks
 * it: it decides nothing by itself, it only turns a later release into a redaction.
 */
export const ROWS: readonly Row[] = [
  confidentialAddress, // 1
  notInCase, // 2
  conflictOfInterest, // 3
  perpetratorLink, // 4
  noAgreement, // 5
  notNecessary, // 6
  caldicott, // 7
  notAuthority, // 8
  voluntarySupport, // 10
  maracVictim, // 11
  maracOthers, // 12
  homicideReview, // 13
  adultSafeguarding, // 14
  childSafeguarding, // 15
  emergency, // 16
  subjectAccess, // 17
  unknownPurpose, // 18
];
