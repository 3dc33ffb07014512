import type { KeyBlocks } from './key-blocks.js';

/** Pairs of rows, each once, left < right, by left. */
export interface PairList {
  left: Uint32Array;
  right: Uint32Array;
  count: number;
}

/** All pairs that share a key, each counted once. With `boundary` above 0 only pairs across it (left file, right file). */
export function candidatePairs(
  blocks: readonly KeyBlocks[],
  rows: number,
  boundary = 0,
  from = 0,
  to = rows,
): PairList {
  const seen = new Uint32Array(rows);
  let left = new Uint32Array(1 << 16);
  let right = new Uint32Array(1 << 16);
  let count = 0;
  const last = boundary > 0 ? Math.min(to, boundary) : to;
  for (let i = from; i < last; i++) {
    const stamp = i + 1;
    for (const { hashes, start, members, shift, width } of blocks) {
      for (let entry = i * width; entry < (i + 1) * width; entry++) {
        const hash = hashes[entry]!;
        if (hash === 0) continue;
        const bucket = hash >>> shift;
        for (let at = start[bucket + 1]! - 1; at >= start[bucket]!; at--) {
          const other = members[at]!;
          const j = width === 1 ? other : other >>> 1;
          if (j <= i || j < boundary) break;
          if (seen[j] === stamp || hashes[other] !== hash) continue;
          seen[j] = stamp;
          if (count === left.length) {
            left = grown(left);
            right = grown(right);
          }
          left[count] = i;
          right[count++] = j;
        }
      }
    }
  }
  return { left: left.subarray(0, count), right: right.subarray(0, count), count };
}

function grown(array: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
  const more = new Uint32Array(array.length * 2);
  more.set(array);
  return more;
}
