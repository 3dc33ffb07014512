/** A wish to end, from a signal or from the end of whoever started us. */
export interface Stopping {
  asked: boolean;
  wanted: Promise<void>;
}

// Ctrl-C reaches us from the terminal and once more from `npm run`: the same wish, not a second one.
const sameWish = 700;

/**
 * Turns SIGINT, SIGTERM, SIGHUP and the end of the parent into one wish to stop. A second signal after it leaves at once; the
 * watchdog then ends what still runs.
 * @param say told what happens
 */
export function stopOnSignals(say: (line: string) => void): Stopping {
  let want: () => void;
  const stopping: Stopping = { asked: false, wanted: new Promise((resolve) => (want = resolve)) };
  let first = 0;
  const ask = () => {
    if (!stopping.asked) {
      stopping.asked = true;
      first = Date.now();
      say('\nEnding the hub … (again: at once)');
      want();
    } else if (Date.now() - first > sameWish) process.exit(130);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, ask);
  // `npm start` was killed outright: nobody is left to tell us to stop.
  if (process.channel) {
    process.once('disconnect', ask);
    process.channel.unref();
  }
  // A terminal that was closed must not end us half-way through our ending.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  return stopping;
}
