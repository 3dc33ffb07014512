/** Ctrl-C (or SIGTERM): the first stops what goes on at its next safe point, the second ends the program at once. */
export function onInterrupt(told: () => void): { signal: AbortSignal; end(): void } {
  const stopping = new AbortController();
  const onSignal = () => {
    if (stopping.signal.aborted) process.exit(130);
    stopping.abort();
    told();
  };
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal);
  return {
    signal: stopping.signal,
    end: () => void process.off('SIGINT', onSignal).off('SIGTERM', onSignal),
  };
}
