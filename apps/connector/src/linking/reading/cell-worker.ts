import { parentPort } from 'node:worker_threads';
import { NotTextIn } from './byte-dictionary.js';
import { CellTaker } from './cell-taker.js';
import type { FromThread, ToThread } from './cell-thread.js';

const taker = new CellTaker();
const answer = (message: FromThread, moved: ArrayBuffer[] = []): void => parentPort!.postMessage(message, moved);

parentPort!.on('message', (message: ToThread) => {
  try {
    if (message === 'finish') {
      const columns = taker.columns.map(({ codes, dictionary }) => ({ codes, dictionary: dictionary.state }));
      const moved = columns.flatMap(({ dictionary: { slots, bytes, starts } }) => [
        slots.buffer,
        bytes.buffer,
        starts.buffer,
      ]);
      answer({ columns }, moved);
    } else {
      taker.take(message.take);
      answer({ taken: true });
    }
  } catch (error) {
    if (error instanceof NotTextIn) answer({ notText: { why: error.why, row: error.row } });
    else answer({ failed: (error as Error).message });
  }
});
