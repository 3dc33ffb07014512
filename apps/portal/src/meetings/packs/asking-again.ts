import type { PackRow } from './packs.repository.js';

/** A pack that is not there by then did not get lost in a queue: somebody may ask again. */
export const PATIENCE_MS = 10 * 60_000;

/** The packs of the last asking; earlier ones are history. */
export function packsOfAsking<T extends Pick<PackRow, 'requestedAt'>>(packs: readonly T[], askedAt: Date | null): T[] {
  return askedAt ? packs.filter(({ requestedAt }) => requestedAt >= askedAt) : [];
}

/**
 * Whether packs may be asked for again: a recipient's newest pack could not be sent, or one has none ten minutes after the asking.
 * Disclosure then makes a new pack for every recipient; the last asking's time tells its packs from earlier ones.
 * @param askedAt the last asking, by the database's clock as the packs' times are; null before the first
 */
export function mayAskAgain(
  recipients: readonly string[],
  packs: readonly Pick<PackRow, 'recipient' | 'state' | 'requestedAt'>[],
  askedAt: Date | null,
  now = new Date(),
): boolean {
  if (!askedAt) return false;
  const late = now.getTime() - askedAt.getTime() >= PATIENCE_MS;
  const current = packsOfAsking(packs, askedAt);
  return recipients.some((recipient) => {
    const own = current.filter((pack) => pack.recipient === recipient);
    const newest = own.sort((a, b) => b.requestedAt.getTime() - a.requestedAt.getTime())[0];
    return newest ? newest.state === 'failed' : late;
  });
}
