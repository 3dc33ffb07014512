import { HubError } from '#contracts';
import { createReadStream } from 'node:fs';

/**
 * The text of a file, in pieces; line ends become LF, a byte order mark is taken off.
 * @throws HubError `usage` when it cannot be read or is not UTF-8: read as if it were, it would spoil people's names unnoticed
 */
export async function* fileText(file: string): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let held = '';
  try {
    for await (const chunk of createReadStream(file)) {
      const text = held + decoder.decode(chunk as Buffer, { stream: true });
      // A CR at the very end may be half of a line end.
      held = text.endsWith('\r') ? '\r' : '';
      yield text.slice(0, text.length - held.length).replaceAll('\r\n', '\n');
    }
    yield held + decoder.decode();
  } catch (error) {
    throw new HubError('usage', `${file}: ${words((error as { code?: string }).code)}`, { cause: error });
  }
}

function words(code: string | undefined): string {
  if (code === 'ENOENT') return 'there is no such file.';
  if (code === 'EISDIR') return 'that is a folder, not a file.';
  if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA')
    return 'the text is not UTF-8. Save it again as "CSV UTF-8" (Excel: Save as, file type).';
  return `it cannot be read (${code ?? 'unknown error'}).`;
}
