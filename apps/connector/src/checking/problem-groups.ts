import { targetWords, type ColumnGuess, type RowError } from '#contracts';
import { advice } from './advice.js';
import type { CheckedRow } from './check-rows.js';

/** One problem of one row, as tables and files tell it. */
export interface TellableProblem {
  row: number;
  line: number;
  recordRef: string;
  /** the heading in the file, where it is known */
  column: string;
  path: string;
  code: string;
  problem: string;
  advice: string;
  /** the row is taken, without this field */
  fieldOnly: boolean;
}

/** Problems of one kind in one column: how many rows, and the first of them. */
export interface ProblemGroup {
  column: string;
  path: string;
  code: string;
  problem: string;
  advice: string;
  fieldOnly: boolean;
  rows: number;
  first: { row: number; line: number }[];
}

const SHOWN_ROWS = 5;
/** Paths of a file can make more groups than anyone reads; the rest is in one. */
const MAX_GROUPS = 500;

/** Problems in the file's own words, counted by column and kind as rows go by. */
export class ProblemGroups {
  private readonly groups = new Map<string, ProblemGroup>();

  constructor(private readonly columns: ColumnGuess[]) {}

  take(row: CheckedRow): TellableProblem[] {
    const told = [
      ...row.errors.map((error) => this.tellable(row, error, false)),
      ...row.fieldErrors.map((error) => this.tellable(row, error, true)),
    ];
    for (const problem of told) this.count(problem);
    return told;
  }

  /** Most rows first; those that cost the row before those that cost a field. */
  get all(): ProblemGroup[] {
    return [...this.groups.values()].sort((a, b) => Number(a.fieldOnly) - Number(b.fieldOnly) || b.rows - a.rows);
  }

  private tellable({ row, line, recordRef }: CheckedRow, error: RowError, fieldOnly: boolean): TellableProblem {
    return {
      row,
      line,
      recordRef: recordRef ?? '',
      column: columnOf(this.columns, error.path),
      path: error.path,
      code: error.code,
      problem: error.message,
      advice: advice(error.code),
      fieldOnly,
    };
  }

  private count({ row, line, column, path, code, problem, advice: help, fieldOnly }: TellableProblem): void {
    const general = path.replace(/\.\d+(?=\.|$)/g, '.#');
    let key = `${fieldOnly} ${code} ${column} ${column === '' ? general : ''} ${problem}`;
    if (!this.groups.has(key) && this.groups.size >= MAX_GROUPS) key = `${fieldOnly} ${code}`;
    let group = this.groups.get(key);
    if (!group)
      this.groups.set(key, (group = { column, path, code, problem, advice: help, fieldOnly, rows: 0, first: [] }));
    group.rows++;
    if (group.first.length < SHOWN_ROWS) group.first.push({ row, line });
  }
}

const general = (path: string) => path.replace(/\.\d+(?=\.|$)/g, '.#').replace(/^victim\b/, 'person');

/** The column that fills a path; lists close up, so positions need not agree. */
function columnOf(columns: ColumnGuess[], path: string): string {
  const wanted = general(path);
  const whole = wanted.replace(/\.(?:surname|forenames)$/, '.name');
  const fits = (to: string) => general(to) === wanted || general(to) === whole || wanted.startsWith(`${general(to)}.`);
  const exact = columns.find(({ to }) => to.includes(path));
  return (exact ?? columns.find(({ to }) => to.some(fits)))?.column ?? '';
}

/** A field's name in words, for problems no column is behind. */
export function placeWords(path: string): string {
  return path === '' ? 'the row' : targetWords(path);
}
