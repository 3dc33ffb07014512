/** More merged places than a real table has rows of are layout, or an attack. */
const MAX_MERGES = 100_000;

interface Merge {
  to: number;
  column: number;
}

/**
 * Cells merged over several rows: their value belongs to each of them, but is stored in the first alone. A sheet lists
 * them behind its rows, so they are known from the second reading on.
 */
export class Merges {
  complete = false;
  private readonly starts = new Map<number, Merge[]>();
  private count = 0;
  private open: (Merge & { value: string })[] = [];

  add(ref: string): void {
    const match = /^([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})$/.exec(ref);
    if (this.complete || !match || match[1] !== match[3] || this.count >= MAX_MERGES) return;
    const [from, to] = [Number(match[2]), Number(match[4])];
    if (to <= from) return;
    const column = [...match[1]!].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
    this.count++;
    this.starts.set(from, [...(this.starts.get(from) ?? []), { to, column }]);
  }

  /** Fills the blank cells of a row that are merged with one above; a row of nothing else stays blank. */
  fill(line: number, cells: string[]): void {
    if (!this.complete) return;
    if (this.open.length > 0) this.open = this.open.filter(({ to }) => to >= line);
    // A merge alone makes no record: the rest of the row says whether there is one.
    const anything = cells.some((cell) => cell !== undefined && cell !== '');
    if (anything) for (const { column, value } of this.open) if (!cells[column]) cells[column] = value;
    for (const merge of this.starts.get(line) ?? []) {
      const value = cells[merge.column];
      if (value) this.open.push({ ...merge, value });
    }
  }
}
