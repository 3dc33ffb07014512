import { writeSync } from 'node:fs';
import { workerData } from 'node:worker_threads';
import { CLEARED, DONE, DRAWING, progressLine, STOPPED, type TickerData } from './progress-line.js';

/** A run that is over sooner needs no line. */
const FIRST_MS = 300;
const EVERY_MS = 200;

const { state, fd } = workerData as TickerData;
const start = performance.now();
setTimeout(() => {
  draw();
  setInterval(draw, EVERY_MS);
}, FIRST_MS);

function draw(): void {
  Atomics.store(state, DRAWING, 1);
  if (Atomics.load(state, STOPPED) === 0) {
    const line = progressLine(Atomics.load(state, 0), Atomics.load(state, DONE), performance.now() - start);
    try {
      writeSync(fd, `${CLEARED}${line}`);
    } catch {
      // A terminal that takes nothing now is asked again at the next tick.
    }
  }
  Atomics.store(state, DRAWING, 0);
}
