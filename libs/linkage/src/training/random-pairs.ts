import type { Comparator, Field } from '../fields/field.js';

/** mulberry32: 32-bit seeded, for sampling only. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** Share of random pairs that show each level of each field, missing ones left out: the u of Fellegi and Sunter. */
export function randomAgreement(
  comparators: readonly Comparator[],
  fields: readonly Field[],
  rows: number,
  wanted: number,
  seed: number,
): Float64Array[] {
  const counts = fields.map(({ levels }) => new Float64Array(levels.length));
  const random = seededRandom(seed);
  const batch = 8192;
  const left = new Uint32Array(batch);
  const right = new Uint32Array(batch);
  const out = new Uint8Array(batch * fields.length);
  const all = rows * (rows - 1) / 2 <= wanted;
  let i = 0;
  let j = 0;
  const total = all ? (rows * (rows - 1)) / 2 : wanted;
  for (let done = 0; done < total; ) {
    let count = 0;
    while (count < batch && done < total) {
      if (all) {
        if (++j >= rows) j = ++i + 1;
        left[count] = i;
        right[count] = j;
      } else {
        const a = Math.floor(random() * rows);
        const b = Math.floor(random() * rows);
        if (a === b) continue;
        left[count] = a;
        right[count] = b;
      }
      count++;
      done++;
    }
    let offset = 0;
    for (const comparator of comparators) {
      comparator.compare(left, right, count, out, fields.length, offset);
      offset += comparator.fields.length;
    }
    for (let f = 0; f < fields.length; f++) {
      const tally = counts[f]!;
      for (let k = 0, at = f; k < count; k++, at += fields.length) tally[out[at]!]!++;
    }
  }
  return fields.map(({ levels }, f) => shares(levels, counts[f]!));
}

function shares(levels: Field['levels'], counts: Float64Array): Float64Array {
  let present = 0;
  for (let at = 1; at < counts.length; at++) present += counts[at]!;
  const share = new Float64Array(levels.length);
  let sum = 0;
  for (let at = 1; at < levels.length; at++) {
    // A dictionary knows rare agreement better than a sample does.
    share[at] = Math.max(levels[at]!.u >= 0 ? levels[at]!.u : (counts[at]! + 0.5 * levels[at]!.share) / (present + 1), 1e-9);
    sum += share[at]!;
  }
  for (let at = 1; at < levels.length; at++) share[at]! /= sum;
  share[0] = 1;
  return share;
}
