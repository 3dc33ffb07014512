import { stat } from 'node:fs/promises';
import { NotTextIn } from './byte-dictionary.js';
import type { CellBatch } from './cell-batch.js';
import type { TakenCells } from './cell-taker.js';
import { readChunks, type Chunk, type Taken } from './chunks.js';
import { dialectOf, type Dialect } from './dialect.js';
import { fileProblem } from './file-problem.js';
import { columnNames } from './header.js';
import { LineIndex } from './line-index.js';
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

/** Where the cells of a file go. */
export interface CellSink {
  /** Given the names in the first line: the numbers of the columns that take the cells, in the same order. */
  columnsFor: (header: string[]) => number[];
  /** @returns when the cells may be used for others, where that is later than at once; or throws NotTextIn */
  take: (cells: TakenCells) => Promise<void> | undefined;
}

/**
 * Reads a file's rows into columns, after the rows that are in them already.
 * @throws LinkError naming file and line
 */
export async function readFile(
  file: string,
  firstRow: number,
  sink: CellSink,
  { onProgress, pieces }: ReadOptions = {},
): Promise<FileRead> {
  const size = (await stat(file).catch(() => null))?.size ?? 0;
  const reader = new FileReader(file, firstRow, size, sink);
  const bytes = await readChunks(
    file,
    (chunk) => {
      const taken = reader.take(chunk);
      onProgress?.(size > 0 ? Math.min(1, reader.done / size) : 1);
      return taken;
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
  private dialect: Dialect | null = null;
  private scanner: RowScanner | null = null;
  private columns: number[] = [];
  private room = 0;

  constructor(
    private readonly file: string,
    private readonly firstRow: number,
    private readonly size: number,
    private readonly sink: CellSink,
  ) {}

  get rows(): number {
    return this.header ? this.scanner!.rows : 0;
  }

  get line(): number {
    return this.scanner?.line ?? 1;
  }

  /** Where it stopped what follows is not a whole row. */
  take({ bytes, batch, from, to, final }: Chunk): Taken {
    if (!this.dialect) {
      this.dialect = dialectOf(this.file, new Uint8Array(bytes.subarray(from, to)));
      from += this.dialect.start;
    }
    const begun = this.header ? from : this.takeHeader(this.dialect, bytes, batch, from, to, final);
    if (!this.header) return { stopped: begun };
    const scanner = this.scanner!;
    const row = scanner.rows;
    const stopped = scanner.scan(bytes, begun, to, final, batch);
    const free = this.handOn(bytes, batch, row, stopped - begun);
    this.done += stopped - from;
    return { stopped, ...(free && { free }) };
  }

  private takeHeader(
    dialect: Dialect,
    bytes: Uint8Array,
    batch: CellBatch,
    from: number,
    to: number,
    final: boolean,
  ): number {
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
    this.columns = this.sink.columnsFor(this.header);
    this.scanner = new RowScanner(this.file, dialect, this.lines, this.header.length);
    this.scanner.line = line;
    return stopped;
  }

  /** How many rows are to be expected, told by the first piece of a file, so that columns seldom grow. */
  private roomFor(scanned: number): number {
    const rows = this.firstRow + this.rows;
    if (rows <= this.room) return this.room;
    const expected = this.done === 0 ? Math.ceil((1.02 * this.size * this.rows) / Math.max(1, scanned)) : 0;
    return (this.room = Math.max(this.firstRow + expected, Math.ceil(1.25 * rows), 1024));
  }

  private handOn(
    bytes: Uint8Array,
    { starts, ends, hashes, rows }: CellBatch,
    row: number,
    scanned: number,
  ): Promise<void> | undefined {
    const room = this.roomFor(scanned);
    const notRead = (error: unknown): never => {
      if (!(error instanceof NotTextIn)) throw error;
      throw notText(this.file, this.lines.lineOf(row + error.row), error.why);
    };
    try {
      return this.sink
        .take({ bytes, cells: { starts, ends, hashes, rows }, columns: this.columns, at: this.firstRow + row, room })
        ?.catch(notRead);
    } catch (error) {
      return notRead(error);
    }
  }
}

function decoded(shared: Uint8Array, file: string, line: number): string {
  const cell = new Uint8Array(shared);
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
