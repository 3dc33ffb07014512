import { withhold } from '../decision.js';
import type { Row } from './row.js';

const CONFIDENTIAL_ADDRESS = withhold(1, 'confidential_address');
const NOT_IN_CASE = withhold(2, 'not_in_case');
const CONFLICT_OF_INTEREST = withhold(3, 'conflict_of_interest');
const PERPETRATOR_LINK = withhold(4, 'perpetrator_link');

/** Row 1. A confidential or refuge address: no exception, whatever the kind says. What does not say "no" is one. */
export const confidentialAddress: Row = (item) => (item.confidential !== false ? CONFIDENTIAL_ADDRESS : undefined);

/** Row 2. The item's person is not one of the case's people. */
export const notInCase: Row = (_item, subject) => (subject.inCase ? undefined : NOT_IN_CASE);

/** Row 3. The recipient has a declared conflict with any person in the case. */
export const conflictOfInterest: Row = (_item, _subject, facts) =>
  facts.hasConflict ? CONFLICT_OF_INTEREST : undefined;

/** Row 4. Where the victim or a child is or how to reach them, to somebody who acts for the alleged perpetrator. */
export const perpetratorLink: Row = (item, subject, facts) =>
  facts.actsForPerpetrator && (item.kind === 'location' || item.kind === 'contact') && subject.isVictimOrChild
    ? PERPETRATOR_LINK
    : undefined;
