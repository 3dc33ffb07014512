import { confidentialAddresses, type FeedName } from '#contracts';

/**
 * Takes confidential addresses out of a row before anything else looks at it: they never leave the agency. Works on the row in place.
 * @returns how many were dropped
 */
export function dropConfidential(feed: FeedName, row: unknown): number {
  for (let dropped = 0; ; dropped++) {
    const [problem] = confidentialAddresses(feed, row);
    if (!problem || !removeAt(row, problem.path.split('.'))) return dropped;
  }
}

/** Removes the address (the entry of the nearest list) or, where there is none, the field a path names. */
function removeAt(row: unknown, path: string[]): boolean {
  const addresses = path.indexOf('addresses');
  const end = addresses >= 0 && path.length > addresses + 1 ? addresses + 1 : path.length - 1;
  const holder = path
    .slice(0, end)
    .reduce<unknown>(
      (at, part) => (typeof at === 'object' && at !== null ? (at as Record<string, unknown>)[part] : undefined),
      row,
    );
  if (typeof holder !== 'object' || holder === null) return false;
  const last = path[end]!;
  if (Array.isArray(holder)) return holder.splice(Number(last), 1).length === 1;
  return Object.hasOwn(holder, last) && Reflect.deleteProperty(holder, last);
}
