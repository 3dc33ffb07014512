import { SingleBar } from 'cli-progress';
import { stat } from 'node:fs/promises';

/** Shorter files are read before a bar is seen. */
const LONG_BYTES = 3 * 1024 * 1024;

/** A bar on a terminal while a long file is read; elsewhere nothing. */
export class ProgressBar {
  private constructor(private readonly bar: SingleBar | null) {}

  static async for(file: string, quiet: boolean): Promise<ProgressBar> {
    const size = (await stat(file).catch(() => null))?.size ?? 0;
    if (quiet || !process.stderr.isTTY || size < LONG_BYTES) return new ProgressBar(null);
    const bar = new SingleBar({
      format: 'Checking |{bar}| {percentage} %  {eta_formatted} left',
      stream: process.stderr,
      clearOnComplete: true,
      hideCursor: true,
    });
    bar.start(100, 0);
    return new ProgressBar(bar);
  }

  /** @param share how far it is, 0 to 1 */
  at = (share: number): void => {
    this.bar?.update(Math.min(100, Math.floor(share * 100)));
  };

  /** Makes way for a line on the screen. */
  clear(): void {
    if (this.bar) process.stderr.write('\r\u001b[2K');
  }

  end(): void {
    this.bar?.stop();
  }
}
