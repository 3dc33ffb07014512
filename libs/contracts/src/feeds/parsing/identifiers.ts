import type { Path } from './row-error.js';

/** Fields whose value is an identifier: a bad one is left out, and said so, but the row about the person is kept. */
const IDENTIFIERS = new Set(['nhsNumber', 'niNumber', 'uprn', 'postcode', 'number', 'telephone', 'email']);
const LISTS_OF_IDENTIFIERS = new Set(['telephones', 'emails']);

/** Whether a path (parts joined by dots) names an identifier: a bad one sets aside the field, not the row. */
export function isIdentifier(path: string): boolean {
  const parts = path.split('.');
  const last = parts.at(-1) ?? '';
  return IDENTIFIERS.has(last) || (/^\d+$/.test(last) && LISTS_OF_IDENTIFIERS.has(parts.at(-2) ?? ''));
}

/** Takes the values at these paths out of a cleansed row (changed in place), list entries from the back. */
export function leaveOut(row: unknown, paths: readonly string[]): void {
  const deepestLast = paths
    .map((path): Path => path.split('.'))
    .sort((a, b) => Number(b.at(-1)) - Number(a.at(-1)) || 0);
  for (const path of deepestLast) {
    let holder = row as Record<PropertyKey, unknown>;
    for (const part of path.slice(0, -1)) holder = holder[part] as Record<PropertyKey, unknown>;
    const last = path.at(-1) ?? '';
    if (Array.isArray(holder)) holder.splice(Number(last), 1);
    else delete holder[last];
  }
}
