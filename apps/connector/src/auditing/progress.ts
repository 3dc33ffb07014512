import { SingleBar } from 'cli-progress';
import type { Progress } from '#ledger';

/** Where bars are drawn. */
export interface ProgressStream {
  stream: NodeJS.WritableStream & { isTTY?: boolean };
  /** Off where a program reads the output; in a pipe nothing is drawn anyway. */
  wanted: boolean;
}

/** Runs an act that has some phases, one bar a phase: the act is given one function for each label. */
export async function withProgress<T>(
  { stream, wanted }: ProgressStream,
  labels: readonly string[],
  act: (show: readonly Progress[]) => Promise<T>,
): Promise<T> {
  let drawn: { label: string; bar: SingleBar } | null = null;
  const stop = (): void => drawn?.bar.stop();
  const show = labels.map((label): Progress => {
    if (!wanted || !stream.isTTY) return () => undefined;
    return (done, total) => {
      if (drawn?.label !== label) {
        stop();
        drawn = {
          label,
          bar: new SingleBar({ format: formatOf(label), stream, clearOnComplete: true, hideCursor: true }),
        };
        drawn.bar.start(total, 0);
      }
      drawn.bar.update(done);
    };
  });
  try {
    return await act(show);
  } finally {
    stop();
  }
}

function formatOf(label: string): string {
  return `${label} {bar} {percentage}% | {value} of {total} | {duration_formatted}`;
}
