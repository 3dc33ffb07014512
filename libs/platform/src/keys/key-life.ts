/** Days before a key's end at which the agency and the hub are warned, each once. */
export const WARN_DAYS = [60, 30, 7] as const;

const DAY_MS = 24 * 3600 * 1000;

/** What is known of how long a registered key counts. */
export interface KeyLife {
  validFrom: Date;
  /** set at a rotation: till then the old key is accepted beside the new one */
  validTo: Date | null;
  revokedAt: Date | null;
  /** the end the key itself states; null: it states none */
  expiresAt: Date | null;
}

/** active · overlapping: on its way out, still accepted · expired · revoked · future: not valid yet */
export type KeyState = 'active' | 'overlapping' | 'expired' | 'revoked' | 'future';

/** When the key stops counting by itself: what the registration or the key says, whichever is earlier. */
export function endOfKey({ validTo, expiresAt }: Pick<KeyLife, 'validTo' | 'expiresAt'>): Date | null {
  if (validTo && expiresAt) return validTo < expiresAt ? validTo : expiresAt;
  return validTo ?? expiresAt;
}

export function keyState(key: KeyLife, now = new Date()): KeyState {
  if (key.revokedAt && key.revokedAt <= now) return 'revoked';
  const end = endOfKey(key);
  if (end && end <= now) return 'expired';
  if (key.validFrom > now) return 'future';
  return key.validTo ? 'overlapping' : 'active';
}

/** Whole days until the key's end, rounded up; null when it has none. */
export function daysLeft(key: KeyLife, now = new Date()): number | null {
  const end = endOfKey(key);
  return end && Math.ceil((end.getTime() - now.getTime()) / DAY_MS);
}

/** The tightest warning that is due for a key: 60, 30 or 7. A key that is being replaced ends as planned: none. */
export function warningDue(key: KeyLife, now = new Date()): (typeof WARN_DAYS)[number] | null {
  if (keyState(key, now) !== 'active') return null;
  const left = daysLeft(key, now);
  return left === null ? null : (WARN_DAYS.findLast((days) => left <= days) ?? null);
}
