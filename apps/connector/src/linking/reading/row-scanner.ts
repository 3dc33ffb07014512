import type { CellBatch } from './cell-batch.js';
import { HASH_PRIME, HASH_START, hashOf } from './cell-hash.js';
import { CR, LF, QUOTE, type Dialect } from './dialect.js';
import { fileProblem } from './file-problem.js';
import type { LineIndex } from './line-index.js';

/** A longer cell is a fault of the file (an unclosed quote, a picture), not a person's data. */
const LONGEST_CELL = 1 << 20;

/**
 * RFC 4180 on bytes: finds cells, trims them, and works out their hash in the same pass. Beyond it: lines may end in CR
 * or LF alone, blank lines are passed over, a quote inside an unquoted cell is an ordinary character, blanks may follow a closing quote.
 *
 *   file = row *(end row) [end] · row = cell *(delimiter cell) · cell = quoted / plain · quoted = `"` *(any / `""`) `"`
 */
export class RowScanner {
  /** Rows that are whole. */
  rows = 0;
  /** The line that comes next. */
  line = 1;
  private readonly special = new Uint8Array(256);
  /** What `quotedCell` found: the sum of the unescaped cell, its end, and the lines it went over. */
  private quotedHash = 0;
  private quotedEnd = 0;
  private quotedDoubled = false;
  private quotedLines = 0;

  /** @param width how many cells every row must have; 0: as many as the first */
  constructor(
    private readonly file: string,
    private readonly dialect: Dialect,
    private readonly lines: LineIndex,
    private width = 0,
  ) {
    for (const byte of [dialect.delimiter, LF, CR]) this.special[byte] = 1;
  }

  /**
   * Reads the rows that lie whole in a range. There must be two bytes more after it; the first is overwritten.
   * @param final nothing follows, so the last row needs no line end
   * @param batch filled with this call's rows
   * @param most ends after so many rows
   * @returns where the first row begins that is not whole; `to` when none is left
   * @throws LinkError with file and line
   */
  scan(bytes: Uint8Array, from: number, to: number, final: boolean, batch: CellBatch, most = Infinity): number {
    const { special } = this;
    const { delimiter, crAlone } = this.dialect;
    let { starts, ends, hashes } = batch;
    batch.rows = 0;
    let next = 0;
    // A sentinel, so that the loop over a cell's bytes need not watch the end.
    bytes[to] = LF;
    let p = from;
    while (p < to && batch.rows < most) {
      const rowStart = p;
      let byte = bytes[p]!;
      if (byte === LF || (byte === CR && (crAlone || bytes[p + 1] === LF))) {
        if (byte === CR && p + 1 === to && !final) return rowStart;
        p += this.lineEnd(bytes, p, to);
        this.line++;
        continue;
      }
      let lines = 1;
      let width = 0;
      for (;;) {
        let start = p;
        let end: number;
        let hash = HASH_START;
        let doubled = false;
        if (bytes[p] === QUOTE) {
          p = this.quotedCell(bytes, p, to, final);
          if (p < 0) return rowStart;
          start++;
          end = this.quotedEnd;
          hash = this.quotedHash;
          doubled = this.quotedDoubled;
          lines += this.quotedLines;
          byte = bytes[p]!;
        } else {
          for (;;) {
            while (special[(byte = bytes[p]!)] === 0) {
              hash = Math.imul(hash ^ byte, HASH_PRIME);
              p++;
            }
            if (byte !== CR || crAlone || bytes[p + 1] === LF) break;
            hash = Math.imul(hash ^ byte, HASH_PRIME);
            p++;
          }
          end = p;
        }
        if (end - start > LONGEST_CELL) throw this.tooLong();
        // The sentinel, or a CR whose LF may not have come yet.
        if (!final && (p >= to || (byte === CR && p + 1 >= to))) return rowStart;
        if (end > start && (bytes[start]! <= 0x20 || bytes[end - 1]! <= 0x20)) {
          const first = start;
          const last = end;
          while (end > start && isBlank(bytes[start]!)) start++;
          while (end > start && isBlank(bytes[end - 1]!)) end--;
          if (!doubled) hash = hashOf(bytes, start, end);
          else if (start > first || end < last) hash = unescapedHash(bytes, start, end);
        }
        if (next >= starts.length) {
          batch.grow();
          ({ starts, ends, hashes } = batch);
        }
        starts[next] = start;
        ends[next] = doubled ? -1 - end : end;
        hashes[next++] = hash;
        width++;
        if (byte !== delimiter || p >= to) break;
        p++;
      }
      if (this.width === 0) this.width = width;
      if (width !== this.width)
        throw fileProblem(this.file, this.line, `${this.width} cells were expected, ${width} are there.`);
      this.lines.add(this.rows, this.line);
      if (p < to) p += this.lineEnd(bytes, p, to);
      this.line += lines;
      this.rows++;
      batch.rows++;
    }
    return p;
  }

  /** How many cells a row has. */
  get cells(): number {
    return this.width;
  }

  private lineEnd(bytes: Uint8Array, p: number, to: number): number {
    return bytes[p] === CR && p + 1 < to && bytes[p + 1] === LF ? 2 : 1;
  }

  /** From an opening quote. @returns where the delimiter or line end stands that follows, −1 when it has not come yet */
  private quotedCell(bytes: Uint8Array, open: number, to: number, final: boolean): number {
    let hash = HASH_START;
    let lines = 0;
    let doubled = false;
    let p = open + 1;
    for (; ; p++) {
      if (p >= to) {
        if (p - open > LONGEST_CELL) throw this.tooLong();
        if (final) throw fileProblem(this.file, this.line, 'a quote is opened and never closed.');
        return -1;
      }
      const byte = bytes[p]!;
      if (byte === QUOTE) {
        if (p + 1 >= to && !final) return -1;
        if (p + 1 >= to || bytes[p + 1] !== QUOTE) break;
        doubled = true;
        p++;
      } else if (byte === LF || (byte === CR && this.dialect.crAlone)) lines++;
      hash = Math.imul(hash ^ byte, HASH_PRIME);
    }
    this.quotedEnd = p;
    this.quotedHash = hash;
    this.quotedDoubled = doubled;
    this.quotedLines = lines;
    p++;
    while (p < to && (bytes[p] === 0x20 || bytes[p] === 0x09) && bytes[p] !== this.dialect.delimiter) p++;
    if (p < to && this.special[bytes[p]!] === 0)
      throw fileProblem(
        this.file,
        this.line,
        'text follows a closing quote. A quote inside a cell must be doubled ("").',
      );
    return p;
  }

  private tooLong(): Error {
    return fileProblem(this.file, this.line, 'a cell is longer than 1 MB. Is a quote opened there and not closed?');
  }
}

/** Takes the second of doubled quotes out, in place. @returns the new end */
export function unescape(bytes: Uint8Array, start: number, end: number): number {
  let to = start;
  for (let i = start; i < end; i++) {
    bytes[to++] = bytes[i]!;
    if (bytes[i] === QUOTE) i++;
  }
  return to;
}

function unescapedHash(bytes: Uint8Array, start: number, end: number): number {
  // Not `slice`: of a Buffer that is no copy.
  const copy = new Uint8Array(bytes.subarray(start, end));
  return hashOf(copy, 0, unescape(copy, 0, copy.length));
}

/** Spaces and control characters; never a delimiter or line end, those have been taken off. */
function isBlank(byte: number): boolean {
  return byte <= 0x20 && byte !== 0;
}
