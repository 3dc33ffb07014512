import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { readFileSync, writeFileSync } from 'node:fs';

const CLEANED: Record<string, (text: string) => string> = {
  forename: name,
  middle_name: name,
  surname: name,
  address: name,
  town: name,
  postcode: (text) =>
    text
      .toUpperCase()
      .replace(/[^A-Z0-9]/g, '')
      .replace(/^(.+)(\d[A-Z]{2})$/, '$1 $2'),
  phone: (text) => text.replace(/[^0-9]/g, '').replace(/^44/, '0'),
  email: (text) => text.trim().toLowerCase(),
};

/**
 * Writes records again as somebody would who prepares them for Splink, which compares text as it stands (its own advice:
 * one case, one form of postcodes and telephones, no stray marks). `mash link` gets the file as it is.
 */
export function cleanForPeer(file: string, cleaned: string): void {
  const [head, ...rows] = parse(readFileSync(file)) as [string[], ...string[][]];
  const cleaners = head.map((column) => CLEANED[column] ?? ((text: string) => text));
  writeFileSync(cleaned, stringify([head, ...rows.map((row) => row.map((text, at) => cleaners[at]!(text)))]));
}

function name(text: string): string {
  const plain = text.normalize('NFD').replace(/\p{M}/gu, '').toUpperCase();
  return plain
    .replace(/['’.]/g, '')
    .replace(/[^A-Z0-9]+/g, ' ')
    .trim();
}
