import { HubError } from '#contracts';
import { createReadStream } from 'node:fs';

/** How the bytes of a text file are to be read. */
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

/** Bytes that mean nothing in Windows-1252: a file with one is written in something else (MS-DOS, Mac). */
const UNDEFINED_IN_1252 = new Set([0x81, 0x8d, 0x8f, 0x90, 0x9d]);

/**
 * Tells how a file is written, from all its bytes: UTF-16 by its mark or its zeros, UTF-8 where it is, else Windows-1252.
 * @throws HubError `usage` when it cannot be read, or is in neither: read as if it were, it would spoil people's names unnoticed
 */
export async function encodingOf(file: string): Promise<Encoding> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let utf8 = true;
  let first = true;
  let undefinedByte = false;
  let pairs = 0;
  let tail: Buffer = Buffer.alloc(0);
  try {
    for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>) {
      if (first) {
        const marked = markOf(chunk);
        if (marked) return marked;
        first = false;
      }
      if (utf8 && !decodes(decoder, chunk)) utf8 = false;
      if (!isAscii(chunk)) {
        undefinedByte ||= chunk.some((byte) => UNDEFINED_IN_1252.has(byte));
        pairs += utf8Letters(Buffer.concat([tail, chunk]));
      }
      tail = chunk.subarray(-3);
    }
    if (utf8) decoder.decode();
  } catch (error) {
    if ((error as { code?: string }).code !== 'ERR_ENCODING_INVALID_ENCODED_DATA') throw cannotRead(file, error);
    utf8 = false;
  }
  if (utf8) return 'utf-8';
  if (undefinedByte || pairs > 0) throw cannotRead(file, { code: 'ERR_ENCODING_INVALID_ENCODED_DATA' });
  return 'windows-1252';
}

function decodes(decoder: InstanceType<typeof TextDecoder>, chunk: Buffer): boolean {
  try {
    decoder.decode(chunk, { stream: true });
    return true;
  } catch {
    return false;
  }
}

function isAscii(chunk: Buffer): boolean {
  for (let i = 0; i < chunk.length; i++) if (chunk[i]! > 0x7f) return false;
  return true;
}

/** Letters written as UTF-8 in a file that is not UTF-8 as a whole: it mixes two, and no one reading is right. */
function utf8Letters(chunk: Buffer): number {
  let found = 0;
  for (let i = 0; i + 1 < chunk.length; i++)
    if ((chunk[i] === 0xc3 || chunk[i] === 0xc2 || chunk[i] === 0xc5) && chunk[i + 1]! >= 0x80 && chunk[i + 1]! <= 0xbf)
      found++;
  return found;
}

function markOf(start: Buffer): Encoding | undefined {
  if (start[0] === 0xff && start[1] === 0xfe) return 'utf-16le';
  if (start[0] === 0xfe && start[1] === 0xff) return 'utf-16be';
  if (start.length >= 4 && start[0] !== 0 && start[1] === 0 && start[2] !== 0 && start[3] === 0) return 'utf-16le';
  if (start.length >= 4 && start[0] === 0 && start[1] !== 0 && start[2] === 0 && start[3] !== 0) return 'utf-16be';
  return undefined;
}

export interface TextOptions {
  encoding?: Encoding;
  /** told how many bytes are read so far */
  onBytes?: ((bytes: number) => void) | undefined;
}

/**
 * The text of a file, in pieces; line ends become LF, a byte order mark is taken off.
 * @throws HubError `usage` when it cannot be read or is not in the encoding
 */
export async function* fileText(file: string, options: TextOptions = {}): AsyncGenerator<string> {
  const decoder = new TextDecoder(options.encoding ?? 'utf-8', { fatal: true });
  let held = '';
  let bytes = 0;
  try {
    for await (const chunk of createReadStream(file, { highWaterMark: 1 << 18 })) {
      const text = held + decoder.decode(chunk as Buffer, { stream: true });
      options.onBytes?.((bytes += (chunk as Buffer).length));
      // A CR at the very end may be half of a line end.
      held = text.endsWith('\r') ? '\r' : '';
      yield lines(held ? text.slice(0, -1) : text);
    }
    yield lines(held + decoder.decode());
  } catch (error) {
    throw error instanceof HubError ? error : cannotRead(file, error);
  }
}

const lines = (text: string) => (text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text);

export function cannotRead(file: string, error: unknown): HubError {
  return new HubError('usage', `${file}: ${words((error as { code?: string }).code)}`, { cause: error });
}

function words(code: string | undefined): string {
  if (code === 'ENOENT') return 'there is no such file.';
  if (code === 'EISDIR') return 'that is a folder, not a file.';
  if (code === 'EACCES' || code === 'EPERM') return 'you may not read it, or another program has it open.';
  if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA')
    return 'the text is neither UTF-8 nor Windows-1252, or mixes them. Save it again as "CSV UTF-8" (Excel: Save as, file type).';
  return `it cannot be read (${code ?? 'unknown error'}).`;
}
