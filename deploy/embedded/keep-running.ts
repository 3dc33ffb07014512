import { setTimeout as sleep } from 'node:timers/promises';
import type { Exit } from './child.js';
import { StartProblem } from './problem.js';

/** What is kept running: has an id, and tells when it ended. */
export interface Keepable {
  pid: number;
  exited: Promise<Exit>;
  stop(): Promise<void>;
}

/** What befell a process. */
export interface News {
  name: string;
  event: 'died' | 'started' | 'failed';
  text: string;
}

// "Started again within 5 s" holds for every try: the longest pause leaves time for the start itself.
const firstPause = 100;
const longestPause = 3_000;
/** After this long in good order a death counts as the first again. */
const settled = 30_000;

/** Starts a process whenever it died, until told to stop. */
export class KeptRunning<T extends Keepable> {
  private stopping = false;
  private pause = firstPause;
  private started = Date.now();
  private restarting: Promise<void> = Promise.resolve();

  private constructor(
    readonly name: string,
    private current: T,
    private readonly start: () => Promise<T>,
    private readonly tell: (news: News) => void,
  ) {
    this.watch();
  }

  /**
   * Starts it the first time; a failure of this first start is the caller's to handle.
   * @param again how to start it after a death, where that differs
   * @param tell told of each death, failed try and new start
   */
  static async from<T extends Keepable>(
    name: string,
    start: () => Promise<T>,
    tell: (news: News) => void,
    again = start,
  ): Promise<KeptRunning<T>> {
    return new KeptRunning(name, await start(), again, tell);
  }

  get running(): T {
    return this.current;
  }

  /** Ends it for good; a second call hurries. */
  async stop(): Promise<void> {
    this.stopping = true;
    await this.current.stop();
    await this.restarting;
    await this.current.stop();
  }

  private watch(): void {
    void this.current.exited.then((exit) => {
      if (this.stopping) return;
      this.tell({ name: this.name, event: 'died', text: exit.signal ?? `exit code ${exit.code}` });
      this.restarting = this.restart();
    });
  }

  private async restart(): Promise<void> {
    if (Date.now() - this.started > settled) this.pause = firstPause;
    while (!this.stopping) {
      await sleep(this.pause);
      this.pause = Math.min(this.pause * 2, longestPause);
      if (this.stopping) return;
      try {
        this.current = await this.start();
        this.started = Date.now();
        this.tell({ name: this.name, event: 'started', text: `process ${this.current.pid}` });
        this.watch();
        return;
      } catch (error) {
        const text = error instanceof StartProblem ? error.message : 'it did not start';
        this.tell({ name: this.name, event: 'failed', text });
      }
    }
  }
}
