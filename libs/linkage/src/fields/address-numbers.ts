import type { Compared } from './field.js';
import { signsOf } from './implied.js';

/** Values two rows share that must have been looked at, and the share of them by two people, from which it is an address's. */
const ENOUGH = 20;
const BY_TWO_PEOPLE = 0.3;
/** Where the given name alone, or the birth date alone, says that there are two: one of them may have been mistaken. */
const BY_ONE_SIGN = 0.5;

/**
 * Whether a number is of an address (a UPRN) and not of a person: its heading says so, or it is shared by rows of other
 * given names and other birth dates. Each value counts once, however many rows a dummy such as 999999 has.
 */
export function isOfAnAddress(one: Compared, all: readonly Compared[], rows: number): boolean {
  if (one.columns.every((column) => /uprn/i.test(column))) return true;
  const codes = one.atoms[0]?.codes;
  const date = all.find(({ fields }) => fields[0]!.role === 'date')?.atoms[0]?.codes;
  const signs = [signsOf(all).given?.codes, date].filter((sign) => sign !== undefined);
  if (codes === undefined || signs.length === 0) return false;
  const values = codes.reduce((most, code) => Math.max(most, code), 0) + 1;
  // Per value the first row that has it and the last: records of one person often stand side by side.
  const [first, last] = [new Int32Array(values).fill(-1), new Int32Array(values)];
  for (let row = 0; row < rows; row++) {
    const code = codes[row]!;
    if (code === 0 || signs.some((sign) => sign[row] === 0)) continue;
    if (first[code] === -1) first[code] = row;
    last[code] = row;
  }
  let [looked, two] = [0, 0];
  for (let code = 1; code < values; code++) {
    const [a, b] = [first[code]!, last[code]!];
    if (a === -1 || a === b) continue;
    looked++;
    if (signs.every((sign) => sign[a] !== sign[b])) two++;
  }
  return looked >= ENOUGH && two >= looked * (signs.length > 1 ? BY_TWO_PEOPLE : BY_ONE_SIGN);
}
