import { TILE_WIDTH } from '#ledger';
import type { LogFolder } from './log-folder.js';
import type { TileFile } from './log-tip.js';

/**
 * Puts what was committed before everybody's eyes: tiles and bundles first, the checkpoint over them last, so that whoever
 * reads a checkpoint finds all its tiles. If we crash in between, the old checkpoint stands and the start-up check goes on.
 * @param note the committed checkpoint
 */
export async function publish(folder: LogFolder, files: readonly TileFile[], note: string): Promise<void> {
  await folder.write(files);
  await folder.write([{ path: 'checkpoint', bytes: Buffer.from(note) }]);
  const full = files.filter((file) => file.width === TILE_WIDTH);
  await Promise.all(full.map((file) => folder.dropPartials(file.path)));
}

/**
 * Sees to it that a file says what it should. A sequencer that lost its lock while it wrote may have put its older
 * checkpoint over ours. @returns whether it had to be written
 */
export async function show(folder: LogFolder, path: 'checkpoint' | 'key.vkey', text: string): Promise<boolean> {
  const bytes = Buffer.from(text);
  if ((await folder.read(path))?.equals(bytes)) return false;
  await folder.write([{ path, bytes }]);
  return true;
}
