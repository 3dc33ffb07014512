import { HubError } from '#contracts';
import type { Archive } from './archive.js';
import { readXml } from './xml.js';

/** All texts of a workbook together; 200,000 rows of a housing extract have about 10 MB of them. */
const MAX_BYTES = 512 * 1024 * 1024;

/**
 * The texts a workbook keeps apart from its cells, which name them by number. Kept as bytes in one place: a million
 * texts as objects would cost ten times as much memory.
 */
export class SharedStrings {
  private bytes = Buffer.allocUnsafe(64 * 1024);
  private used = 0;
  private ends = new Uint32Array(4096);
  private count = 0;

  static async read(file: string, archive: Archive, part: string): Promise<SharedStrings> {
    const strings = new SharedStrings();
    let text = '';
    let [inText, inReading] = [false, false];
    const xml = readXml(file, archive.read(part), {
      open(name) {
        if (name === 'si') text = '';
        else if (name === 't') inText = true;
        // How a Japanese text is pronounced is not part of it.
        else if (name === 'rPh') inReading = true;
      },
      text(piece) {
        if (inText && !inReading) text += piece;
      },
      close(name) {
        if (name === 't') inText = false;
        else if (name === 'rPh') inReading = false;
        else if (name === 'si') strings.add(file, text);
      },
    });
    for await (const _ of xml) void _;
    return strings;
  }

  private add(file: string, text: string): void {
    const size = Buffer.byteLength(text);
    if (this.used + size > MAX_BYTES)
      throw new HubError('too_compressed', `${file} holds more text than can be read at once. Send it as CSV.`);
    if (this.used + size > this.bytes.length) {
      const larger = Buffer.allocUnsafe(Math.max(this.bytes.length * 2, this.used + size));
      this.bytes.copy(larger, 0, 0, this.used);
      this.bytes = larger;
    }
    this.used += this.bytes.write(text, this.used);
    if (this.count === this.ends.length) {
      const larger = new Uint32Array(this.ends.length * 2);
      larger.set(this.ends);
      this.ends = larger;
    }
    this.ends[this.count++] = this.used;
  }

  /** The text of a number; undefined where there is none. */
  at(index: number): string | undefined {
    if (!(index >= 0) || index >= this.count) return undefined;
    return this.bytes.toString('utf8', index === 0 ? 0 : this.ends[index - 1], this.ends[index]);
  }
}
