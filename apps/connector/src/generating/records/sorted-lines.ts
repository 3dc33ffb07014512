import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';

/** Numbers to a heap: few enough to sort in memory, enough that millions of lines make few files. */
const HEAP = 1 << 15;
/** Bytes of a heap kept back before they go to its file. Bytes, not strings: millions of strings would tire the collector. */
const KEPT = 1 << 17;
/** More lines of a heap than there can be: makes one sortable number of a line's number and its turn. */
const TURNS = 2 ** 24;
const LINE_FEED = 10;
const [ZERO, NINE] = [48, 57];

interface Heap {
  bytes: Buffer;
  used: number;
  file?: number;
}

/**
 * Lines that come in any order and are to stand in a file in order of their numbers, in memory that does not grow with
 * them: they go to heaps on disk by the higher part of the number, and each heap is sorted by itself.
 */
export class SortedLines {
  private readonly heaps: Heap[] = [];
  private folder: string | undefined;

  /** Heaps that outgrow memory go into a new folder inside `dir`, until `remove`. */
  constructor(private readonly dir: string) {}

  /**
   * Takes a line of one letter, its number (`number` again, any width), a comma and anything else; it ends in a line feed
   * and has no other. Lines of one number will stand in the order they came.
   */
  add(number: number, line: string): void {
    const at = Math.floor(number / HEAP);
    const heap = (this.heaps[at] ??= { bytes: Buffer.allocUnsafe(KEPT), used: 0 });
    // A character takes three bytes at most.
    if (heap.used + line.length * 3 > KEPT) this.putAside(at, heap);
    heap.used += heap.bytes.write(line, heap.used);
  }

  /** Writes everything to a new file under its header. */
  async writeTo(path: string, header: string): Promise<void> {
    const file = await open(path, 'w');
    try {
      await file.writeFile(header);
      for (const [at, heap] of this.heaps.entries()) if (heap) await file.writeFile(sorted(this.whole(at, heap)));
    } finally {
      await file.close();
    }
  }

  /** Takes the heaps off the disk. */
  remove(): void {
    for (const heap of this.heaps) if (heap?.file !== undefined) closeSync(heap.file);
    if (this.folder) rmSync(this.folder, { recursive: true, force: true });
  }

  private putAside(at: number, heap: Heap): void {
    this.folder ??= mkdtempSync(join(this.dir, '.sorting-'));
    heap.file ??= openSync(join(this.folder, String(at)), 'w');
    for (let from = 0; from < heap.used;) from += writeSync(heap.file, heap.bytes, from, heap.used - from);
    heap.used = 0;
  }

  private whole(at: number, { bytes, used, file }: Heap): Buffer {
    const kept = bytes.subarray(0, used);
    return this.folder && file !== undefined
      ? Buffer.concat([readFileSync(join(this.folder, String(at))), kept])
      : kept;
  }
}

/** The lines of a text in order of the numbers they begin with, moved as bytes. */
function sorted(text: Buffer): Buffer {
  const starts: number[] = [];
  const keys: number[] = [];
  for (let start = 0; start < text.length; start = text.indexOf(LINE_FEED, start) + 1) {
    keys.push(numberAt(text, start + 1) * TURNS + starts.length);
    starts.push(start);
  }
  starts.push(text.length);
  const out = Buffer.allocUnsafe(text.length);
  let used = 0;
  for (const key of Float64Array.from(keys).sort()) {
    const line = key % TURNS;
    used += text.copy(out, used, starts[line], starts[line + 1]);
  }
  return out;
}

function numberAt(text: Buffer, at: number): number {
  let number = 0;
  for (let digit = text[at] ?? 0; digit >= ZERO && digit <= NINE; digit = text[++at] ?? 0)
    number = number * 10 + digit - ZERO;
  return number;
}
