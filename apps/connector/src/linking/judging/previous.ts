import { fileProblem } from '../reading/file-problem.js';
import { readTable } from '../reading/read-table.js';
import type { IdSpace } from './id-pairs.js';

/**
 * Reads an earlier `clusters.csv`: `id,cluster_id`, and `file` where both linked files use an id.
 * @returns per row a number, the same for rows of one cluster; a row that the file does not name has one of its own
 * @throws LinkError naming the line, or when it is of other files altogether
 */
export async function readPrevious(file: string, { ids, rows, leftRows, type }: IdSpace): Promise<Uint32Array> {
  const read = await readTable([file]);
  const column = (name: string) => read.columns.find((one) => one.name === name)?.toColumn();
  const [id, cluster, side] = [column('id'), column('cluster_id'), column('file')];
  if (!id || !cluster) throw fileProblem(file, 1, 'it has no columns id and cluster_id.');
  const rowOf = (text: string, which: string | undefined): number => {
    if (type === 'dedupe') return ids.find(text, 0, rows);
    const left = which === 'right' ? -1 : ids.find(text, 0, leftRows);
    return left >= 0 || which === 'left' ? left : ids.find(text, leftRows, rows);
  };
  // Numbers below are the earlier clusters', these are of rows by themselves.
  const clusters = Uint32Array.from({ length: rows }, (_, row) => cluster.values.length + row);
  const named = new Uint8Array(rows);
  let known = 0;
  for (let i = 0; i < read.rows; i++) {
    const row = rowOf(id.values[id.codes[i]!]!, side?.values[side.codes[i]!]);
    if (row < 0) continue;
    if (named[row] === 1) throw fileProblem(file, read.files[0]!.lines.lineOf(i), 'its id stood on a line before.');
    named[row] = 1;
    known++;
    if (cluster.codes[i] !== 0) clusters[row] = cluster.codes[i]!;
  }
  if (known === 0 && rows > 0 && read.rows > 0) throw fileProblem(file, null, 'none of its ids is in these files.');
  return clusters;
}
