/** One line of a table: its number as an editor or Excel shows it, and its cells as text. */
export interface Line {
  line: number;
  cells: string[];
}

/** Where lines of a table come from; read from the start each time. */
export interface LineSource {
  /** @param onShare told how much of the file is read, 0 to 1 */
  lines(onShare?: (share: number) => void): AsyncGenerator<Line>;
  /** Workbooks: days are counted from 1904. */
  from1904: boolean;
  sheet?: string;
  /** What a person may want to know about how the file was read; no cell's text. */
  notes: string[];
}
