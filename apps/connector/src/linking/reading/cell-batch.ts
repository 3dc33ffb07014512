/**
 * Where the cells of some whole rows lie in a piece of a file, row after row. Kept apart from their reading so that a
 * column's cells are looked up one after another: its dictionary then stays in the processor's cache.
 * Over shared memory, so that another thread can read them.
 */
export class CellBatch {
  starts = sharedNumbers(4096);
  /** One past the last byte; where quotes are doubled inside, −1 minus that. */
  ends = sharedNumbers(4096);
  hashes = sharedNumbers(4096);
  rows = 0;

  grow(): void {
    const length = 2 * this.starts.length;
    for (const part of ['starts', 'ends', 'hashes'] as const) {
      const next = sharedNumbers(length);
      next.set(this[part]);
      this[part] = next;
    }
  }
}

function sharedNumbers(length: number): Int32Array {
  return new Int32Array(new SharedArrayBuffer(4 * length));
}

/** A batch as another thread sees it. */
export type Cells = Pick<CellBatch, 'starts' | 'ends' | 'hashes' | 'rows'>;
