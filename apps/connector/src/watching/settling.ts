import type { Found } from './look.js';

/**
 * Which files are whole: those whose size and time of change have been the same for the settling time, watched by this program's own
 * steady clock (a file's own times are another machine's, and a copying program may set them to the original's). A `.done` marker
 * says so at once.
 */
export class Settling {
  private readonly seen = new Map<string, { key: string; since: number }>();

  constructor(
    private readonly settleMs: number,
    /** only files with a marker are whole */
    private readonly markerOnly: boolean,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** @param files everything that is there now @returns those that are whole, the earliest written first */
  settled(files: readonly Found[]): Found[] {
    const there = new Set(files.map(({ path }) => path));
    for (const path of this.seen.keys()) if (!there.has(path)) this.seen.delete(path);
    return files
      .filter((file) => this.isWhole(file))
      .sort((a, b) => a.modifiedMs - b.modifiedMs || (a.path < b.path ? -1 : 1));
  }

  /** Whether anything is still being waited for. */
  isWaiting(files: readonly Found[]): boolean {
    return !this.markerOnly && files.some((file) => file.bytes > 0 && !this.isWhole(file));
  }

  /** Starts the file's time again: it turned out to be written to. */
  again(path: string): void {
    this.seen.delete(path);
  }

  private isWhole(file: Found): boolean {
    const key = `${file.bytes}/${file.modifiedMs}/${file.inode}`;
    const before = this.seen.get(file.path);
    if (before?.key !== key) this.seen.set(file.path, { key, since: this.now() });
    if (file.marked) return true;
    // Copying over a share often begins with an empty file.
    if (this.markerOnly || file.bytes === 0 || before?.key !== key) return false;
    return this.now() - before.since >= this.settleMs;
  }
}
