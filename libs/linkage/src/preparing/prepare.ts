import type { PersonInput } from '../person-input.js';
import { prepareName } from './prepare-name.js';
import { preparePlace } from './prepare-place.js';
import type { PreparedDate, PreparedName, PreparedPerson, PreparedPlace } from './prepared-person.js';

/** Normalises a person once. Never throws: what cannot be read counts as missing. */
export function prepare(person: PersonInput): PreparedPerson {
  return {
    names: prepareNames(person.names),
    dateOfBirth: prepareDate(person.dateOfBirth),
    sex: prepareSex(person.sex),
    nhsNumber: (person.nhsNumber ?? '').replace(/\D/g, ''),
    niNumber: (person.niNumber ?? '')
      .toUpperCase()
      .replace(/[^A-Z0-9]/g, '')
      .slice(0, 8),
    telephones: unique(person.telephones.map(prepareTelephone)),
    emails: unique(person.emails.map((email) => email.trim().toLowerCase())),
    places: person.addresses.map(preparePlace).filter((place): place is PreparedPlace => place !== null),
  };
}

/** An alias that gives only a surname (or only forenames) takes the other half from the main name. */
function prepareNames(names: PersonInput['names']): PreparedName[] {
  const main = names[0];
  const prepared: PreparedName[] = [];
  for (const name of names) {
    const forenames = name.forenames.length > 0 ? name.forenames : (main?.forenames ?? []);
    const made = prepareName(name.surname || main?.surname, forenames);
    if (made && !prepared.some((other) => sameName(other, made))) prepared.push(made);
  }
  return prepared;
}

function sameName(a: PreparedName, b: PreparedName): boolean {
  return a.surname === b.surname && a.forenames.join(' ') === b.forenames.join(' ');
}

function prepareDate(text: string | undefined): PreparedDate | null {
  const found = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?/.exec(text ?? '');
  if (!found) return null;
  return { year: Number(found[1]), month: Number(found[2] ?? 0), day: Number(found[3] ?? 0) };
}

function prepareSex(text: string | undefined): 'F' | 'M' | '' {
  const first = (text ?? '').trim().charAt(0).toUpperCase();
  return first === 'F' || first === 'M' ? first : '';
}

/** National digits with the leading 0, so that +44, 0044 and 0 forms meet. */
function prepareTelephone(text: string): string {
  const digits = text
    .replace(/[^\d+]/g, '')
    .replace(/^(\+44|0044)0?/, '0')
    .replace(/\D/g, '');
  return digits.length >= 7 ? digits : '';
}

function unique(values: string[]): string[] {
  return [...new Set(values.filter((value) => value !== ''))];
}
