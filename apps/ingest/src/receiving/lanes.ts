import { Injectable } from '@nestjs/common';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Messages up to this size are opened side by side; a larger one takes many times its size while it is opened, so one at a time. */
const SMALL_BYTES = 2 * 1024 * 1024;
const SMALL_AT_ONCE = 4;
const LARGE_AT_ONCE = 1;

/**
 * Shares the opening of messages between agencies. Small ones have a lane of their own, so that they never wait behind large ones, and
 * in each lane the agencies take turns: who has a thousand messages waiting delays another's one by a single message of each. What is in
 * work at any moment, and so the memory, is bounded.
 */
@Injectable()
export class Lanes {
  private readonly small = new Lane(SMALL_AT_ONCE);
  private readonly large = new Lane(LARGE_AT_ONCE);

  take<T>(agency: string, bytes: number, act: () => Promise<T>): Promise<T> {
    if (bytes <= SMALL_BYTES) return this.small.take(agency, act);
    return this.large.take(agency, () => act().finally(giveBack));
  }
}

/**
 * A large message leaves buffers of several times its size behind, which V8 does not hurry to give back: the next one would find them
 * still there.
 */
function giveBack(): void {
  collect ??= makeCollect();
  collect();
}
let collect: (() => void) | null = null;

function makeCollect(): () => void {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as () => void;
}

class Lane {
  private inside = 0;
  /** agencies that wait, the one whose turn is next first */
  private readonly waiting = new Map<string, (() => void)[]>();

  constructor(private readonly atOnce: number) {}

  async take<T>(agency: string, act: () => Promise<T>): Promise<T> {
    if (this.inside < this.atOnce) this.inside++;
    else
      await new Promise<void>((go) => {
        const own = this.waiting.get(agency);
        if (own) own.push(go);
        else this.waiting.set(agency, [go]);
      });
    try {
      return await act();
    } finally {
      this.leave();
    }
  }

  /** Gives the place to the next agency, which then stands behind all others. */
  private leave(): void {
    const [next] = this.waiting;
    if (!next) return void this.inside--;
    const [agency, own] = next;
    this.waiting.delete(agency);
    const go = own.shift()!;
    if (own.length > 0) this.waiting.set(agency, own);
    go();
  }
}
