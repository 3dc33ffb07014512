import type { ScoredPairs } from '#linkage';
import type { RowIds } from '../reading/row-ids.js';
import { idCells } from './id-cells.js';
import type { ResultFile } from './result-files.js';
import { WeightCells } from './weight-cells.js';

const COMMA = 0x2c;

/** `pairs.csv`: in the order given, which is by left row, then right. */
export function pairsWriter(pairs: ScoredPairs, ids: RowIds): (file: ResultFile) => Promise<void> {
  return async (file) => {
    await file.text('left_id,right_id,match_weight,match_probability\n');
    const { left, right, weight } = pairs;
    const keys = new Int32Array(weight.buffer, weight.byteOffset, weight.length);
    const cells = idCells(ids);
    const weights = new WeightCells();
    await file.pieces(left.length, 2 * cells.longest + 1 + WeightCells.longest, (i, buffer, start) => {
      let at = cells.write(left[i]!, buffer, start);
      buffer[at++] = COMMA;
      at = cells.write(right[i]!, buffer, at);
      return weights.write(weight[i]!, keys[i]!, buffer, at);
    });
  };
}
