import type { RowError } from './row-error.js';

/** Key order does not matter; list order does. */
function sameJson(a: unknown, b: unknown): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const [left, right] = [a as Record<string, unknown>, b as Record<string, unknown>];
  const keys = Object.keys(left);
  return (
    keys.length === Object.keys(right).length && keys.every((key) => key in right && sameJson(left[key], right[key]))
  );
}

/**
 * A MARAC referral names its victim as `victim`, or as `person` like every other feed. Changes a cleansed row in place so
 * that only `victim` is left. Both, and different, is an error: nobody may guess which of two people is at risk.
 */
export function takePersonAsVictim(row: unknown): RowError[] {
  if (typeof row !== 'object' || row === null || Array.isArray(row)) return [];
  const referral = row as { victim?: unknown; person?: unknown };
  if (referral.person === undefined) return [];
  if (referral.victim !== undefined && !sameJson(referral.victim, referral.person)) {
    const message = 'Victim and person are both given and differ: give one of them';
    return [{ path: 'person', code: 'conflicting_fields', message }];
  }
  referral.victim = referral.person;
  delete referral.person;
  return [];
}
