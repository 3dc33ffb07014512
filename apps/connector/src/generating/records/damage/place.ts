import { withTypo } from '../../noise/typo.js';
import type { Random } from '../../random.js';
import type { Dwelling, Resident } from '../population/resident.js';
import { RATES } from './rates.js';
import { errs, type Writing } from './writing.js';

const rates = RATES.place;
const LETTERS = 'ABDEFGHJLNPQRSTUWXYZ';
const SHORT: Record<string, string> = {
  Road: 'Rd',
  Street: 'St',
  Close: 'Cl',
  Avenue: 'Ave',
  Drive: 'Dr',
  Lane: 'Ln',
  Crescent: 'Cres',
  Grove: 'Gr',
  Court: 'Ct',
  Gardens: 'Gdns',
  Terrace: 'Terr',
  Place: 'Pl',
};

export interface WrittenPlace {
  address: string;
  town: string;
  postcode: string;
}

/** Where the record says someone lives: now, or before their last move. */
export function placeOf(writing: Writing, { home, before }: Resident): Dwelling | undefined {
  if (before && (writing.early || errs(writing, rates.lateOldAddress))) return before;
  return home;
}

/** A place as one record has it; all empty, or "No fixed abode", when the record does not know. */
export function writtenPlace(writing: Writing, place: Dwelling | undefined): WrittenPlace {
  const { random, style } = writing;
  if (!place || errs(writing, rates.nowhere)) {
    return { address: random.chance(0.3) ? 'No fixed abode' : '', town: '', postcode: '' };
  }
  const written = {
    address: errs(writing, rates.noAddress) ? '' : writtenAddress(writing, place.address),
    town: writtenTown(writing, place),
    postcode: writtenPostcode(writing, place.postcode),
  };
  if (style.capitals !== 'all') return written;
  return { ...written, address: written.address.toUpperCase(), town: written.town.toUpperCase() };
}

function writtenAddress(writing: Writing, address: string): string {
  const { random, style } = writing;
  let text = address;
  if (text.startsWith('Flat ')) {
    if (errs(writing, rates.noFlat)) text = text.slice(text.indexOf(',') + 2);
    else if (style.abbreviates) text = text.replace(', ', ' ');
  }
  if (errs(writing, rates.number)) text = text.replace(/\d+/, (number) => String(Number(number) + random.int(1, 9)));
  if (style.abbreviates) {
    const at = text.lastIndexOf(' ') + 1;
    text = text.slice(0, at) + (SHORT[text.slice(at)] ?? text.slice(at));
  }
  return errs(writing, rates.addressTypo) ? withTypo(random, text) : text;
}

function writtenTown(writing: Writing, { town, inCounty }: Dwelling): string {
  if (errs(writing, rates.noTown)) return '';
  return inCounty && errs(writing, rates.otherTown) ? 'Nottingham' : town;
}

function writtenPostcode(writing: Writing, postcode: string): string {
  const { random, style } = writing;
  if (errs(writing, rates.noPostcode)) return '';
  if (errs(writing, rates.postcodePart)) return postcode.slice(0, random.chance(0.5) ? -4 : -2);
  let text = postcode;
  if (errs(writing, rates.postcodeTypo)) text = otherCharacter(random, text);
  else if (errs(writing, rates.postcodeNeighbour)) text = text.slice(0, -1) + anotherLetter(random, text.at(-1));
  return style.postcodeSpace ? text : text.replace(' ', '');
}

/** A postcode of the same shape with one other letter or digit after the area, or its last two letters swapped. */
function otherCharacter(random: Random, postcode: string): string {
  const space = postcode.indexOf(' ');
  const at = random.pick([space - 1, space + 1, space + 2, space + 3]);
  if (random.chance(0.25)) return postcode.slice(0, -2) + postcode.slice(-1) + postcode.slice(-2, -1);
  const found = postcode[at] as string;
  const other = /\d/.test(found) ? String((Number(found) + random.int(1, 8)) % 9 || 9) : anotherLetter(random, found);
  return postcode.slice(0, at) + other + postcode.slice(at + 1);
}

function anotherLetter(random: Random, letter = ''): string {
  return LETTERS[(LETTERS.indexOf(letter) + random.int(1, LETTERS.length - 1)) % LETTERS.length] as string;
}
