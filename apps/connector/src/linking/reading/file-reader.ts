import { stat } from 'node:fs/promises';
import { NotTextIn } from './byte-dictionary.js';
import { CellBatch } from './cell-batch.js';
import { readChunks, type Chunk } from './chunks.js';
import { dialectOf, type Dialect } from './dialect.js';
import { fileProblem } from './file-problem.js';
import { columnNames } from './header.js';
import { LineIndex } from './line-index.js';
import type { ReadColumn } from './read-column.js';
import { RowScanner, unescape } from './row-scanner.js';

export interface FileRead {
  file: string;
  /** As in the first line. */
  header: string[];
  rows: number;
  bytes: number;
  lines: LineIndex;
}

export interface ReadOptions {
  /** Told while a file is read, from 0 to 1. */
  onProgress?: (done: number) => void;
  /** How many bytes are read at a time; a megabyte where nothing is said. */
  pieces?: number;
}

/**
 * Reads a file's rows into columns, after the rows that are in them already.
 * @param columnsFor given the names in the first line: the columns that take the cells, in the same order
 * @throws LinkError naming file and line
 */
export async function readFile(
  file: string,
  firstRow: number,
  columnsFor: (header: string[]) => ReadColumn[],
  { onProgress, pieces }: ReadOptions = {},
): Promise<FileRead> {
  const size = (await stat(file).catch(() => null))?.size ?? 0;
  const reader = new FileReader(file, firstRow, size, columnsFor);
  const bytes = await readChunks(
    file,
    (chunk) => {
      const stopped = reader.take(chunk);
      onProgress?.(size > 0 ? Math.min(1, reader.done / size) : 1);
      return stopped;
    },
    () => fileProblem(file, reader.line, 'a row is longer than 64 MB.'),
    pieces,
  );
  if (!reader.header) throw fileProblem(file, null, 'the file is empty: its first line must name the columns.');
  return { file, header: reader.header, rows: reader.rows, bytes, lines: reader.lines };
}

class FileReader {
  header: string[] | null = null;
  readonly lines = new LineIndex();
  /** Bytes of rows that have been read. */
  done = 0;
  private readonly batch = new CellBatch();
  private dialect: Dialect | null = null;
  private scanner: RowScanner | null = null;
  private columns: ReadColumn[] = [];

  constructor(
    private readonly file: string,
    private readonly firstRow: number,
    private readonly size: number,
    private readonly columnsFor: (header: string[]) => ReadColumn[],
  ) {}

  get rows(): number {
    return this.header ? this.scanner!.rows : 0;
  }

  get line(): number {
    return this.scanner?.line ?? 1;
  }

  /** @returns where it stopped: what follows is not a whole row */
  take({ bytes, from, to, final }: Chunk): number {
    if (!this.dialect) {
      this.dialect = dialectOf(this.file, bytes.subarray(from, to));
      from += this.dialect.start;
    }
    const begun = this.header ? from : this.takeHeader(this.dialect, bytes, from, to, final);
    if (!this.header) return begun;
    const scanner = this.scanner!;
    const row = scanner.rows;
    const stopped = scanner.scan(bytes, begun, to, final, this.batch);
    this.reserve(stopped - begun);
    this.encode(bytes, row);
    this.done += stopped - from;
    return stopped;
  }

  private takeHeader(dialect: Dialect, bytes: Uint8Array, from: number, to: number, final: boolean): number {
    const { batch } = this;
    this.scanner ??= new RowScanner(this.file, dialect, new LineIndex());
    const stopped = this.scanner.scan(bytes, from, to, final, batch, 1);
    if (batch.rows === 0) return stopped;
    const { line } = this.scanner;
    const cells: string[] = [];
    for (let i = 0; i < this.scanner.cells; i++) {
      const start = batch.starts[i]!;
      const end = batch.ends[i]!;
      cells.push(decoded(bytes.subarray(start, end < 0 ? unescape(bytes, start, -1 - end) : end), this.file, line - 1));
    }
    this.header = columnNames(this.file, cells, line - 1);
    this.columns = this.columnsFor(this.header);
    this.scanner = new RowScanner(this.file, dialect, this.lines, this.header.length);
    this.scanner.line = line;
    return stopped;
  }

  /** After the first piece of a file: how many rows are to be expected, so that columns seldom grow. */
  private reserve(scanned: number): void {
    const rows = this.firstRow + this.rows;
    if (rows <= this.columns[0]!.codes.length) return;
    const expected = this.done === 0 ? Math.ceil((1.02 * this.size * this.rows) / Math.max(1, scanned)) : 0;
    const room = Math.max(this.firstRow + expected, Math.ceil(1.25 * rows), 1024);
    for (const column of this.columns) column.reserve(room);
  }

  private encode(bytes: Uint8Array, row: number): void {
    const width = this.columns.length;
    for (const [i, { dictionary, codes }] of this.columns.entries()) {
      try {
        dictionary.encode(bytes, this.batch, i, width, codes, this.firstRow + row);
      } catch (error) {
        if (!(error instanceof NotTextIn)) throw error;
        throw notText(this.file, this.lines.lineOf(row + error.row), error.why);
      }
    }
  }
}

function decoded(cell: Uint8Array, file: string, line: number): string {
  if (cell.includes(0)) throw notText(file, line, 'nul');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(cell);
  } catch {
    throw notText(file, line, 'not_utf8');
  }
}

function notText(file: string, line: number, why: NotTextIn['why']): Error {
  if (why === 'nul') return fileProblem(file, line, 'a cell holds a NUL byte: this is not a text file.');
  return fileProblem(
    file,
    line,
    `not UTF-8 at line ${line} (it may be Latin-1 or Windows-1252): save it as UTF-8 CSV.`,
  );
}
