import { open, type FileHandle } from 'node:fs/promises';
import { printable } from '../../telling.js';
import { LinkError } from '../link-error.js';
import { CellBatch } from './cell-batch.js';

const CHUNK = 1 << 20;
/** One is filled, one is looked through for cells, and one or two are on their way into columns. */
const PIECES = 4;
/** A row that does not end in so many bytes is a fault of the file. */
const LONGEST_ROW = 64 << 20;

/** Bytes [from, to) of `bytes` are to be read; there is room for two more after `to`. */
export interface Chunk {
  bytes: Buffer;
  /** For the cells in it: in use as long as the bytes are. */
  batch: CellBatch;
  from: number;
  to: number;
  final: boolean;
}

/** Where the taking of a piece stopped, and when nobody looks at its bytes any more; at once where that is not said. */
export interface Taken {
  stopped: number;
  free?: Promise<void>;
}

/**
 * Hands a file to `take` piece by piece; the next piece is fetched meanwhile. What `take` leaves stands before the next
 * piece.
 * @param size bytes of a piece
 * @returns how many bytes it has
 * @throws LinkError `usage` when it cannot be opened
 */
export async function readChunks(
  file: string,
  take: (chunk: Chunk) => Taken,
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
  take: (chunk: Chunk) => Taken,
  tooLong: () => Error,
  size: number,
): Promise<number> {
  // Buffers in turn; the room at the beginning of each takes what was left of the piece before.
  const pieces = Array.from({ length: PIECES }, () => emptyPiece(size, size));
  let total = 0;
  let read = await fill(handle, pieces[0]!);
  let from = pieces[0]!.head;
  // Pieces are freed in the file's order: the first that is not is the earliest fault.
  let fault: { error: unknown } | undefined;
  try {
    for (let turn = 0; ; turn++) {
      const current = pieces[turn % PIECES]!;
      const spare = (turn + 1) % PIECES;
      total += read;
      const final = read === 0;
      const to = current.head + read;
      const next = final ? Promise.resolve(0) : pieces[spare]!.free.then(() => fill(handle, pieces[spare]!));
      let taken: Taken;
      try {
        taken = take({ bytes: current.bytes, batch: current.batch, from, to, final });
        current.free = taken.free ?? Promise.resolve();
        // Whoever waits for it is told.
        current.free.catch((error: unknown) => (fault ??= { error }));
      } catch (error) {
        // The file is closed only when nothing reads from it any more.
        await next.catch(() => undefined);
        throw error;
      }
      if (final) break;
      read = await next;
      const left = to - taken.stopped;
      if (left > LONGEST_ROW) throw tooLong();
      if (left > pieces[spare]!.head) pieces[spare] = roomier(pieces[spare]!, read, 2 * left);
      current.bytes.copy(pieces[spare]!.bytes, pieces[spare]!.head - left, taken.stopped, to);
      from = pieces[spare]!.head - left;
    }
  } catch (error) {
    // What an earlier piece is found to hold is the earlier fault.
    await Promise.allSettled(pieces.map(({ free }) => free));
    throw fault === undefined ? error : fault.error;
  }
  await Promise.allSettled(pieces.map(({ free }) => free));
  if (fault !== undefined) throw fault.error;
  return total;
}

interface Piece {
  /** Over shared memory, so that another thread can read them. */
  bytes: Buffer;
  batch: CellBatch;
  head: number;
  size: number;
  free: Promise<void>;
}

function emptyPiece(head: number, size: number): Piece {
  const bytes = Buffer.from(new SharedArrayBuffer(head + size + 2));
  return { bytes, batch: new CellBatch(), head, size, free: Promise.resolve() };
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
