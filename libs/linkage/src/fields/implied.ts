import type { Comparator } from './field.js';

/** A field that says nothing new where another agrees: sex, where the given names do. */
export interface Implied {
  field: number;
  by: number;
  /** Levels of `by` from 1 to this one count as agreement. */
  upTo: number;
}

/** Part of a category's information that may be left for the category itself, once the given name is known. */
const LEFT_OVER = 0.4;

/** Finds categories that given names tell already. */
export function impliedFields(comparators: readonly Comparator[], rows: number): Implied[] {
  const found: Implied[] = [];
  const starts = comparators.map((_, at) => comparators.slice(0, at).reduce((sum, { fields }) => sum + fields.length, 0));
  const names = comparators.findIndex(({ fields }) => fields[0]!.role === 'given');
  if (names === -1) return found;
  const given = comparators[names]!.atoms[0]!.codes;
  const levels = comparators[names]!.fields[0]!.levels;
  const upTo = levels.findLastIndex(({ name }) => name === 'typo');
  comparators.forEach((comparator, at) => {
    if (comparator.fields[0]!.role !== 'other') return;
    const own = comparator.atoms[0]?.codes;
    if (own !== undefined && leftOver(own, given, rows) < LEFT_OVER) found.push({ field: starts[at]!, by: starts[names]!, upTo });
  });
  return found;
}

/** H(a | b) / H(a), over rows that have both and whose b is no rarity; 1 when a has too many values to be told. */
function leftOver(a: Uint32Array, b: Uint32Array, rows: number): number {
  const joint = new Map<number, Map<number, number>>();
  const total = new Map<number, number>();
  const step = Math.max(1, Math.floor(rows / 50_000));
  let n = 0;
  for (let row = 0; row < rows; row += step) {
    if (a[row] === 0 || b[row] === 0) continue;
    n++;
    total.set(a[row]!, (total.get(a[row]!) ?? 0) + 1);
    if (total.size > 50) return 1;
    let of = joint.get(b[row]!);
    if (!of) joint.set(b[row]!, (of = new Map()));
    of.set(a[row]!, (of.get(a[row]!) ?? 0) + 1);
  }
  const whole = entropy([...total.values()], n);
  if (whole === 0) return 1;
  let left = 0;
  let seen = 0;
  for (const of of joint.values()) {
    const counts = [...of.values()];
    const sum = counts.reduce((x, y) => x + y, 0);
    if (sum < 5) continue;
    seen += sum;
    left += sum * entropy(counts, sum);
  }
  return seen < n / 4 ? 1 : left / seen / whole;
}

function entropy(counts: readonly number[], total: number): number {
  return counts.reduce((sum, count) => sum - (count / total) * Math.log2(count / total), 0);
}
