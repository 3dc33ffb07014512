/**
 * Starts `depth` acts ahead of the one being used, in order: a log at the other end of a network would otherwise be
 * read at one file a round trip. Memory is bounded by `depth` results.
 */
export async function* ahead<T>(count: number, depth: number, act: (at: number) => Promise<T>): AsyncGenerator<T> {
  const started: Promise<T>[] = [];
  for (let at = 0; at < count; at++) {
    while (started.length < depth && at + started.length < count) {
      const next = act(at + started.length);
      // Its failure is thrown when its turn comes; until then it must not count as unhandled.
      next.catch(() => undefined);
      started.push(next);
    }
    yield await (started.shift() as Promise<T>);
  }
}
