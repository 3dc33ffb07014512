import { confidentialAddresses, type FeedName } from '#contracts';

/**
 * Takes confidential addresses out of a row before anything else looks at it: they never leave the agency. Works on the row in place.
 * @returns how many were dropped
 */
export function dropConfidential(feed: FeedName, row: unknown): number {
  let dropped = 0;
  for (;;) {
    const problem = confidentialAddresses(feed, row)[0];
    if (!problem) return dropped;
    if (!removeAt(row, problem.path.split('.'))) return dropped;
    dropped++;
  }
}

/** Removes the address (the entry of the nearest list) or, where there is none, the field a path names. */
function removeAt(row: unknown, path: string[]): boolean {
  const listAt = path.findLastIndex((part) => /^\d+$/.test(part));
  const end = path.includes('addresses') && listAt > 0 ? path.indexOf('addresses') + 1 : path.length - 1;
  let here = row as Record<string, unknown> | undefined;
  for (const part of path.slice(0, end)) here = here?.[part] as Record<string, unknown> | undefined;
  if (!here || typeof here !== 'object') return false;
  const last = path[end]!;
  if (Array.isArray(here)) return here.splice(Number(last), 1).length === 1;
  if (!Object.hasOwn(here, last)) return false;
  delete here[last];
  return true;
}
