import { isUtf8 } from 'node:buffer';
import { readFileSync } from 'node:fs';
import type { Cells } from './cell-batch.js';
import { HASH_START, hashOf, mixed } from './cell-hash.js';
import { unescape } from './row-scanner.js';
import { textsOf } from './texts.js';

/** Cells that say "there is nothing here": they get the code of the empty cell. */
const MISSING = (JSON.parse(readFileSync(new URL('./missing-words.json', import.meta.url), 'utf8')) as string[]).map(
  (word) => Buffer.from(word),
);
/** Entries 0 to PRELOADED − 1 are the empty cell and the missing words. */
const PRELOADED = MISSING.length + 1;

/** From so many places on a dictionary does not stay in the cache. */
const LARGE = 1 << 14;

/** A cell that cannot be text; the caller knows the file and finds the line. */
export class NotTextIn extends Error {
  constructor(
    readonly why: 'not_utf8' | 'nul',
    readonly row: number,
  ) {
    super(why);
  }
}

/** What a dictionary holds, to go from one thread to another. */
export interface DictionaryState {
  slots: Int32Array<ArrayBuffer>;
  bytes: Uint8Array<ArrayBuffer>;
  starts: Int32Array<ArrayBuffer>;
  entries: number;
}

/**
 * The distinct cells of a column as bytes, numbered as they appear. A cell seen before costs a look-up and no string;
 * texts are made once, at the end, and only of columns that are used.
 */
export class ByteDictionary {
  /** Pairs of (hash, entry + 1); 0 is a free place. Open addressing with linear steps, at most half full. */
  private slots: Int32Array<ArrayBuffer> = new Int32Array(2 * 1024);
  private mask = 1023;
  private entries = 0;
  /** Of no meaning: that `warm`'s reads have a use. */
  touched = 0;
  private bytes: Uint8Array<ArrayBuffer> = new Uint8Array(4096);
  /** Entry i lies in `bytes` from starts[i] to starts[i + 1]. */
  private starts: Int32Array<ArrayBuffer> = new Int32Array(512);

  static from({ slots, bytes, starts, entries }: DictionaryState): ByteDictionary {
    const made = new ByteDictionary();
    return Object.assign(made, { slots, mask: slots.length / 2 - 1, bytes, starts, entries });
  }

  constructor() {
    this.insert(new Uint8Array(0), 0, 0, mixed(HASH_START));
    for (const word of MISSING) this.insert(word, 0, word.length, mixed(hashOf(word, 0, word.length)));
  }

  /** All it holds: whoever takes it has it alone. */
  get state(): DictionaryState {
    const { slots, bytes, starts, entries } = this;
    return { slots, bytes, starts, entries };
  }

  /** How many codes there are, the missing one (0) with them. */
  get size(): number {
    return this.entries - PRELOADED + 1;
  }

  /**
   * The codes of one column's cells, new ones for those that were not there before.
   * @param source what the batch was read from; doubled quotes are taken out in place
   * @param codes takes them from place `at` on
   * @throws NotTextIn when a new cell is not UTF-8 or holds a NUL
   */
  encode(source: Uint8Array, batch: Cells, column: number, width: number, codes: Uint32Array, at: number): void {
    const { starts, ends, hashes, rows } = batch;
    if (this.mask >= LARGE) this.warm(batch, column, width);
    let { slots, mask, bytes, starts: kept } = this;
    for (let row = 0, cell = column; row < rows; row++, cell += width) {
      const start = starts[cell]!;
      let end = ends[cell]!;
      if (end === start) {
        codes[at + row] = 0;
        continue;
      }
      if (end < 0) end = unescape(source, start, -1 - end);
      const length = end - start;
      const key = mixed(hashes[cell]!);
      for (let place = key & mask; ; place = (place + 1) & mask) {
        let entry = slots[2 * place + 1]! - 1;
        if (entry < 0) {
          entry = this.insert(source, start, end, key, row);
          ({ slots, mask, bytes, starts: kept } = this);
        } else {
          if (slots[2 * place] !== key) continue;
          const from = kept[entry]!;
          if (kept[entry + 1]! - from !== length) continue;
          let i = 0;
          while (i < length && bytes[from + i] === source[start + i]) i++;
          if (i < length) continue;
        }
        codes[at + row] = entry < PRELOADED ? 0 : entry - PRELOADED + 1;
        break;
      }
    }
  }

