/** From so many rows on, numbers per row lie in shared memory, so that a second thread can read them. */
const SHARED_FROM = 30_000;

/** A number for each row, all 0. */
export function rowNumbers(rows: number): Uint32Array {
  return rows < SHARED_FROM ? new Uint32Array(rows) : new Uint32Array(new SharedArrayBuffer(rows * 4));
}
