import type { LinkStage } from './link-request.js';

/** Seconds by stage, and the stages told as they end. */
export class StageClock {
  readonly seconds: Record<LinkStage, number> = { prepare: 0, block: 0, train: 0, score: 0, cluster: 0 };
  private last = performance.now();

  constructor(private readonly tell?: (stage: LinkStage, done: number) => void) {}

  /** What was done since the last call was this stage. */
  lap(stage: LinkStage): void {
    const now = performance.now();
    this.seconds[stage] += (now - this.last) / 1000;
    this.last = now;
    this.tell?.(stage, 1);
  }
}
