import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { readIdPairs, type IdSpace } from '../judging/id-pairs.js';
import { LinkError } from '../link-error.js';
import { readTable } from '../reading/read-table.js';

/** Rows of each of two rows' groups, from the `clusters.csv` of an earlier run over the same files; null where there is none. */
export async function groupsFound(
  out: string | undefined,
  [a, b]: [number, number],
  rows: number,
): Promise<[number[], number[]] | null> {
  const file = out === undefined ? null : join(out, 'clusters.csv');
  if (file === null || !(await isThere(file))) return null;
  const read = await readTable([file]);
  const codes = read.columns.find(({ name }) => name === 'cluster_id')?.codes;
  if (!codes || read.rows !== rows)
    throw new LinkError('usage', `${file} is not of these files: it has ${read.rows} rows, they have ${rows}.`);
  const groups: [number[], number[]] = [[], []];
  for (let row = 0; row < rows; row++) {
    if (codes[row] === codes[a]) groups[0].push(row);
    if (codes[row] === codes[b]) groups[1].push(row);
  }
  return groups;
}

/**
 * Whether `pairs.csv` of an earlier run has the pair. It holds pairs from some weight on; of one below nothing is known.
 */
export async function wasCompared(
  out: string | undefined,
  [a, b]: [number, number],
  weight: number,
  space: IdSpace,
): Promise<boolean | undefined> {
  const file = out === undefined ? null : join(out, 'pairs.csv');
  if (file === null || !(await isThere(file))) return undefined;
  const { left, right, read } = await readIdPairs(file, space);
  const skipped = left.length - read.rows;
  const weights = read.columns.find(({ name }) => name === 'match_weight')?.toColumn();
  const texts = weights?.values.map(Number) ?? [];
  let least = Infinity;
  for (let at = 0; at < left.length; at++) {
    const [x, y] = [left[at]!, right[at]!];
    if ((x === a && y === b) || (x === b && y === a)) return true;
    if (at >= skipped) least = Math.min(least, texts[weights?.codes[at - skipped] ?? 0] ?? Infinity);
  }
  return weight > least ? false : undefined;
}

async function isThere(file: string): Promise<boolean> {
  return (await stat(file).catch(() => null)) !== null;
}
