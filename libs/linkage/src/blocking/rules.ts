import type { Atom } from '../fields/field.js';

/** An atom with hardly any values parts nothing. */
const MOST_COMMON = 0.05;

/** Rules grow with the square of the atoms: of very many only the rarest are joined. */
const MOST_ATOMS = 40;

/**
 * Every rule worth a thought: each atom alone, and any two of different families that do not find enough alone, nor so
 * much together that most of their blocks would be too large.
 */
export function possibleRules(atoms: readonly Atom[], rows: number, cap: number): Atom[][] {
  const common = new Map(atoms.map((atom) => [atom, concentration(atom, rows)]));
  const telling = atoms
    .filter((atom) => common.get(atom)! < MOST_COMMON)
    .map((atom, at) => ({ atom, at }))
    .sort((x, y) => common.get(x.atom)! - common.get(y.atom)!)
    .slice(0, MOST_ATOMS)
    .sort((x, y) => x.at - y.at)
    .map(({ atom }) => atom);
  // Where nearly every block is small there is nothing to divide.
  const enough = (atom: Atom): boolean => common.get(atom)! * rows < cap / 4;
  const tooMuch = (a: Atom, b: Atom): boolean => common.get(a)! * common.get(b)! * rows > cap;
  const rules: Atom[][] = telling.map((atom) => [atom]);
  for (let a = 0; a < telling.length; a++) {
    for (let b = a + 1; b < telling.length; b++) {
      const [x, y] = [telling[a]!, telling[b]!];
      if (!sameFamily(x, y) && !enough(x) && !enough(y) && !tooMuch(x, y)) rules.push([x, y]);
    }
  }
  return rules;
}

export function sameFamily(a: Atom, b: Atom): boolean {
  const families = a.family.split('+');
  return b.family.split('+').some((family) => families.includes(family));
}

/** Chance that two random rows share the atom, from at most 20,000 rows. */
function concentration({ codes }: Atom, rows: number): number {
  const counts = new Map<number, number>();
  const step = Math.max(1, Math.floor(rows / 20_000));
  let seen = 0;
  for (let row = 0; row < rows; row += step) {
    seen++;
    if (codes[row] !== 0) counts.set(codes[row]!, (counts.get(codes[row]!) ?? 0) + 1);
  }
  let sum = 0;
  for (const count of counts.values()) sum += count * (count - 1);
  return sum / Math.max(seen * (seen - 1), 1);
}
