import type { LinkStage } from '#linkage';

export type Stage = 'read' | LinkStage | 'write';

/** Shows how far a stage is, from 0 to 1. */
export interface Progress {
  show(stage: Stage, done: number): void;
  stop(): void;
}

const LABELS: Record<Stage, string> = {
  read: 'reading',
  prepare: 'preparing',
  block: 'finding candidates',
  train: 'learning',
  score: 'scoring',
  cluster: 'clustering',
  write: 'writing',
};

/** A bar for each stage on a terminal, nothing in a pipe. */
export async function progressOn(stream: NodeJS.WritableStream & { isTTY?: boolean }): Promise<Progress> {
  if (!stream.isTTY) return { show: () => undefined, stop: () => undefined };
  const { SingleBar } = await import('cli-progress');
  const format = '{stage} {bar} {percentage}% | {duration_formatted}';
  const bar = new SingleBar({ format, stream, clearOnComplete: true, hideCursor: true, etaBuffer: 1 });
  bar.start(1000, 0, { stage: LABELS.read.padEnd(18) });
  return {
    show: (stage, done) => bar.update(Math.round(1000 * done), { stage: LABELS[stage].padEnd(18) }),
    stop: () => bar.stop(),
  };
}
