import { parentPort } from 'node:worker_threads';
import { perform, type Task } from './task.js';

parentPort!.on('message', ({ id, task }: { id: number; task: Task }) => {
  try {
    parentPort!.postMessage({ id, result: perform(task) });
  } catch (error) {
    parentPort!.postMessage({ id, error });
  }
});
