import type { Table } from '#linkage';
import { readFile, type FileRead, type ReadOptions } from './file-reader.js';
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
  /** All columns with their texts, as the engine takes them. Asked for again it is the same. */
  readonly table: Table;
  /** Only these columns, in this order: texts are made for no others. */
  tableOf(names: readonly string[]): Table;
}

export interface TableOptions extends ReadOptions {
  /** Which column of the first file one of the second is, where the names differ; undefined: a column of its own. */
  sameAs?: (name: string, header: string[], left: string[]) => string | undefined;
}

/**
 * Reads one or two CSV files. A column of the second is put under the first's of the same name; one that only one file
 * has is missing in the other's rows.
 * @throws LinkError naming file and line
 */
export async function readTable(
  files: readonly string[],
  { onProgress, sameAs, ...options }: TableOptions = {},
): Promise<TableRead> {
  const columns = new Map<string, ReadColumn>();
  const read: FileRead[] = [];
  const headings: Map<string, ReadColumn>[] = [];
  let rows = 0;
  for (const [i, file] of files.entries()) {
    const left = read[0]?.header ?? [];
    const columnsFor = (header: string[]) => {
      const taken = header.map((name) => {
        const known = columns.has(name) ? name : sameAs?.(name, header, left);
        const column = columns.get(known ?? name) ?? new ReadColumn(name);
        columns.set(column.name, column);
        return column;
      });
      headings.push(new Map(header.map((name, i) => [name, taken[i]!])));
      return taken;
    };
    const done = await readFile(file, rows, columnsFor, {
      ...options,
      onProgress: (share) => onProgress?.((i + share) / files.length),
    });
    read.push(done);
    rows += done.rows;
  }
  for (const column of columns.values()) column.finish(rows);
  return new Read(read, rows, [...columns.values()], headings);
}

class Read implements TableRead {
  private made: Table | null = null;

  constructor(
    readonly files: FileRead[],
    readonly rows: number,
    readonly columns: ReadColumn[],
    private readonly headings: Map<string, ReadColumn>[],
  ) {}

  has(column: string, file: number): boolean {
    return [...this.headings[file]!.values()].some(({ name }) => name === column);
  }

  columnOf(heading: string, file: number): ReadColumn | undefined {
    return this.headings[file]?.get(heading);
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
