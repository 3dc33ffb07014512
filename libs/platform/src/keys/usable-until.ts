import type { RegisteredKey } from '#crypto';

type PublicKey = RegisteredKey['publicKey'];

/**
 * When a key stops working by its own word: its own end, or the end of the part that signs or of the one that is encrypted to, whichever
 * comes first.
 * @param at a moment at which it worked (its registration)
 * @returns null where it states no end
 */
export async function usableUntil(key: PublicKey, at: Date): Promise<Date | null> {
  const parts = await Promise.all([
    key,
    key.getSigningKey(undefined, at).catch(() => null),
    key.getEncryptionKey(undefined, at).catch(() => null),
  ]);
  const ends = await Promise.all(parts.map((part) => part?.getExpirationTime().catch(() => null)));
  const dates = ends.filter((end) => end instanceof Date).map((end) => end.getTime());
  return dates.length > 0 ? new Date(Math.min(...dates)) : null;
}
