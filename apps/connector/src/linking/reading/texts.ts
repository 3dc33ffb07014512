import { isAscii } from 'node:buffer';

const BLOCK = 1 << 16;

/**
 * Texts of byte ranges that lie one after the other. A block is decoded whole and then cut: twenty times cheaper than a
 * call to the decoder for each.
 * @param starts range i is from starts[i] to starts[i + 1]
 * @param texts what stands before the first; the texts are added to it
 */
export function textsOf(bytes: Uint8Array, starts: Int32Array, first: number, last: number, texts: string[]): string[] {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let from = first; from < last;) {
    const start = starts[from]!;
    let to = from + 1;
    while (to < last && starts[to + 1]! - start <= BLOCK) to++;
    const end = starts[to]!;
    if (isAscii(bytes.subarray(start, end))) {
      const block = buffer.toString('latin1', start, end);
      for (let i = from; i < to; i++) texts.push(block.substring(starts[i]! - start, starts[i + 1]! - start));
    } else cutByCharacters(bytes, starts, from, to, buffer.toString('utf8', start, end), texts);
    from = to;
  }
  return texts;
}

function cutByCharacters(
  bytes: Uint8Array,
  starts: Int32Array,
  from: number,
  to: number,
  block: string,
  texts: string[],
): void {
  let at = 0;
  for (let i = from; i < to; i++) {
    const end = starts[i + 1]!;
    let next = at;
    for (let p = starts[i]!; p < end; p++) {
      const byte = bytes[p]!;
      // A character's first byte counts; above U+FFFF it is two units of a string.
      if ((byte & 0xc0) !== 0x80) next += byte >= 0xf0 ? 2 : 1;
    }
    texts.push(block.substring(at, next));
    at = next;
  }
}
