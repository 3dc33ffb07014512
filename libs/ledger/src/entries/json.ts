import { LedgerError } from '../errors.js';

// Deeper than any real detail, shallow enough for a hostile one to cost nothing.
const MAX_DEPTH = 16;

/**
 * Throws `entry_invalid` unless the value is exactly what JSON can carry: plain objects, arrays, well-formed strings,
 * finite numbers that survive a round trip, booleans, null. A member that is `undefined` counts as absent.
 * `path` names the place in errors; content is never quoted, it might be someone's.
 */
export function requireJson(value: unknown, path: string, depth = 0): void {
  if (depth > MAX_DEPTH) throw new LedgerError('entry_invalid', `${path} is nested too deeply`);
  if (value === null || typeof value === 'boolean') return;
  if (typeof value === 'string' && value.isWellFormed()) return;
  if (typeof value === 'number' && Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value)))
    return;
  if (Array.isArray(value)) {
    for (let at = 0; at < value.length; at++) requireJson(value[at], `${path}[${at}]`, depth + 1);
    return;
  }
  if (!isPlainObject(value)) throw new LedgerError('entry_invalid', `${path} is not plain JSON`);
  for (const [key, member] of Object.entries(value)) {
    if (!key.isWellFormed()) throw new LedgerError('entry_invalid', `${path} has a name that is not well-formed`);
    if (member !== undefined) requireJson(member, `${path}.*`, depth + 1);
  }
}

/** An object written as `{…}` or parsed from JSON: no class, no `toJSON`, no getter that could answer differently twice. */
export function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return false;
  return Object.values(Object.getOwnPropertyDescriptors(value)).every(
    (property) => property.get === undefined && typeof property.value !== 'function',
  );
}
