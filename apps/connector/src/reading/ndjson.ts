import { HubError } from '#contracts';
import { fileText } from './file-text.js';

/** A line of NDJSON longer than this is no row; the hub does not read rows beyond 256 KiB. */
const MAX_LINE = 4 * 1024 * 1024;

/** Rows of NDJSON, streamed. @throws HubError `usage` naming the line that is not JSON */
export async function* readNdjson(
  file: string,
  onBytes?: (bytes: number) => void,
): AsyncGenerator<{ line: number; value: unknown }> {
  let line = 0;
  for await (const text of linesOf(file, onBytes)) {
    line++;
    if (text.trim() === '') continue;
    const value = jsonOf(text);
    if (value === undefined) throw new HubError('usage', `${file}: line ${line} is not JSON.`);
    yield { line, value };
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function* linesOf(file: string, onBytes?: (bytes: number) => void): AsyncGenerator<string> {
  let rest = '';
  for await (const text of fileText(file, { onBytes })) {
    const lines = (rest + text).split('\n');
    rest = lines.pop()!;
    if (rest.length > MAX_LINE) throw new HubError('usage', `${file}: a line is longer than any row can be.`);
    yield* lines;
  }
  yield rest;
}
