import { isUtf8 } from 'node:buffer';

/** The longest line taken, in bytes: a request of 10,000 items is about 2 MB. */
export const LONGEST_LINE = 64 * 1024 * 1024;

/** A line of text, or why it cannot be read. */
export type Line = { readonly text: string } | { readonly problem: 'too_large' | 'not_utf8' };

const NEWLINE = 0x0a;

/**
 * Splits a stream of bytes into lines, those complete in one chunk together, so that the next step writes once a chunk.
 * Blanks around a line go (a byte order mark and a carriage return among them), and so do empty lines; a last line needs no
 * newline.
 * Memory is bounded by `longest`: of a longer line only the fact is kept.
 */
export async function* readLines(bytes: AsyncIterable<Buffer>, longest = LONGEST_LINE): AsyncGenerator<Line[]> {
  const line = new GrowingLine(longest);
  for await (const chunk of bytes) {
    const lines: Line[] = [];
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, start)) {
      line.add(chunk.subarray(start, end));
      const whole = line.take();
      if (whole) lines.push(whole);
      start = end + 1;
    }
    line.add(chunk.subarray(start));
    if (lines.length > 0) yield lines;
  }
  const last = line.take();
  if (last) yield [last];
}

/** A line that arrives in pieces. */
class GrowingLine {
  private pieces: Buffer[] = [];
  private size = 0;

  constructor(private readonly longest: number) {}

  add(piece: Buffer): void {
    this.size += piece.length;
    if (this.size > this.longest) this.pieces = [];
    else if (piece.length > 0) this.pieces.push(piece);
  }

  /** The line so far, undefined when it is blank; the next one starts. */
  take(): Line | undefined {
    const { pieces, size } = this;
    this.pieces = [];
    this.size = 0;
    if (size > this.longest) return { problem: 'too_large' };
    const whole = pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces);
    if (!isUtf8(whole)) return { problem: 'not_utf8' };
    const text = whole.toString('utf8').trim();
    return text === '' ? undefined : { text };
  }
}
