import type { RowIds } from '../reading/row-ids.js';
import { idCells } from './id-cells.js';
import type { ResultFile } from './result-files.js';

const COMMA = 0x2c;
const LF = 0x0a;

/**
 * `clusters.csv`: every row, in the order of the files; a cluster is called after the first of its ids, byte by byte, so
 * that the order of the rows changes nothing. Where both linked files use an id, a third column says which file's it is, and clusters are numbered.
 */
export function clustersWriter(
  clusters: Uint32Array,
  ids: RowIds,
  leftRows: number,
): (file: ResultFile) => Promise<void> {
  return async (file) => {
    const cells = idCells(ids);
    if (idsInBoth(ids, leftRows, clusters.length)) {
      await file.text('id,cluster_id,file\n');
      const number = numbered(clusters);
      await file.pieces(clusters.length, cells.longest + 24, (row, buffer, start) => {
        const at = cells.write(row, buffer, start);
        return at + buffer.write(`,${number[row]},${row < leftRows ? 'left' : 'right'}\n`, at, 'latin1');
      });
      return;
    }
    await file.text('id,cluster_id\n');
    const name = firstIdOf(clusters, ids);
    await file.pieces(clusters.length, 2 * cells.longest + 2, (row, buffer, start) => {
      let at = cells.write(row, buffer, start);
      buffer[at++] = COMMA;
      at = cells.write(name[clusters[row]!]!, buffer, at);
      buffer[at++] = LF;
      return at;
    });
  };
}

/** Per cluster (called after its lowest row) the row whose id comes first. */
function firstIdOf(clusters: Uint32Array, ids: RowIds): Uint32Array {
  const first = new Uint32Array(clusters.length);
  for (let row = 0; row < clusters.length; row++) {
    const cluster = clusters[row]!;
    if (cluster === row) first[row] = row;
    else if (ids.compare(row, first[cluster]!) < 0) first[cluster] = row;
  }
  return first;
}

function numbered(clusters: Uint32Array): Uint32Array {
  const numbers = new Uint32Array(clusters.length);
  let next = 0;
  for (let row = 0; row < clusters.length; row++)
    numbers[row] = clusters[row] === row ? ++next : numbers[clusters[row]!]!;
  return numbers;
}

function idsInBoth(ids: RowIds, leftRows: number, rows: number): boolean {
  for (let row = leftRows; row < rows; row++) if (ids.alsoInLeft(row)) return true;
  return false;
}
