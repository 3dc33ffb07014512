import { SingleBar } from 'cli-progress';
import type { Progress } from '#ledger';

/** Shows `label` with a bar on a terminal while the act runs; shows nothing in a pipe. */
export async function withProgress<T>(
  stream: NodeJS.WritableStream & { isTTY?: boolean },
  labels: readonly string[],
  act: (...bars: Progress[]) => Promise<T>,
): Promise<T> {
  const bars = labels.map((label) =>
    stream.isTTY ? new SingleBar({ format: formatOf(label), stream, clearOnComplete: true, hideCursor: true }) : null,
  );
  let shown = -1;
  const showing = bars.map((bar, at): Progress => (done, total) => {
    if (!bar) return;
    if (shown !== at) {
      bars[shown]?.stop();
      bar.start(total, 0);
      shown = at;
    }
    bar.update(done);
  });
  try {
    return await act(...showing);
  } finally {
    bars[shown]?.stop();
  }
}

function formatOf(label: string): string {
  return `${label} {bar} {percentage}% | {value} of {total} | {duration_formatted}`;
}
