import { mkdtemp, open, readFile, rm, type FileHandle } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';

/** How long a sender that is refused may go on sending before it is cut off: time to read the answer. */
const LINGER_MS = 2_000;
/** What is larger waits in a file for its turn. It is a sealed message: nothing of it can be read there. */
const IN_MEMORY_BYTES = 2 * 1024 * 1024;

/** A request's body, whole. */
export interface ReceivedBody {
  size: number;
  bytes(): Promise<Buffer>;
  /** gives back what it took up; may be called any number of times */
  drop(): Promise<void>;
}

/**
 * Reads a request's body, a large one into a file. Stops listening once it is too large, without closing: the answer has still to be read
 * at the other end.
 * @param spoolFolder where a large body is kept meanwhile
 * @returns null when there is more than `most` octets
 * @throws when the sender goes away
 */
export async function readBody(
  request: IncomingMessage,
  most: number,
  spoolFolder: string,
): Promise<ReceivedBody | null> {
  if (Number(request.headers['content-length'] ?? 0) > most) return null;
  // It may have gone while it waited for its turn: no event would come any more.
  if (request.destroyed) throw new Error('the sender went away');
  const parts: Buffer[] = [];
  let size = 0;
  let file: SpoolFile | null = null;
  try {
    for await (const part of partsOf(request)) {
      size += part.length;
      if (size > most) {
        await file?.drop();
        return null;
      }
      if (!file && size > IN_MEMORY_BYTES) {
        file = await SpoolFile.make(spoolFolder);
        for (const before of parts.splice(0)) await file.write(before);
      }
      if (file) await file.write(part);
      else parts.push(part);
    }
    await file?.end();
  } catch (error) {
    await file?.drop();
    throw error;
  }
  if (file) return { size, bytes: () => file.read(), drop: () => file.drop() };
  return { size, bytes: async () => Buffer.concat(parts), drop: async () => void parts.splice(0) };
}

/** Not the request's own iterator, which would end the connection when it is left early. */
async function* partsOf(request: IncomingMessage): AsyncGenerator<Buffer> {
  let whole = false;
  request.once('end', () => (whole = true));
  const iterator = request.iterator({ destroyOnReturn: false });
  for await (const part of iterator) yield part as Buffer;
  if (!whole && !request.complete) throw new Error('the sender went away');
}

/** A file in a folder of its own that only this service's user may look into. */
class SpoolFile {
  private constructor(
    private readonly folder: string,
    private readonly handle: FileHandle,
  ) {}

  static async make(within: string): Promise<SpoolFile> {
    const folder = await mkdtemp(join(within, 'mash-feed-'));
    return new SpoolFile(folder, await open(join(folder, 'message'), 'wx', 0o600));
  }

  async write(part: Buffer): Promise<void> {
    for (let at = 0; at < part.length;) at += (await this.handle.write(part, at)).bytesWritten;
  }

  end(): Promise<void> {
    return this.handle.close();
  }

  read(): Promise<Buffer> {
    return readFile(join(this.folder, 'message'));
  }

  async drop(): Promise<void> {
    await this.handle.close().catch(() => undefined);
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** Ends the connection after the answer, with what was not read of the request thrown away for a moment. */
export function closeAfter(request: IncomingMessage, response: ServerResponse): void {
  response.setHeader('connection', 'close');
  request.on('error', () => undefined).resume();
  response.once('finish', () => setTimeout(() => request.socket.destroy(), LINGER_MS).unref());
}
