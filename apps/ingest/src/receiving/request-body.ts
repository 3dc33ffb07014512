import type { IncomingMessage, ServerResponse } from 'node:http';

/** How long a sender that is refused may go on sending before it is cut off: time to read the answer. */
const LINGER_MS = 2_000;

/**
 * Reads a request's body. Stops listening once it is too large, without closing: the answer has still to be read at the other end.
 * @returns null when there is more than `most` octets
 * @throws when the sender goes away
 */
export async function readBody(request: IncomingMessage, most: number): Promise<Buffer | null> {
  if (Number(request.headers['content-length'] ?? 0) > most) return null;
  // It may have gone while it waited for its turn: no event would come any more.
  if (request.destroyed) throw new Error('the sender went away');
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    let size = 0;
    request.on('data', (part: Buffer) => {
      size += part.length;
      if (size > most) {
        parts.length = 0;
        request.removeAllListeners('data').pause();
        resolve(null);
      } else parts.push(part);
    });
    request.once('end', () => resolve(Buffer.concat(parts)));
    request.once('error', reject);
    request.once('close', () => reject(new Error('the sender went away')));
  });
}

/** Ends the connection after the answer, with what was not read of the request thrown away for a moment. */
export function closeAfter(request: IncomingMessage, response: ServerResponse): void {
  response.setHeader('connection', 'close');
  request.on('error', () => undefined).resume();
  response.once('finish', () => setTimeout(() => request.socket.destroy(), LINGER_MS).unref());
}
