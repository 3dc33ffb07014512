/**
 * A column of a file, dictionary-encoded: most cells of a register repeat, so each distinct text is held, normalised
 * and compared once.
 */
export interface Column {
  name: string;
  /** Distinct texts as written, trimmed; the first is '' and means missing. */
  values: string[];
  /** Per row an index into `values`; over shared memory where threads are to read it. */
  codes: Uint32Array;
}

/** Rows of one file, or of two one after the other (the left file's first). */
export interface Table {
  rows: number;
  columns: Column[];
}
