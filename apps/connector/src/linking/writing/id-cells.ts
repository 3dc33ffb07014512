import type { RowIds } from '../reading/row-ids.js';

const SPECIAL = new Uint8Array(256);
for (const byte of Buffer.from('",;\t|\r\n')) SPECIAL[byte] = 1;
const QUOTE = 0x22;

/** Ids as cells of a CSV: in quotes where they hold a separator, a quote or a line end (RFC 4180). */
export interface IdCells {
  /** Bytes of the longest cell at most. */
  longest: number;
  write(row: number, into: Buffer, at: number): number;
}

export function idCells(ids: RowIds): IdCells {
  return {
    longest: 2 * ids.longest + 2,
    write: (row, into, at) => {
      const end = ids.write(row, into, at);
      let i = at;
      while (i < end && SPECIAL[into[i]!] === 0) i++;
      return i === end ? end : quote(into, at, end);
    },
  };
}

function quote(into: Buffer, start: number, end: number): number {
  const bytes = Buffer.from(into.subarray(start, end));
  let at = start;
  into[at++] = QUOTE;
  for (const byte of bytes) {
    if (byte === QUOTE) into[at++] = QUOTE;
    into[at++] = byte;
  }
  into[at++] = QUOTE;
  return at;
}
