import type { LinkStage } from '#linkage';
import { writeSync } from 'node:fs';
import { CLEARED, DONE, DRAWING, STAGES, STATE, STOPPED, type TickerData } from './progress-line.js';

export type Stage = 'read' | LinkStage | 'write';

/** Shows how far a run is. */
export interface Progress {
  /** `done` from 0 to 1 within the stage; stages between reading and writing are told when they end. */
  show(stage: Stage, done: number): void;
  stop(): void;
}

type Terminal = NodeJS.WritableStream & { isTTY?: boolean; fd?: number };

/**
 * A line on a terminal, nothing in a pipe. Another thread draws it, since linking leaves this one no time: the seconds go
 * on through its longest steps.
 */
export async function progressOn(stream: Terminal): Promise<Progress> {
  // Run from source, as tests are, there is no compiled thread to start.
  if (!stream.isTTY || stream.fd === undefined || import.meta.url.endsWith('.ts'))
    return { show: () => undefined, stop: () => undefined };
  const { Worker } = await import('node:worker_threads');
  const state = new Int32Array(new SharedArrayBuffer(4 * STATE));
  const workerData: TickerData = { state, fd: stream.fd };
  const worker = new Worker(new URL('./progress-ticker.js', import.meta.url), { workerData, stdin: false });
  worker.unref();
  // Without the line all else goes on.
  worker.on('error', () => undefined);
  let stopped = false;
  return {
    show: (stage, done) => {
      const at = STAGES.indexOf(stage);
      if (stage === 'read') Atomics.store(state, DONE, Math.round(1000 * done));
      if (done === 1 || stage === 'write') Atomics.or(state, 0, 1 << at);
    },
    stop: () => {
      if (stopped) return;
      stopped = true;
      Atomics.store(state, STOPPED, 1);
      // A line that is being drawn is drawn in no time.
      const until = performance.now() + 100;
      while (Atomics.load(state, DRAWING) === 1 && performance.now() < until);
      clearLine(stream.fd!);
      void worker.terminate();
    },
  };
}

/** A terminal that takes nothing now, or is gone, keeps its line: that must not spoil what was done. */
export function clearLine(fd: number): void {
  try {
    writeSync(fd, CLEARED);
  } catch {
    // Nothing else can be told there either.
  }
}
