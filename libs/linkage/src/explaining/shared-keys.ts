import type { Atom, Comparator } from '../fields/field.js';

/** By which kinds of keys two rows could meet: names of the kinds, without what the keys say. None: they never meet. */
export function sharedKeys(comparators: readonly Pick<Comparator, 'atoms'>[], a: number, b: number): string[] {
  const shared = comparators
    .flatMap(({ atoms }) => atoms)
    .filter((atom) => keysOf(atom, a).some((key) => keysOf(atom, b).includes(key)))
    .map(({ name }) => name);
  return [...new Set(shared)];
}

function keysOf({ codes, more }: Atom, row: number): number[] {
  return [codes[row]!, more?.[row] ?? 0].filter((code) => code !== 0);
}
