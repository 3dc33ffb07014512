import { open, type FileHandle } from 'node:fs/promises';
import { printable } from '../../telling.js';
import { LinkError } from '../link-error.js';

const CHUNK = 1 << 20;
/** A row that does not end in so many bytes is a fault of the file. */
const LONGEST_ROW = 64 << 20;

/** Bytes [from, to) of `bytes` are to be read; there is room for two more after `to`. */
export interface Chunk {
  bytes: Buffer;
  from: number;
  to: number;
  final: boolean;
}

/**
 * Hands a file to `take` piece by piece; the next piece is fetched meanwhile. What `take` leaves (it returns where it
 * stopped) stands before the next piece.
 * @param size bytes of a piece
 * @returns how many bytes it has
 * @throws LinkError `usage` when it cannot be opened
 */
export async function readChunks(
  file: string,
  take: (chunk: Chunk) => number,
  tooLong: () => Error,
  size = CHUNK,
): Promise<number> {
  const handle = await open(file).catch((error: NodeJS.ErrnoException) => {
    throw new LinkError('usage', `${printable(file)}: ${unreadable(error.code)}`, { cause: error });
  });
  try {
    return await readAll(handle, take, tooLong, size);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EISDIR') throw error;
    throw new LinkError('usage', `${printable(file)}: ${unreadable('EISDIR')}`, { cause: error });
  } finally {
    await handle.close();
  }
}

async function readAll(
  handle: FileHandle,
  take: (chunk: Chunk) => number,
  tooLong: () => Error,
  size: number,
): Promise<number> {
  // Two buffers in turn; the room at their beginning takes what was left of the piece before.
  let current = emptyPiece(size, size);
  let spare = emptyPiece(size, size);
  let from = current.head;
  let total = 0;
  let read = await fill(handle, current);
  for (;;) {
    total += read;
    const final = read === 0;
    const to = current.head + read;
    const next = final ? Promise.resolve(0) : fill(handle, spare);
    let stopped: number;
    try {
      stopped = take({ bytes: current.bytes, from, to, final });
    } catch (error) {
      // The file is closed only when nothing reads from it any more.
      await next.catch(() => undefined);
      throw error;
    }
    if (final) return total;
    read = await next;
    const left = to - stopped;
    if (left > LONGEST_ROW) throw tooLong();
    if (left > spare.head) spare = roomier(spare, read, 2 * left);
    current.bytes.copy(spare.bytes, spare.head - left, stopped, to);
    [current, spare] = [spare, current];
    from = current.head - left;
  }
}

interface Piece {
  bytes: Buffer;
  head: number;
  size: number;
}

function emptyPiece(head: number, size: number): Piece {
  return { bytes: Buffer.allocUnsafeSlow(head + size + 2), head, size };
}

function roomier(piece: Piece, read: number, head: number): Piece {
  const larger = emptyPiece(head, piece.size);
  piece.bytes.copy(larger.bytes, head, piece.head, piece.head + read);
  return larger;
}

async function fill(handle: FileHandle, { bytes, head, size }: Piece): Promise<number> {
  return (await handle.read(bytes, head, size, null)).bytesRead;
}

function unreadable(code: string | undefined): string {
  if (code === 'ENOENT') return 'there is no such file.';
  if (code === 'EISDIR') return 'that is a folder, not a file.';
  return `it cannot be read (${code ?? 'unknown error'}).`;
}
