import { SingleBar } from 'cli-progress';
import type { SendingState } from './sending-state.js';

type Stream = NodeJS.WritableStream & { isTTY?: boolean };

/** A bar for sealing, then one for sending: rows and bytes; on a terminal only. */
export class SendingBar {
  private drawn: { label: string; bar: SingleBar } | null = null;

  constructor(
    private readonly stream: Stream,
    private readonly wanted: boolean,
  ) {}

  sealed(state: SendingState): void {
    this.draw('sealing', state.rows, sum(state, 'rows'), `${megabytes(sum(state, 'bytes'))} sealed`);
  }

  acknowledged(state: SendingState): void {
    const taken = { batches: state.batches.filter(({ acknowledgedAt }) => acknowledgedAt !== null) };
    const bytes = `${megabytes(sum(taken, 'bytes'))} of ${megabytes(sum(state, 'bytes'))}`;
    this.draw('sending', state.rows, sum(taken, 'rows'), bytes);
  }

  stop(): void {
    this.drawn?.bar.stop();
    this.drawn = null;
  }

  private draw(label: string, total: number, rows: number, bytes: string): void {
    if (!this.wanted || !this.stream.isTTY) return;
    if (this.drawn?.label !== label) {
      this.stop();
      const format = `${label} {bar} {percentage}% | {value} of {total} rows | {bytes} | {duration_formatted}`;
      const bar = new SingleBar({ format, stream: this.stream, clearOnComplete: true, hideCursor: true });
      this.drawn = { label, bar };
      bar.start(total, 0, { bytes });
    }
    this.drawn.bar.update(rows, { bytes });
  }
}

function sum({ batches }: Pick<SendingState, 'batches'>, what: 'rows' | 'bytes'): number {
  return batches.reduce((total, batch) => total + batch[what], 0);
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
