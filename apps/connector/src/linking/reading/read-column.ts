import type { Column } from '#linkage';
import { ByteDictionary } from './byte-dictionary.js';

/** A column while it is read, and afterwards as long as nobody has asked for its texts. */
export class ReadColumn {
  dictionary = new ByteDictionary();
  /** Over shared memory, so that threads read it without a copy; longer than the rows until `finish`. */
  codes: Uint32Array<SharedArrayBuffer> = sharedCodes(1024);

  /** Per file the headings that it stands under there: none, one, or several that are read as one text. */
  called: [string[], string[]] = [[], []];

  constructor(public name: string) {}

  /** Makes room for so many rows. */
  reserve(rows: number): void {
    if (rows <= this.codes.length) return;
    const next = sharedCodes(rows);
    next.set(this.codes);
    this.codes = next;
  }

  finish(rows: number): void {
    this.reserve(rows);
    this.codes = this.codes.subarray(0, rows);
  }

  /** How many distinct values there are, the missing one left out. */
  get distinct(): number {
    return this.dictionary.size - 1;
  }

  /** The column as the engine takes it: texts are made now. */
  toColumn(): Column {
    return { name: this.name, values: this.dictionary.texts(), codes: this.codes };
  }
}

function sharedCodes(length: number): Uint32Array<SharedArrayBuffer> {
  return new Uint32Array(new SharedArrayBuffer(4 * length));
}
