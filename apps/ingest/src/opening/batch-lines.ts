const NEWLINE = 0x0a;
/** A row takes at most 256 Ki characters; what has more octets than those can have is not even turned into text. */
const MAX_LINE_OCTETS = 1024 * 1024;

/** The lines of a batch's body, turned into text a part at a time: of a large batch never all of it stands in memory twice. */
export class BatchLines {
  /** where each line ends, its newline not counted */
  private readonly ends: Uint32Array;

  /** @param body known to be UTF-8 */
  constructor(
    private readonly body: Buffer,
    readonly count: number,
  ) {
    this.ends = new Uint32Array(count);
    for (let line = 0, from = 0; line < count; line++) {
      const end = body.indexOf(NEWLINE, from);
      this.ends[line] = end === -1 ? body.length : end;
      from = this.ends[line]! + 1;
    }
  }

  /** Lines as they were signed, without their newlines. */
  octets(from = 0, to = this.count): Buffer[] {
    const parts: Buffer[] = [];
    for (let line = from; line < Math.min(to, this.count); line++)
      parts.push(this.body.subarray(line === 0 ? 0 : this.ends[line - 1]! + 1, this.ends[line]));
    return parts;
  }

  /** Lines as text; null where one is longer than any row. */
  texts(from = 0, to = this.count): (string | null)[] {
    return this.octets(from, to).map((line) => (line.length > MAX_LINE_OCTETS ? null : line.toString('utf8')));
  }
}

/** Lines of a body, the last with or without its newline. */
export function countLines(body: Buffer): number {
  let count = body.length > 0 && body.at(-1) !== NEWLINE ? 1 : 0;
  for (let at = body.indexOf(NEWLINE); at !== -1; at = body.indexOf(NEWLINE, at + 1)) count++;
  return count;
}
