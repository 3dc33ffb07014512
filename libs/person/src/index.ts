/** Pure values about a person: parse, or say why not; normalise; show. No input or output, no other library of ours. */
export type { Parsed } from './parsed.js';
export { NhsNumber, nhsCheckDigit } from './identifiers/nhs-number.js';
export { NiNumber } from './identifiers/ni-number.js';
export { Uprn } from './identifiers/uprn.js';
export { Postcode } from './identifiers/postcode.js';
export { Phone, groupPhone } from './contact/phone.js';
export { Email } from './contact/email.js';
export { PartialDate, formatPartialDate, daysInMonth, type DateBounds } from './dates/partial-date.js';
export { hasHiddenCharacters, parseNameText } from './names/name-text.js';
export { nameTokens, normaliseName } from './names/normalise-name.js';
export { displayName, type NamedPerson } from './names/display-name.js';
