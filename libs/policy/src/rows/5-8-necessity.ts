import { withhold } from '../decision.js';
import type { Row } from './row.js';

const NO_AGREEMENT = withhold(5, 'no_agreement');
const NOT_NECESSARY = withhold(6, 'not_necessary');
const CALDICOTT = withhold(7, 'caldicott');
const NOT_AUTHORITY = withhold(8, 'not_authority');

/** Row 5. No agreement in force covers source, recipient, purpose and category (emergencies and subject access need none). */
export const noAgreement: Row = (item, _subject, { purpose, agreed }) =>
  purpose !== 'emergency' && purpose !== 'subject-access' && !agreed.get(item.source)?.has(item.category)
    ? NO_AGREEMENT
    : undefined;

/** Row 6. The field is not on the purpose's list for that role and category (subject access is of everything). */
export const notNecessary: Row = (item, subject, { purpose }) =>
  purpose !== 'subject-access' && !subject.necessary.every((list) => list.get(item.category)?.has(item.field))
    ? NOT_NECESSARY
    : undefined;

/** Row 7. Health data without a Caldicott guardian's sign-off for the case. */
export const caldicott: Row = (item, _subject, facts) =>
  item.kind === 'health' && !facts.caldicottSignedOff ? CALDICOTT : undefined;

/** Row 8. Criminal-offence data to a recipient who is not a relevant authority under section 115. */
export const notAuthority: Row = (item, _subject, facts) =>
  item.kind === 'criminal' && !facts.isAuthority ? NOT_AUTHORITY : undefined;
