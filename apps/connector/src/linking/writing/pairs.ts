import type { ScoredPairs } from '#linkage';
import type { RowIds } from '../reading/row-ids.js';
import { idCells } from './id-cells.js';
import type { ResultFile } from './result-files.js';
import { LONGEST_WEIGHT_CELLS, writeWeight } from './weight-cells.js';

const COMMA = 0x2c;
const LF = 0x0a;
const ZERO = 0x30;
const ONE = 0x31;

/** `pairs.csv`: in the order given, which is by left row, then right; `linked` says whether the two are in one cluster. */
export function pairsWriter(
  pairs: ScoredPairs,
  ids: RowIds,
  clusters: Uint32Array,
): (file: ResultFile) => Promise<void> {
  return async (file) => {
    await file.text('left_id,right_id,match_weight,match_probability,linked\n');
    const { left, right, weight } = pairs;
    const cells = idCells(ids);
    await file.pieces(left.length, 2 * cells.longest + LONGEST_WEIGHT_CELLS + 5, (i, buffer, start) => {
      let at = cells.write(left[i]!, buffer, start);
      buffer[at++] = COMMA;
      at = cells.write(right[i]!, buffer, at);
      buffer[at++] = COMMA;
      at = writeWeight(weight[i]!, buffer, at);
      buffer[at++] = COMMA;
      buffer[at++] = clusters[left[i]!] === clusters[right[i]!] ? ONE : ZERO;
      buffer[at++] = LF;
      return at;
    });
  };
}
