import { describe, expect, it } from '@jest/globals';
import type { Exit } from './child.js';
import { KeptRunning, type Keepable, type News } from './keep-running.js';

/** Stands in for a process: dies when told. */
class Fake implements Keepable {
  private end!: (exit: Exit) => void;
  readonly exited = new Promise<Exit>((resolve) => (this.end = resolve));
  stopped = 0;
  constructor(readonly pid: number) {}
  die(): void {
    this.end({ code: null, signal: 'SIGKILL' });
  }
  async stop(): Promise<void> {
    this.stopped++;
    this.end({ code: 0, signal: null });
    await this.exited;
  }
}

async function kept(failures = 0) {
  const news: News[] = [];
  const made: Fake[] = [];
  let toFail = failures;
  const start = async () => {
    if (made.length > 0 && toFail-- > 0) throw new Error('no');
    made.push(new Fake(made.length + 1));
    return made.at(-1)!;
  };
  const it = await KeptRunning.from('thing', start, (entry) => news.push(entry));
  const until = async (event: string, times = 1) => {
    while (news.filter((entry) => entry.event === event).length < times)
      await new Promise((resolve) => setTimeout(resolve, 10));
  };
  return { it, made, news, until };
}

describe('a process that is kept running', () => {
  it('is started again when it died', async () => {
    const { it: thing, made, until } = await kept();
    made[0]!.die();
    await until('started');
    expect(thing.running.pid).toBe(2);
    await thing.stop();
  });

  it('is tried again when starting it failed', async () => {
    const { it: thing, made, news, until } = await kept(2);
    made[0]!.die();
    await until('started');
    expect(news.map(({ event }) => event)).toEqual(['died', 'failed', 'failed', 'started']);
    await thing.stop();
  });

  it('stays away once it was stopped', async () => {
    const { it: thing, made, news } = await kept();
    await thing.stop();
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(made).toHaveLength(1);
    expect(news).toEqual([]);
  });

  it('is stopped also when that is asked for while it is being started again', async () => {
    const { it: thing, made, until } = await kept();
    made[0]!.die();
    await until('died');
    await thing.stop();
    expect(made.slice(1).every(({ stopped }) => stopped > 0)).toBe(true);
  });
});
