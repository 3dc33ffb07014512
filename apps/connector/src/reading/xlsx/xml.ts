import { HubError } from '#contracts';
import { SaxesParser } from 'saxes';
import { broken } from './archive.js';

/** A cell of a workbook holds at most 32,767 characters; more than this between two tags is no workbook. */
const MAX_TEXT = 1024 * 1024;
/** A workbook's XML is about ten levels deep. */
const MAX_DEPTH = 100;

export interface XmlHandlers {
  open?(name: string, attributes: Record<string, string>): void;
  text?(text: string): void;
  close?(name: string): void;
}

/**
 * Reads XML as it comes, with a pause after each piece (`yield`), so that what the handlers gathered can be taken.
 * Document types are refused: no workbook has one, and entities grow from them.
 * @throws HubError `usage` for XML that is broken, `too_compressed` for a bomb
 */
export async function* readXml(
  file: string,
  pieces: AsyncIterable<Buffer>,
  handlers: XmlHandlers,
): AsyncGenerator<void> {
  const parser = new SaxesParser({ xmlns: false, position: false });
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let depth = 0;
  let sinceTag = 0;
  const bomb = () =>
    new HubError(
      'too_compressed',
      `${file} has parts no workbook has (too deep, too long, or a document type), so it was not read on.`,
    );
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('doctype', () => {
    throw bomb();
  });
  parser.on('opentag', (tag) => {
    sinceTag = 0;
    if (++depth > MAX_DEPTH) throw bomb();
    handlers.open?.(local(tag.name), tag.attributes as Record<string, string>);
  });
  parser.on('closetag', (tag) => {
    sinceTag = 0;
    depth--;
    handlers.close?.(local(tag.name));
  });
  if (handlers.text) parser.on('text', (text) => handlers.text!(text));
  try {
    for await (const piece of pieces) {
      parser.write(decoder.decode(piece, { stream: true }));
      // Reset by each tag: what the parser holds back grows only while no tag ends.
      sinceTag += piece.length;
      if (sinceTag > MAX_TEXT) throw bomb();
      yield;
    }
    parser.write(decoder.decode()).close();
    yield;
  } catch (error) {
    throw error instanceof HubError ? error : broken(file);
  }
}

/** Some programs write `x:row` for `row`. */
function local(name: string): string {
  const colon = name.indexOf(':');
  return colon < 0 ? name : name.slice(colon + 1);
}
