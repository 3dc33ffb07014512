import { open, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { printable } from '../../telling.js';
import { LinkError } from '../link-error.js';

/** What a run leaves in its folder. */
export const RESULT_FILES = ['pairs.csv', 'clusters.csv', 'report.json'] as const;

/**
 * Makes sure that a run's results do not take the place of what it reads.
 * @param inputs files that are read; those that are not there are passed over
 * @throws LinkError `usage`
 */
export async function keepInputs(folder: string, inputs: readonly string[]): Promise<void> {
  for (const name of RESULT_FILES) await keepFrom(join(folder, name), inputs);
}

/**
 * Makes sure that a picture takes no other file's place than an earlier picture's.
 * @param inputs files that are read, and results
 * @throws LinkError `usage`
 */
export async function keepFromPicture(picture: string, inputs: readonly string[]): Promise<void> {
  await keepFrom(picture, inputs);
  const there = await stat(picture).catch(() => null);
  if (there !== null && !(there.isFile() && (await isSvg(picture))))
    throw new LinkError('usage', `${printable(picture)} is there and is not an SVG: it is not written over.`);
}

/** @throws LinkError `usage` where the target is one of the files */
export async function keepFrom(target: string, inputs: readonly string[]): Promise<void> {
  const place = await placeOf(target);
  for (const input of inputs) {
    if ((await placeOf(input)) === place || (await isSameFile(input, target)))
      throw new LinkError('usage', `${printable(target)} would be written over: it is one of the files of this run.`);
  }
}

/** Where a path leads, also of a file that is not there yet. */
async function placeOf(path: string): Promise<string> {
  const whole = await realpath(path).catch(() => null);
  if (whole !== null) return whole;
  return join(await realpath(dirname(path)).catch(() => dirname(path)), basename(path));
}

async function isSameFile(a: string, b: string): Promise<boolean> {
  const [x, y] = await Promise.all([a, b].map((path) => stat(path, { bigint: true }).catch(() => null)));
  return !!x && !!y && x.dev === y.dev && x.ino === y.ino;
}

async function isSvg(file: string): Promise<boolean> {
  const handle = await open(file).catch(() => null);
  if (handle === null) return false;
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(4096), 0, 4096, 0);
    return /^\ufeff?\s*(<\?xml[^>]*>\s*)?((<!--(?:(?!-->)[^])*-->|<!DOCTYPE[^>]*>)\s*)*<svg[\s>]/.test(
      buffer.toString('utf8', 0, bytesRead),
    );
  } finally {
    await handle.close();
  }
}
