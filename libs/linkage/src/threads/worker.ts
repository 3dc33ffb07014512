import { parentPort } from 'node:worker_threads';
import { Performer, type Task } from './task.js';

const performer = new Performer();

parentPort!.on('message', ({ id, task }: { id: number; task: Task }) => {
  try {
    parentPort!.postMessage({ id, result: performer.perform(task) });
  } catch (error) {
    parentPort!.postMessage({ id, error });
  }
});
