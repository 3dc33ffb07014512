import { candidatePairs, type PairList } from '../../blocking/candidates.js';
import { joined } from '../../blocking/friends.js';
import { keyBlocks } from '../../blocking/key-blocks.js';
import { possibleRules } from '../../blocking/rules.js';
import type { Atom } from '../../fields/field.js';
import { BlockingTooLarge } from '../../linking/find-pairs.js';
import type { BlockingRule } from './splink-blocking.js';

/** As many as the engine takes from rules that settings name. */
const MOST_PAIRS = 200_000_000;
/** Most rows of a block where the engine itself chooses. */
const BLOCK = 30;

/**
 * Pairs that some rule brings together, each once, left < right. With `boundary` above 0 only pairs across it.
 * @throws BlockingTooLarge
 */
export function pairsByRules(rules: readonly BlockingRule[], rows: number, boundary: number): PairList {
  const blocks = rules.map(({ right }) => membersOf(right, rows));
  for (const [at, { rule, left }] of rules.entries()) {
    let pairs = 0;
    for (const key of left) if (key !== 0) pairs += blocks[at]!.get(key)?.length ?? 0;
    if (pairs / 2 > MOST_PAIRS) throw new BlockingTooLarge([rule], pairs / 2);
  }
  const seen = new Int32Array(rows).fill(-1);
  const found = new PairsFound();
  const last = boundary > 0 ? boundary : rows;
  for (let i = 0; i < last; i++) {
    for (const [at, { left, also }] of rules.entries()) {
      for (const j of blocks[at]!.get(left[i]!) ?? []) {
        if (j <= i || j < boundary || seen[j] === i || (also !== null && !also(i, j))) continue;
        seen[j] = i;
        found.add(i, j);
      }
    }
  }
  return found.list;
}

/** Pairs as they are found: hundreds of millions would be too much for a list of JavaScript's. */
class PairsFound {
  private left = new Uint32Array(1 << 12);
  private right = new Uint32Array(1 << 12);
  private count = 0;

  add(i: number, j: number): void {
    if (this.count === this.left.length) [this.left, this.right] = [twice(this.left), twice(this.right)];
    this.left[this.count] = i;
    this.right[this.count++] = j;
  }

  get list(): PairList {
    return { left: this.left.subarray(0, this.count), right: this.right.subarray(0, this.count), count: this.count };
  }
}

function twice(numbers: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
  const made = new Uint32Array(2 * numbers.length);
  made.set(numbers);
  return made;
}

function membersOf(keys: Uint32Array, rows: number): Map<number, number[]> {
  const members = new Map<number, number[]>();
  for (let row = 0; row < rows; row++) {
    if (keys[row] === 0) continue;
    const block = members.get(keys[row]!);
    if (block === undefined) members.set(keys[row]!, [row]);
    else block.push(row);
  }
  return members;
}

/** Pairs of either list, each once. Both are by left row, as they were found; there may be more than a set can hold. */
export function either(a: PairList, b: PairList, rows: number): PairList {
  const seen = new Int32Array(rows).fill(-1);
  const more = new PairsFound();
  for (let k = 0, at = 0; k < b.count; k++) {
    const [i, j] = [b.left[k]!, b.right[k]!];
    for (; at < a.count && a.left[at]! <= i; at++) if (a.left[at] === i) seen[a.right[at]!] = i;
    if (seen[j] !== i) more.add(i, j);
  }
  return joined(a, more.list);
}

/** Pairs that share a rare value, or two less rare ones, of any of the columns: where no rules are to be had. */
export function pairsByValues(atoms: readonly Atom[], rows: number, boundary: number): PairList {
  const rules = possibleRules(atoms, rows, BLOCK);
  return candidatePairs(
    rules.map((rule) => keyBlocks(rule, rows, BLOCK)),
    rows,
    boundary,
  );
}
