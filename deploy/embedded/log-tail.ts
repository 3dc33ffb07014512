import { closeSync, existsSync, openSync, readSync, statSync } from 'node:fs';

/** Where a log ends now: what is written after it belongs to the start that follows. */
export function endOf(file: string): number {
  return existsSync(file) ? statSync(file).size : 0;
}

/** What was written to a log since `from` (bytes), its last 16 kB at most. */
export function since(file: string, from: number): string {
  if (!existsSync(file)) return '';
  const size = statSync(file).size;
  const start = Math.max(size < from ? 0 : from, size - 16_384); // smaller than before: it was put aside meanwhile
  const bytes = Buffer.alloc(size - start);
  const handle = openSync(file, 'r');
  try {
    readSync(handle, bytes, 0, bytes.length, start);
  } finally {
    closeSync(handle);
  }
  return bytes.toString('utf8');
}
