import type { Random } from '../random.js';

/** Picks among a few things by weight, with the sums made once. */
export class Chooser<T> {
  private readonly items: T[] = [];
  private readonly upTo: number[] = [];
  private total = 0;

  /** Weights of any positive scale. */
  constructor(weights: Iterable<readonly [T, number]>) {
    for (const [item, weight] of weights) {
      this.items.push(item);
      this.upTo.push((this.total += weight));
    }
  }

  pick(random: Random): T {
    const at = random.float() * this.total;
    let i = 0;
    while (i < this.items.length - 1 && at >= (this.upTo[i] as number)) i++;
    return this.items[i] as T;
  }
}
