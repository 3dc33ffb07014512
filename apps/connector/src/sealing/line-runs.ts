/** [first row, its line, how many follow one another]: where a batch's rows stand in the file, a few numbers for thousands of rows. */
export type LineRun = [row: number, line: number, count: number];

/** @param lines line numbers of rows 1, 2, 3 … of a batch */
export function lineRuns(lines: readonly number[]): LineRun[] {
  const runs: LineRun[] = [];
  for (const [index, line] of lines.entries()) {
    const last = runs.at(-1);
    if (last && line === last[1] + last[2]) last[2]++;
    else runs.push([index + 1, line, 1]);
  }
  return runs;
}

/** @returns the line of a batch's row (counted from 1), or null where it is not known */
export function lineOfRow(runs: readonly LineRun[], row: number): number | null {
  const run = runs.findLast(([first]) => first <= row);
  return run && row < run[0] + run[2] ? run[1] + row - run[0] : null;
}
