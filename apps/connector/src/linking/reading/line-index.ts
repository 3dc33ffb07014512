/**
 * The line of the file on which a row begins. Rows follow each other line by line but for quoted line ends and blank
 * lines, so only the places where that breaks are kept.
 */
export class LineIndex {
  private readonly rows: number[] = [];
  private readonly shifts: number[] = [];

  /** To be told in rising order of rows. */
  add(row: number, line: number): void {
    const shift = line - row;
    if (this.shifts.at(-1) === shift) return;
    this.rows.push(row);
    this.shifts.push(shift);
  }

  lineOf(row: number): number {
    let low = 0;
    let high = this.rows.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.rows[middle]! <= row) low = middle;
      else high = middle - 1;
    }
    return row + (this.shifts[low] ?? 0);
  }
}
