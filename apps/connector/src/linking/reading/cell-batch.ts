/**
 * Where the cells of some whole rows lie in a piece of a file, row after row. Kept apart from their reading so that a
 * column's cells are looked up one after another: its dictionary then stays in the processor's cache.
 */
export class CellBatch {
  starts = new Int32Array(4096);
  /** One past the last byte; where quotes are doubled inside, −1 minus that. */
  ends = new Int32Array(4096);
  hashes = new Int32Array(4096);
  rows = 0;

  grow(): void {
    const length = 2 * this.starts.length;
    for (const part of ['starts', 'ends', 'hashes'] as const) {
      const next = new Int32Array(length);
      next.set(this[part]);
      this[part] = next;
    }
  }
}
