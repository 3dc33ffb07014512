import { withTypo } from '../../noise/typo.js';
import type { Contacts } from '../population/contact.js';
import type { Dwelling, Resident } from '../population/resident.js';
import { misdialled } from './digits.js';
import { RATES } from './rates.js';
import { errs, type Writing } from './writing.js';

const rates = RATES.contact;

/** A telephone number as one record has it, mobile or the home's; a child's is the parent's. Empty for about half. */
export function writtenPhone(writing: Writing, contacts: Contacts, person: Resident, home?: Dwelling): string {
  const { random, early, style } = writing;
  if (!random.chance(rates.phone)) return '';
  const owner = person.guardian ?? person;
  const landline = home && random.chance(rates.landline) ? contacts.landline(home) : '';
  const old = early && random.chance(rates.oldPhone);
  const right = landline || (old ? contacts.earlierMobile(owner) : contacts.mobile(owner));
  const number = errs(writing, rates.phoneDigit) ? misdialled(random, right, 5) : right;
  if (style.phone === 'joined') return number;
  return style.phone === 'spaced' ? `${number.slice(0, 5)} ${number.slice(5)}` : `+44${number.slice(1)}`;
}

/** An e-mail address as one record has it; a child's is the parent's. Empty for more than half. */
export function writtenEmail(writing: Writing, contacts: Contacts, person: Resident): string {
  const { random, early } = writing;
  if (!random.chance(rates.email)) return '';
  const owner = person.guardian ?? person;
  const right = early && random.chance(rates.oldEmail) ? contacts.earlierEmail(owner) : contacts.email(owner);
  if (!right || !errs(writing, rates.emailTypo)) return right;
  const at = right.indexOf('@');
  return withTypo(random, right.slice(0, at)) + right.slice(at);
}
