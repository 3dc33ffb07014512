import { type AnchorSearch, gathered, lookAround } from '../blocking/anchors.js';
import { candidatePairs, type PairList } from '../blocking/candidates.js';
import { keyBlocks } from '../blocking/key-blocks.js';
import type { Atom } from '../fields/field.js';
import type { Helper } from './helper.js';

/** Pairs (i, j > i) of rows: the first so many rows have half of them. */
const HALF_OF_PAIRS = 1 - Math.SQRT1_2;

export async function anchorsSearched(
  rules: Atom[][],
  rows: number,
  anchors: Uint32Array,
  cap: number,
  helper: Helper,
): Promise<AnchorSearch> {
  const half = helper.isThere ? rules.length >> 1 : rules.length;
  const theirs = helper.isThere
    ? helper.perform({ do: 'look around', rules: rules.slice(half), rows, anchors, cap })
    : null;
  const ours = lookAround(rules.slice(0, half), rows, anchors, cap);
  return gathered(anchors, rows, theirs === null ? [ours] : [ours, await theirs]);
}

/** All pairs that share a key of some rule, each once. */
export async function candidates(
  rules: Atom[][],
  rows: number,
  cap: number,
  boundary: number,
  helper: Helper,
): Promise<PairList> {
  if (!helper.isThere)
    return candidatePairs(
      rules.map((rule) => keyBlocks(rule, rows, cap)),
      rows,
      boundary,
    );
  const half = rules.length >> 1;
  const theirBlocks = helper.perform({ do: 'blocks', rules: rules.slice(half), rows, cap });
  const ours = rules.slice(0, half).map((rule) => keyBlocks(rule, rows, cap));
  const blocks = [...ours, ...(await theirBlocks)];
  const split = boundary > 0 ? boundary >> 1 : Math.floor(rows * HALF_OF_PAIRS);
  const theirs = helper.perform({ do: 'candidates', blocks, rows, boundary, from: split, to: rows });
  const first = candidatePairs(blocks, rows, boundary, 0, split);
  const second = await theirs;
  const left = new Uint32Array(first.count + second.count);
  const right = new Uint32Array(first.count + second.count);
  left.set(first.left);
  left.set(second.left, first.count);
  right.set(first.right);
  right.set(second.right, first.count);
  return { left, right, count: left.length };
}
