import { Worker } from 'node:worker_threads';
import { ByteDictionary, type DictionaryState, NotTextIn } from './byte-dictionary.js';
import type { TakenCells } from './cell-taker.js';
import type { ReadColumn } from './read-column.js';

export type ToThread = { take: TakenCells } | 'finish';
export type FromThread =
  | { taken: true }
  | { notText: { why: NotTextIn['why']; row: number } }
  | { failed: string }
  | { columns: { codes: Uint32Array; dictionary: DictionaryState }[] };

/** A second thread that takes cells into columns while this one finds the next. */
export class CellThread {
  private readonly worker = new Worker(new URL('./cell-worker.js', import.meta.url));
  private readonly waiting: { resolve: (answer: FromThread) => void; reject: (error: Error) => void }[] = [];

  /** Why nobody answers any more. */
  private gone: Error | null = null;

  constructor() {
    this.worker.on('message', (answer: FromThread) => this.waiting.shift()!.resolve(answer));
    const fail = (error: Error): void => {
      this.gone ??= error;
      for (const one of this.waiting.splice(0)) one.reject(error);
    };
    this.worker.on('error', fail);
    this.worker.on('exit', () => fail(new Error('the reading thread ended early; try again with --threads 1')));
  }

  /** From source, as tests are run, there is no compiled thread to start. */
  static get canStart(): boolean {
    return !import.meta.url.endsWith('.ts');
  }

  /** Resolves when the cells, and the bytes they lie in, may be used for others. @throws NotTextIn */
  async take(cells: TakenCells): Promise<void> {
    const answer = await this.ask({ take: cells });
    if ('notText' in answer) throw new NotTextIn(answer.notText.why, answer.notText.row);
  }

  /** Hands what was taken over to the columns, in the order of their numbers. */
  async finish(columns: readonly ReadColumn[]): Promise<void> {
    const answer = await this.ask('finish');
    if (!('columns' in answer)) return;
    answer.columns.forEach(({ codes, dictionary }, at) => {
      columns[at]!.codes = codes as Uint32Array<SharedArrayBuffer>;
      columns[at]!.dictionary = ByteDictionary.from(dictionary);
    });
  }

  async end(): Promise<void> {
    await this.worker.terminate();
  }

  private async ask(message: ToThread): Promise<FromThread> {
    if (this.gone) throw this.gone;
    const answer = await new Promise<FromThread>((resolve, reject) => {
      this.waiting.push({ resolve, reject });
      this.worker.postMessage(message);
    });
    if ('failed' in answer) throw new Error(answer.failed);
    return answer;
  }
}
