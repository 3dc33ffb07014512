import { open } from 'node:fs/promises';
import { printable } from '../../telling.js';
import { LinkError } from '../link-error.js';

const MOST_MB = 20;

/** A settings or model file as text. At most 20 MB: what is larger is something else. @throws LinkError `usage` */
export async function readSmallFile(file: string): Promise<string> {
  const handle = await open(file).catch((error: NodeJS.ErrnoException) => {
    throw unusable(file, error.code === 'ENOENT' ? 'there is no such file.' : 'it cannot be read.');
  });
  try {
    const pieces: Buffer[] = [];
    let size = 0;
    // Read on rather than asked for its size: a pipe has none.
    for await (const piece of handle.createReadStream({ autoClose: false }) as AsyncIterable<Buffer>) {
      size += piece.length;
      if (size > MOST_MB * 1024 * 1024) throw unusable(file, `it is larger than ${MOST_MB} MB.`);
      pieces.push(piece);
    }
    return Buffer.concat(pieces).toString('utf8');
  } catch (error) {
    if (error instanceof LinkError) throw error;
    throw unusable(file, 'it cannot be read.');
  } finally {
    await handle.close().catch(() => undefined);
  }
}

/** The value of a JSON text. What the parser says of a bad one is not passed on: it quotes the file. @throws LinkError `usage` */
export function jsonIn(text: string, file: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, '')) as unknown;
  } catch (error) {
    const place = / \(line (\d+) column (\d+)\)$/.exec((error as Error).message);
    throw new LinkError(
      'usage',
      `${printable(file)} is not JSON${place ? ` (line ${place[1]}, column ${place[2]})` : ''}.`,
    );
  }
}

function unusable(file: string, why: string): LinkError {
  return new LinkError('usage', `${printable(file)}: ${why}`);
}