  /**
   * Touches what the look-ups of a batch will touch, so that the processor fetches many places at once: one after the
   * other each would wait for memory.
   */
  private warm({ hashes, rows }: Cells, column: number, width: number): void {
    const { slots, mask, bytes, starts } = this;
    let seen = 0;
    for (let row = 0, cell = column; row < rows; row++, cell += width)
      seen ^= slots[2 * (mixed(hashes[cell]!) & mask)]!;
    for (let row = 0, cell = column; row < rows; row++, cell += width) {
      const entry = slots[2 * (mixed(hashes[cell]!) & mask) + 1]!;
      if (entry > 0) seen ^= starts[entry - 1]!;
    }
    for (let row = 0, cell = column; row < rows; row++, cell += width) {
      const entry = slots[2 * (mixed(hashes[cell]!) & mask) + 1]!;
      if (entry > 0) seen ^= bytes[starts[entry - 1]!]!;
    }
    this.touched = seen;
  }

  /** The code of a text, or −1: nothing is added. */
  find(text: Uint8Array): number {
    const key = mixed(hashOf(text, 0, text.length));
    for (let place = key & this.mask; ; place = (place + 1) & this.mask) {
      const entry = this.slots[2 * place + 1]! - 1;
      if (entry < 0) return -1;
      if (this.slots[2 * place] === key && Buffer.compare(text, this.rangeOf(entry)) === 0) return codeOfEntry(entry);
    }
  }

  /** The code of a text, a new one where it was not there before. */
  codeOf(text: Uint8Array): number {
    const known = this.find(text);
    return known >= 0 ? known : codeOfEntry(this.insert(text, 0, text.length, mixed(hashOf(text, 0, text.length))));
  }

  /** The bytes of a code as written, without a copy. */
  bytesOf(code: number): Uint8Array {
    return this.rangeOf(code === 0 ? 0 : code + PRELOADED - 1);
  }

  /** The text of every code. */
  texts(): string[] {
    return textsOf(this.bytes, this.starts, PRELOADED, this.entries, ['']);
  }

  /** About so many of the texts at most, chosen by their hash: the order in which they came has no part in it. */
  sample(most: number): string[] {
    const below = 2 ** 32 * Math.min(1, most / Math.max(1, this.size - 1));
    const found: string[] = [];
    for (let i = 0; i < this.slots.length; i += 2) {
      const entry = this.slots[i + 1]! - 1;
      if (entry >= PRELOADED && this.slots[i]! >>> 0 < below)
        found.push(Buffer.from(this.rangeOf(entry)).toString('utf8'));
    }
    return found;
  }

  /** The bytes of all codes, where each code's begin (and the one before it ends), and the length of the longest. */
  layout(): { bytes: Uint8Array; startOf: (code: number) => number; longest: number } {
    const { bytes, starts } = this;
    let longest = 0;
    for (let i = PRELOADED; i < this.entries; i++) longest = Math.max(longest, starts[i + 1]! - starts[i]!);
    return { bytes, startOf: (code) => starts[code + PRELOADED - 1]!, longest };
  }

  private rangeOf(entry: number): Uint8Array {
    return this.bytes.subarray(this.starts[entry]!, this.starts[entry + 1]!);
  }

  private insert(source: Uint8Array, start: number, end: number, key: number, row = 0): number {
    const entry = this.entries;
    const at = entry === 0 ? 0 : this.starts[entry]!;
    const length = end - start;
    if (at + length > this.bytes.length) this.bytes = grown(this.bytes, at + length);
    if (entry + 2 > this.starts.length) this.starts = grown(this.starts, entry + 2);
    const { bytes } = this;
    let seen = 0;
    let nul = false;
    for (let i = 0; i < length; i++) {
      const byte = source[start + i]!;
      seen |= byte;
      if (byte === 0) nul = true;
      bytes[at + i] = byte;
    }
    if (nul) throw new NotTextIn('nul', row);
    if (seen >= 0x80 && !isUtf8(bytes.subarray(at, at + length))) throw new NotTextIn('not_utf8', row);
    this.starts[entry + 1] = at + length;
    this.entries = entry + 1;
    if (2 * this.entries > this.mask + 1) this.rehash();
    this.place(key, entry);
    return entry;
  }

  private place(key: number, entry: number): void {
    const { slots, mask } = this;
    let place = key & mask;
    while (slots[2 * place + 1] !== 0) place = (place + 1) & mask;
    slots[2 * place] = key;
    slots[2 * place + 1] = entry + 1;
  }

  private rehash(): void {
    const old = this.slots;
    // Four times while small: fewer passes; twice when large, for memory.
    const places = (this.mask + 1) * (this.mask < 1 << 18 ? 4 : 2);
    this.slots = new Int32Array(2 * places);
    this.mask = places - 1;
    for (let i = 0; i < old.length; i += 2) if (old[i + 1] !== 0) this.place(old[i]!, old[i + 1]! - 1);
  }
}

function codeOfEntry(entry: number): number {
  return entry < PRELOADED ? 0 : entry - PRELOADED + 1;
}

function grown<T extends Uint8Array | Int32Array>(array: T, atLeast: number): T {
  const next = new (array.constructor as new (length: number) => T)(Math.max(2 * array.length, atLeast));
  next.set(array);
  return next;
}
