/** Pairs that show the same level in every field, counted together. */
export interface Patterns {
  /** Level of field f of pattern p: `levels[p * fields + f]`. */
  levels: Uint8Array;
  counts: Float64Array;
  count: number;
  fields: number;
  /** Per pair its pattern. */
  of: Uint32Array;
}

/** In: one row of `fields` levels a pair. */
export function patternsOf(levels: Uint8Array, pairs: number, fields: number): Patterns {
  let size = 1 << 12;
  let table = new Int32Array(size).fill(-1);
  let distinct = new Uint8Array(fields * 1024);
  const counts: number[] = [];
  const of = new Uint32Array(pairs);
  const hashAt = (source: Uint8Array, at: number): number => {
    let hash = 0x811c9dc5;
    for (let f = 0; f < fields; f++) hash = Math.imul(hash ^ source[at + f]!, 0x01000193);
    return (hash ^ (hash >>> 15)) >>> 0;
  };
  for (let k = 0; k < pairs; k++) {
    const from = k * fields;
    let at = hashAt(levels, from) & (size - 1);
    for (;;) {
      const known = table[at]!;
      if (known === -1) {
        table[at] = counts.length;
        of[k] = counts.length;
        if ((counts.length + 1) * fields > distinct.length) {
          const more = new Uint8Array(distinct.length * 2);
          more.set(distinct);
          distinct = more;
        }
        distinct.set(levels.subarray(from, from + fields), counts.length * fields);
        counts.push(1);
        if (counts.length * 2 > size) {
          size *= 4;
          table = new Int32Array(size).fill(-1);
          for (let p = 0; p < counts.length; p++) {
            let to = hashAt(distinct, p * fields) & (size - 1);
            while (table[to] !== -1) to = (to + 1) & (size - 1);
            table[to] = p;
          }
        }
        break;
      }
      let same = true;
      for (let f = 0; f < fields; f++) {
        if (distinct[known * fields + f] !== levels[from + f]) {
          same = false;
          break;
        }
      }
      if (same) {
        counts[known]!++;
        of[k] = known;
        break;
      }
      at = (at + 1) & (size - 1);
    }
  }
  return {
    levels: distinct.subarray(0, counts.length * fields),
    counts: Float64Array.from(counts),
    count: counts.length,
    fields,
    of,
  };
}
