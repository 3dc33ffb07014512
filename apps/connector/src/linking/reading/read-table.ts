import type { Table } from '#linkage';
import { stat } from 'node:fs/promises';
import { readFile, type FileRead, type ReadOptions } from './file-reader.js';
import { pairedColumn, type Sides } from './paired-columns.js';
import { CellTaker, type TakenCells } from './cell-taker.js';
import { CellThread } from './cell-thread.js';
import { ReadColumn } from './read-column.js';

/** One file, or two one after the other: every cell as a code, texts only when asked for. */
export interface TableRead {
  files: FileRead[];
  rows: number;
  /** Rows before this one are the first file's. */
  leftRows: number;
  columns: ReadColumn[];
  /** Whether a column has cells in file 0 or 1. */
  has(column: string, file: number): boolean;
  /** The column that a heading of file 0 or 1 stands for. */
  columnOf(heading: string, file: number): ReadColumn | undefined;
  /** Takes columns of the two files for one each, whatever stood under their headings until now. */
  pair(pairs: readonly Sides[]): void;
  /** All columns with their texts, as the engine takes them. Asked for again it is the same. */
  readonly table: Table;
  /** Only these columns, in this order: texts are made for no others. */
  tableOf(names: readonly string[]): Table;
}

export interface TableOptions extends ReadOptions {
  /** Which column of the first file one of the second is, where the names differ; undefined: a column of its own. */
  sameAs?: (header: readonly string[], left: readonly string[]) => (name: string) => string | undefined;
  /** 1: no second thread. */
  threads?: number;
}

/** A second thread takes longer to start than files of fewer bytes take to read. */
const BYTES_FOR_TWO = 4 << 20;

/**
 * Reads one or two CSV files. A column of the second is put under the first's of the same name; one that only one file
 * has is missing in the other's rows.
 * @throws LinkError naming file and line
 */
export async function readTable(files: readonly string[], options: TableOptions = {}): Promise<TableRead> {
  const taker = new CellTaker();
  const isLarge = options.threads !== 1 && (await bytesOf(files)) >= BYTES_FOR_TWO;
  const thread = isLarge && CellThread.canStart ? new CellThread() : null;
  try {
    const read = await readAll(files, options, taker, thread);
    await thread?.finish(read.columns);
    for (const column of read.columns) column.finish(read.rows);
    return read;
  } finally {
    await thread?.end();
  }
}

async function readAll(
  files: readonly string[],
  { onProgress, sameAs, ...options }: TableOptions,
  taker: CellTaker,
  thread: CellThread | null,
): Promise<TableRead> {
  const places = new Map<string, number>();
  const read: FileRead[] = [];
  let rows = 0;
  for (const [i, file] of files.entries()) {
    const left = read[0]?.header ?? [];
    const columnsFor = (header: string[]): number[] => {
      const same = sameAs?.(header, left);
      return header.map((name) => {
        const known = places.has(name) ? name : (same?.(name) ?? name);
        const at = places.get(known) ?? places.size;
        if (at === places.size) places.set(name, at);
        (taker.columns[at] ??= new ReadColumn(name)).called[i]!.push(name);
        return at;
      });
    };
    const take = (cells: TakenCells): Promise<void> | undefined => (thread ? thread.take(cells) : taker.take(cells));
    const done = await readFile(
      file,
      rows,
      { columnsFor, take },
      { ...options, onProgress: (share) => onProgress?.((i + share) / files.length) },
    );
    read.push(done);
    rows += done.rows;
  }
  return new Read(read, rows, taker.columns);
}

async function bytesOf(files: readonly string[]): Promise<number> {
  const sizes = await Promise.all(files.map((file) => stat(file).catch(() => null)));
  return sizes.reduce((sum, found) => sum + (found?.size ?? 0), 0);
}

class Read implements TableRead {
  private made: Table | null = null;

  constructor(
    readonly files: FileRead[],
    readonly rows: number,
    public columns: ReadColumn[],
  ) {}

  has(column: string, file: number): boolean {
    return this.columns.some(({ name, called }) => name === column && called[file]!.length > 0);
  }

  columnOf(heading: string, file: number): ReadColumn | undefined {
    return this.columns.find(({ called }) => called[file]!.includes(heading));
  }

  pair(pairs: readonly Sides[]): void {
    const made = pairs.map((sides) => pairedColumn(this, sides));
    const taken = [new Set(pairs.flatMap(({ left }) => left)), new Set(pairs.flatMap(({ right }) => right))];
    const names = new Set(made.map(({ name }) => name));
    const left = this.columns.filter((column) => {
      if (made.includes(column)) return false;
      for (const [file, used] of taken.entries())
        column.called[file] = column.called[file]!.filter((heading) => !used.has(heading));
      return column.called.some((headings) => headings.length > 0);
    });
    for (const column of left) while (names.has(column.name)) column.name += ' (2)';
    this.columns = [...made, ...left];
    this.made = null;
  }

  get leftRows(): number {
    return this.files[0]!.rows;
  }

  get table(): Table {
    this.made ??= this.tableOf(this.columns.map(({ name }) => name));
    return this.made;
  }

  tableOf(names: readonly string[]): Table {
    const byName = new Map(this.columns.map((column) => [column.name, column]));
    return { rows: this.rows, columns: names.map((name) => byName.get(name)!.toColumn()) };
  }
}
