import type { Cells } from './cell-batch.js';
import { ReadColumn } from './read-column.js';

/** The cells of some whole rows, and where they go. */
export interface TakenCells {
  bytes: Uint8Array;
  cells: Cells;
  /** Per cell of a row the number of its column. */
  columns: readonly number[];
  /** The place of the first of these rows in the columns, and how many rows there will be about. */
  at: number;
  room: number;
}

/** Takes cells into columns: on this thread, or on one of its own. */
export class CellTaker {
  readonly columns: ReadColumn[] = [];

  /** @throws NotTextIn */
  take({ bytes, cells, columns, at, room }: TakenCells): undefined {
    for (const [i, number] of columns.entries()) {
      const column = (this.columns[number] ??= new ReadColumn(''));
      column.reserve(room);
      column.dictionary.encode(bytes, cells, i, columns.length, column.codes, at);
    }
  }
}
