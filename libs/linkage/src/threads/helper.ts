import { Worker } from 'node:worker_threads';
import { Performer, type Results, type Task } from './task.js';

interface Waiting {
  resolve: (result: never) => void;
  reject: (error: unknown) => void;
}

/** A second thread for work on shared memory. Without one (`threads` 1) the same work is done here: the answers are the same. */
export class Helper {
  private readonly worker: Worker | null;
  private readonly waiting = new Map<number, Waiting>();
  private readonly here = new Performer();
  private sent = 0;
  /** Why nobody answers any more. */
  private gone: { error: unknown } | null = null;

  constructor(threads: number) {
    // Run from source, as tests are, there is no compiled worker to start.
    this.worker =
      threads < 2 || import.meta.url.endsWith('.ts') ? null : new Worker(new URL('./worker.js', import.meta.url));
    this.worker?.on('message', ({ id, result, error }: { id: number; result: never; error?: unknown }) => {
      const one = this.waiting.get(id)!;
      this.waiting.delete(id);
      if (error === undefined) one.resolve(result);
      else one.reject(error);
    });
    this.worker?.on('error', (error) => this.fail(error));
    this.worker?.on('exit', () => this.fail(new Error('the second thread ended early; try again with --threads 1')));
  }

  private fail(error: unknown): void {
    this.gone ??= { error };
    for (const one of this.waiting.values()) one.reject(error);
    this.waiting.clear();
  }

  get isThere(): boolean {
    return this.worker !== null;
  }

  /** Begins at once on the other thread; here, it is done when this returns. */
  perform<T extends Task>(task: T): Promise<Results[T['do']]> {
    if (this.worker === null) return Promise.resolve(this.here.perform(task));
    if (this.gone !== null) return Promise.reject(this.gone.error as Error);
    const id = ++this.sent;
    const answer = new Promise<Results[T['do']]>((resolve, reject) => this.waiting.set(id, { resolve, reject }));
    // Whoever waits for it is told; where work here fails first nobody does.
    answer.catch(() => undefined);
    this.worker.postMessage({ id, task });
    return answer;
  }

  async end(): Promise<void> {
    await this.worker?.terminate();
  }
}
