import { plainForm } from './lookalikes.js';
import { fieldWords, pathText, type Path, type RowError } from './row-error.js';
import type { FeedName } from '../feed.js';

/**
 * Rule 5 of product.md: refuge and confidential addresses never leave and are never stored readable. This looks at the row
 * as it came, before any schema, so that an otherwise broken row cannot hide one; when in doubt it refuses.
 */

const STREET =
  '(?:road|rd|street|st|lane|ln|avenue|ave|close|drive|court|way|terrace|gardens|place|row|hill|view|grove|crescent|mews)';
/** Words that mark such an address in any agency's file. "Refuge Lane" is a street. */
const MARKED = new RegExp(
  `\\bwomen'?s'?\\s+(?:aid|refuge|shelter)\\b|\\bsafe[\\s-]?(?:house|address)\\b|\\brefuges?\\b(?!\\s+${STREET}\\b)|\\bconfidential\\b|\\bundisclosed\\b`,
  'i',
);
/** In a domestic-abuse service's file also these, ordinary elsewhere ("c/o her mother" on a housing file). */
const MARKED_IN_SERVICE = /\bc\s*\/\s*o\b|\bcare\s+of\b|\bwithheld\b|\bprotected address\b|\bp\.?\s?o\.?\s+box\b/i;
const POSTCODE = /\b[A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2}\b/i;

type Json = Record<string, unknown>;
const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
const plain = (value: unknown): string => (typeof value === 'string' ? plainForm(value) : '');

function marked(feed: FeedName, words: string): boolean {
  if (words === '') return false;
  return MARKED.test(words) || (feed === 'dv-service' && MARKED_IN_SERVICE.test(words));
}

function problem(path: Path): RowError {
  const message = `${fieldWords(path)} is, or may be, a refuge or confidential address: it must not be sent, and nothing of this row was kept`;
  return { path: pathText(path), code: 'confidential_address', message };
}

function addressWords(value: Json): string {
  if (value['lines'] === undefined && value['town'] === undefined) return '';
  return [...list(value['lines']), value['town']].map(plain).join(' ');
}

/** Every address-like object: flagged, or with marked words in its lines or town. */
function walkAddresses(feed: FeedName, value: unknown, path: Path, found: RowError[]): void {
  if (Array.isArray(value)) value.forEach((entry, index) => walkAddresses(feed, entry, [...path, index], found));
  if (!isObject(value)) return;
  const flagged = value['confidential'] !== undefined && value['confidential'] !== false;
  if (flagged || marked(feed, addressWords(value))) found.push(problem(path));
  for (const [key, entry] of Object.entries(value)) {
    if (typeof entry === 'object') walkAddresses(feed, entry, [...path, key], found);
  }
}

/** While somebody is in a refuge every address but a previous one may be the refuge's. */
function presentAddresses(person: unknown, path: Path): RowError[] {
  if (!isObject(person)) return [];
  return list(person['addresses']).flatMap((address, index) =>
    isObject(address) && address['type'] === 'previous' ? [] : [problem([...path, 'addresses', index])],
  );
}

function inService(row: Json): RowError[] {
  const found: RowError[] = [];
  const area = plain(row['area']);
  if (marked('dv-service', area) || POSTCODE.test(area)) found.push(problem(['area']));
  list(row['relatedPeople']).forEach((related, index) => {
    if (isObject(related) && marked('dv-service', plain(related['location']))) {
      found.push(problem(['relatedPeople', index, 'location']));
    }
  });
  if (!/refuge/i.test(plain(row['serviceType'])) || row['closed'] !== undefined) return found;
  if (row['role'] !== 'perpetrator') found.push(...presentAddresses(row['person'], ['person']));
  for (const group of ['children', 'relatedPeople']) {
    list(row[group]).forEach((entry, index) => {
      if (isObject(entry) && entry['role'] !== 'perpetrator' && entry['role'] !== 'other') {
        found.push(...presentAddresses(entry['person'], [group, index, 'person']));
      }
    });
  }
  return found;
}

function inHomelessness(row: Json): RowError[] {
  const stay = row['temporaryAccommodation'];
  if (!isObject(stay)) return [];
  const area = plain(stay['area']);
  const found =
    marked('homelessness', area) || POSTCODE.test(area) ? [problem(['temporaryAccommodation', 'area'])] : [];
  return /refuge/i.test(plain(stay['kind'])) ? [...found, ...presentAddresses(row['person'], ['person'])] : found;
}

/** Every place in a cleansed row that is or may be a refuge or confidential address; one error a path. */
export function confidentialAddresses(feed: FeedName, row: unknown): RowError[] {
  if (!isObject(row)) return [];
  const found: RowError[] = [];
  walkAddresses(feed, row, [], found);
  if (feed === 'dv-service') found.push(...inService(row));
  if (feed === 'homelessness') found.push(...inHomelessness(row));
  return found.filter((error, index) => found.findIndex((other) => other.path === error.path) === index);
}
