import { fieldWords, pathText, type RowError } from './row-error.js';

/** JSON.parse makes an own property of `__proto__`; the first code that copies such an object key by key is poisoned. */
const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype']);
/** The deepest row of any feed has 7 levels; the longest history has 2,000 events of 15 values. */
const MAX_DEPTH = 10;
const MAX_NODES = 100_000;

/**
 * A copy of parsed JSON that is safe to walk: no forbidden keys, bounded, and without `null` fields (many exports write
 * null for "not known"; in a feed that is the same as absent).
 */
export function cleanse(input: unknown): { value: unknown; errors: RowError[] } {
  const errors: RowError[] = [];
  // One path for the whole walk, grown and cut as it goes: a copy for every value cost more than the rest together.
  const path: (string | number)[] = [];
  let nodes = 0;

  function copy(value: unknown): unknown {
    if (typeof value !== 'object' || value === null) return value;
    nodes += 1;
    if (path.length > MAX_DEPTH || nodes > MAX_NODES) {
      if (!errors.some((error) => error.code === 'too_deep')) {
        errors.push({
          path: '',
          code: 'too_deep',
          message: 'The row has more levels or more entries than any row can have',
        });
      }
      return undefined;
    }
    if (Array.isArray(value)) return value.map((entry, index) => at(index, entry));
    const result: Record<string, unknown> = {};
    for (const [key, entry] of Object.entries(value)) {
      if (FORBIDDEN.has(key)) {
        const where = path.length === 0 ? 'The row' : fieldWords(path);
        errors.push({
          path: pathText(path),
          code: 'forbidden_field',
          message: `${where} has a field name that is not allowed`,
        });
      } else if (entry !== null && entry !== undefined) result[key] = at(key, entry);
    }
    return result;
  }

  function at(part: string | number, entry: unknown): unknown {
    if (typeof entry !== 'object' || entry === null) return entry;
    path.push(part);
    const result = copy(entry);
    path.pop();
    return result;
  }

  return { value: copy(input), errors };
}
