import { stringify, type Stringifier } from 'csv-stringify';
import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import type { TellableProblem } from './problem-groups.js';

const COLUMNS = ['row', 'line', 'recordRef', 'column', 'field', 'code', 'problem', 'what_to_do', 'costs'] as const;

/** Every problem of a check as a CSV, written as they are found. No cell of it is a formula to a spreadsheet. */
export class ProblemsFile {
  private readonly csv: Stringifier = stringify({ header: true, columns: [...COLUMNS], escape_formulas: true });
  private readonly file;
  private readonly written;

  constructor(path: string) {
    this.file = createWriteStream(path, { mode: 0o600 });
    this.written = finished(this.file);
    // Told at the end, by close().
    this.written.catch(() => undefined);
    this.csv.pipe(this.file);
  }

  add({ row, line, recordRef, column, path, code, problem, advice, fieldOnly }: TellableProblem): void {
    this.csv.write([row, line, recordRef, column, path, code, problem, advice, fieldOnly ? 'the field' : 'the row']);
  }

  /** @throws the file's error, where it could not be written */
  async close(): Promise<void> {
    this.csv.end();
    await this.written;
  }
}
