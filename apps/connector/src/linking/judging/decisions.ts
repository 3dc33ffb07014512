import type { PairDecisions } from '#linkage';
import { fileProblem } from '../reading/file-problem.js';
import { Groups } from './groups.js';
import { readIdPairs, type IdSpace } from './id-pairs.js';

/**
 * Reads people's decisions: `left_id,right_id,decision` with `link` or `not`.
 * @throws LinkError naming the line, also where one decision contradicts others
 */
export async function readDecisions(file: string, space: IdSpace): Promise<PairDecisions> {
  const { left, right, read, lineOf } = await readIdPairs(file, space);
  const words = read.columns.find(({ name }) => name === 'decision') ?? read.columns[2];
  if (!words) throw fileProblem(file, 1, 'three columns are expected: left_id, right_id and decision.');
  const { values, codes } = words.toColumn();
  const decided: PairDecisions = { mustLink: [], cannotLink: [] };
  const lines: number[] = [];
  // A file without headings begins with a decision at once.
  const skipped = left.length - read.rows;
  const groups = new Groups(space.rows);
  for (let i = 0; i < left.length; i++) {
    const [a, b] = [left[i]!, right[i]!];
    const word = (i < skipped ? read.files[0]!.header[2]! : values[codes[i - skipped]!]!).toLowerCase();
    if (a === b) throw fileProblem(file, lineOf(i), 'both ids are the same row’s.');
    const pair: [number, number] = a < b ? [a, b] : [b, a];
    if (word === 'link') {
      decided.mustLink.push(pair);
      groups.join(a, b);
    } else if (word === 'not') {
      decided.cannotLink.push(pair);
      lines.push(lineOf(i));
    } else throw fileProblem(file, lineOf(i), 'the decision must be "link" or "not".');
  }
  const against = decided.cannotLink.findIndex(([a, b]) => groups.of(a) === groups.of(b));
  if (against >= 0)
    throw fileProblem(file, lines[against]!, 'the two are said not to be one person, but other decisions link them.');
  return decided;
}
