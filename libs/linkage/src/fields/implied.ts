import type { TrainedModel } from '../linking/trained-model.js';
import { type Compared, type Field, type Level, withFields } from './field.js';

/**
 * A field that says little new where another agrees: sex where the given names do, town where the postcode does. There
 * it has levels of its own, with shares of their own.
 */
export interface Implied {
  field: number;
  by: number;
  /** Levels of `by` from 1 to this one count as agreement. */
  upTo: number;
  /** What is added to a level of the field there. */
  shift: number;
}

/** From how much more often than chance different people agree on the one when they agree on the other (0 none, 1 always). */
const TELLING = 0.15;

/**
 * Finds categories that names or places tell already, by looking at pairs of people who cannot be one, and numbers of an
 * address. Gives them levels for it.
 */
export function impliedFields(comparators: readonly Compared[], rows: number): Implied[] {
  const starts = comparators.map((_, at) =>
    comparators.slice(0, at).reduce((sum, { fields }) => sum + fields.length, 0),
  );
  const { given, surname, place } = signsOf(comparators);
  const tellers = [
    { sign: given, apart: [surname?.codes] },
    { sign: place, apart: [surname?.codes, given?.codes] },
  ];
  const found: Implied[] = [];
  comparators.forEach((comparator, at) => {
    const field = comparator.fields[0]!;
    const own = comparator.atoms[0]?.codes;
    const imply = (teller: Compared, upTo: number): void => {
      const by = teller.fields[0]!;
      const shift = field.levels.length - 1;
      field.levels.push(...field.levels.slice(1).map((level) => segmented(level, by)));
      found.push({ field: starts[at]!, by: starts[comparators.indexOf(teller)]!, upTo, shift });
    };
    // A number of the address, where the address itself is compared.
    if (field.role === 'place' && place !== undefined && place.comparator !== comparator)
      return imply(place.comparator, place.comparator.fields[0]!.homeUpTo ?? 0);
    if (field.role !== 'other' || own === undefined) return;
    const best = tellers
      .map((teller) => ({
        ...teller,
        told: teller.sign === undefined ? 0 : told(own, teller.sign.codes, teller.apart, rows),
      }))
      .sort((x, y) => y.told - x.told)[0]!;
    if (best.told < TELLING) return;
    const teller = best.sign!.comparator;
    imply(teller, teller.fields[0]!.agreesUpTo ?? 0);
  });
  return found;
}

/** A key by which rows agree on a name or a place, and who gives it. */
export interface Sign {
  comparator: Compared;
  codes: Uint32Array;
}

/** Those of given name, surname and place, where there are such comparisons. */
export function signsOf(comparators: readonly Compared[]): { given?: Sign; surname?: Sign; place?: Sign } {
  const names = comparators.find(({ fields }) => fields[0]!.role === 'given');
  const places = comparators.find(
    ({ fields, atoms }) => fields[0]!.role === 'place' && atoms.some(({ sign }) => sign === true),
  );
  const signOf = (comparator: Compared | undefined, family: string): Sign | undefined => {
    const atom = comparator?.atoms.find((one) => one.sign === true && one.family === family);
    return comparator && atom && { comparator, codes: atom.codes };
  };
  const [given, surname, place] = [signOf(names, 'given'), signOf(names, 'surname'), signOf(places, 'place')];
  return { ...(given && { given }), ...(surname && { surname }), ...(place && { place }) };
}

/**
 * As a model has them, whatever these rows would show; fields too that are there only where rows have something for them.
 * @throws nothing; a model of other fields is found out by `fits`
 */
export function impliedAsIn(
  { implied, fields: wanted }: Pick<TrainedModel, 'implied' | 'fields'>,
  comparators: readonly Compared[],
): Implied[] {
  let at = 0;
  for (const comparator of comparators) {
    const { fields, optional } = comparator;
    const always = fields.filter((field) => field !== optional).length;
    withFields(comparator, always + (optional !== undefined && wanted[at + always]?.role === optional.role ? 1 : 0));
    at += fields.length;
  }
  const fields = comparators.flatMap((comparator) => comparator.fields);
  for (const { field, by } of implied) {
    const [own, teller] = [fields[field], fields[by]];
    if (own && teller) own.levels.push(...own.levels.slice(1).map((level) => segmented(level, teller)));
  }
  return implied.map((one) => ({ ...one }));
}

function segmented(level: Level, by: Field): Level {
  return { ...level, name: `${level.name} (${by.name} agrees)`, u: -1, segment: 1 };
}

/** Rows enough to see by; a sample of a large table does. */
const ROWS_ENOUGH = 40_000;

/** Rows that have both codes, evenly from the whole table. */
export function rowsWith(rows: number, a: Uint32Array, b: Uint32Array): Uint32Array {
  const step = Math.max(1, Math.floor(rows / ROWS_ENOUGH));
  const found: number[] = [];
  for (let row = 0; row < rows; row += step) if (a[row] !== 0 && b[row] !== 0) found.push(row);
  return Uint32Array.from(found);
}

/** (P(same a | same b) − P(same a)) / (1 − P(same a)) over pairs of rows that differ in all of `apart`. */
function told(a: Uint32Array, b: Uint32Array, apart: readonly (Uint32Array | undefined)[], rows: number): number {
  const order = rowsWith(rows, a, b);
  if (order.length < 20) return 0;
  let base = 0;
  const far = Math.floor(order.length / 2);
  for (let at = 0; at + far < order.length; at++) if (a[order[at]!] === a[order[at + far]!]) base++;
  const chance = base / (order.length - far);
  let same = 0;
  let pairs = 0;
  for (const [x, y] of pairsThatShare(b, apart, order)) {
    pairs++;
    if (a[x] === a[y]) same++;
  }
  return pairs < 30 || chance >= 1 ? 0 : (same / pairs - chance) / (1 - chance);
}

/** Pairs of rows that share a code of `b` and differ in all of `apart`: not one person, whatever else they share. */
export function* pairsThatShare(
  b: Uint32Array,
  apart: readonly (Uint32Array | undefined)[],
  among: Uint32Array,
): Generator<[number, number]> {
  const order = among.slice().sort((x, y) => b[x]! - b[y]! || x - y);
  const differ = (x: number, y: number): boolean =>
    apart.every((codes) => codes === undefined || (codes[x] !== 0 && codes[y] !== 0 && codes[x] !== codes[y]));
  for (let at = 0; at < order.length; at++) {
    const x = order[at]!;
    if (b[x] === 0) continue;
    for (let next = at + 1; next <= at + 4 && next < order.length && b[order[next]!] === b[x]; next++) {
      if (differ(x, order[next]!)) yield [x, order[next]!];
    }
  }
}
