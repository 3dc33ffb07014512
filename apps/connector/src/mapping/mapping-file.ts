import { HubError, parseMapping, writeMapping, type FeedMapping, type FeedName } from '#contracts';
import { stat, writeFile } from 'node:fs/promises';
import { cannotRead, fileText } from '../reading/file-text.js';

const MAX_BYTES = 1024 * 1024;

/**
 * A mapping of the data officer's own.
 * @param feed held against it; without it only the mapping's shape is
 * @throws HubError `usage` saying what is wrong with it, each unknown place once
 */
export async function readMapping(file: string, feed?: FeedName): Promise<FeedMapping> {
  const { size } = await stat(file).catch((error: unknown) => {
    throw cannotRead(file, error);
  });
  if (size > MAX_BYTES) throw new HubError('usage', `${file} is too large to be a mapping.`);
  let text = '';
  for await (const part of fileText(file)) text += part;
  const read = parseMapping(feed, jsonOf(text));
  if (!read.ok) throw new HubError('usage', `${file}: ${read.problems.join('; ')}.`);
  return read.mapping;
}

/** Saves a mapping for the next time. Headings and places only: nothing of any row. */
export async function saveMapping(feed: FeedName, file: string, mapping: FeedMapping): Promise<void> {
  await writeFile(file, writeMapping(feed, mapping));
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
