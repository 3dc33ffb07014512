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
  const [lefts, rights]: [number[], number[]] = [[], []];
  const last = boundary > 0 ? boundary : rows;
  for (let i = 0; i < last; i++) {
    for (const [at, { left, also }] of rules.entries()) {
      for (const j of blocks[at]!.get(left[i]!) ?? []) {
        if (j <= i || j < boundary || seen[j] === i || (also !== null && !also(i, j))) continue;
        seen[j] = i;
        lefts.push(i);
        rights.push(j);
      }
    }
  }
  return { left: Uint32Array.from(lefts), right: Uint32Array.from(rights), count: lefts.length };
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

/** Pairs of either list, each once. */
export function either(a: PairList, b: PairList, rows: number): PairList {
  const seen = new Set(Array.from(a.left, (i, k) => i * rows + a.right[k]!));
  const more = Uint32Array.from({ length: b.count }, (_, k) => k).filter(
    (k) => !seen.has(b.left[k]! * rows + b.right[k]!),
  );
  return joined(a, {
    left: more.map((k) => b.left[k]!),
    right: more.map((k) => b.right[k]!),
    count: more.length,
  });
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
