import { TILE_WIDTH } from '#ledger';
import { LogTip, type TileFile } from '../publishing/log-tip.js';
import type { LogRepository } from '../sequencing/log.repository.js';
import type { Faults } from './faults.js';

// A whole number of bundles, so that only the last page leaves a partial one.
const PAGE = 8 * TILE_WIDTH;

/**
 * Derives every file of the log from the sealed entries in the database, full tiles as they fill up and the partial ones
 * at the end; memory does not grow with the log. `tip` is grown on the way, and afterwards stands at the log's end.
 */
export async function* deriveFiles(log: LogRepository, tip: LogTip, faults: Faults): AsyncGenerator<TileFile> {
  const partial = new Map<TileFile['level'], TileFile>();
  for (;;) {
    const page = await log.sealed(tip.size, PAGE);
    const leaves = leading(page, tip.size, faults);
    for (const file of tip.append(leaves)) {
      if (file.width < TILE_WIDTH) partial.set(file.level, file);
      else {
        partial.delete(file.level);
        yield file;
      }
    }
    if (leaves.length < PAGE) break;
  }
  yield* partial.values();
}

/** The page's leaves as far as they follow each other from `next`; where they stop is a fault. */
function leading(page: { index: number; leaf: Buffer | null }[], next: number, faults: Faults): Buffer[] {
  const leaves: Buffer[] = [];
  for (const { index, leaf } of page) {
    if (index !== next + leaves.length || !leaf) {
      faults.add('audit.entry', `entry ${next + leaves.length} of the log is missing`);
      break;
    }
    leaves.push(leaf);
  }
  return leaves;
}
