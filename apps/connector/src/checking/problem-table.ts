import Table from 'cli-table3';
import { printable } from '../telling.js';
import { placeWords, type ProblemGroup } from './problem-groups.js';

/** More kinds of problems than this are in the file of `--out`. */
const SHOWN = 40;

/** Problems, one line a kind and column: where the first ones stand, what is wrong, what to do. No value is shown. */
export function problemTable(groups: ProblemGroup[]): string {
  const table = new Table({
    head: ['rows', 'row', 'line', 'column', 'code', 'what is wrong', 'what to do'],
    style: { head: [], border: [] },
    wordWrap: true,
    colWidths: [8, 9, 9, 20, 20, 36, 40],
  });
  for (const { rows, first, column, path, code, problem, advice } of groups.slice(0, SHOWN)) {
    const more = rows > first.length ? ['…'] : [];
    table.push([
      rows.toLocaleString('en-GB'),
      [...first.map(({ row }) => row), ...more].join('\n'),
      [...first.map(({ line }) => line), ...more].join('\n'),
      printable(column === '' ? placeWords(path) : column).slice(0, 60),
      code,
      printable(problem),
      advice,
    ]);
  }
  const rest = groups.length - SHOWN;
  return rest > 0
    ? `${table.toString()}\n… and ${rest} more kinds of problems; write all with --out problems.csv`
    : table.toString();
}
