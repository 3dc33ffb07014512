/** Building a row of objects and lists from paths. Paths are places of the feed (targets.ts), so that no key can be __proto__. */

/** What stands at a path of a row. */
export function valueAt(row: unknown, path: string[]): unknown {
  return path.reduce<unknown>(
    (at, key) => (typeof at === 'object' && at !== null ? (at as Record<string, unknown>)[key] : undefined),
    row,
  );
}

/** Where one column gives a whole value and another a part of it, the parts win. */
export function put(target: Record<string, unknown>, path: string[], value: unknown): void {
  let here = target;
  const end = path.length - 1;
  // Paths are places of the feed (targets.ts), so that no key can be __proto__.
  for (let depth = 0; depth < end; depth++) {
    const key = path[depth]!;
    if (typeof here[key] !== 'object' || here[key] === null) here[key] = isPosition(path[depth + 1]!) ? [] : {};
    here = here[key] as Record<string, unknown>;
  }
  const last = path[end]!;
  if (typeof here[last] !== 'object') here[last] = value;
}

const isPosition = (key: string) => key.charCodeAt(0) <= 57;

/** Half of two people's names is nobody's: neither part is sent. */
export function forgetName(row: Record<string, unknown>, path: string): void {
  const holder = valueAt(row, path.split('.').slice(0, -1)) as Record<string, unknown> | undefined;
  for (const key of ['surname', 'forenames']) if (holder) delete holder[key];
}

/** Lists with holes (no first telephone) close up; the second address of a table is a previous one. */
export function closeUp(holder: Record<string, unknown>): void {
  for (const key in holder) {
    const value = holder[key];
    if (typeof value !== 'object' || value === null) continue;
    if (!Array.isArray(value)) {
      closeUp(value as Record<string, unknown>);
      continue;
    }
    if (key === 'addresses')
      value.forEach((address: { type?: string } | undefined, i) => {
        if (address && typeof address === 'object') address.type ??= i > 0 ? 'previous' : 'current';
      });
    const kept = (key === 'telephones' ? value.flat() : value).filter((entry) => entry !== undefined);
    for (const entry of kept)
      if (typeof entry === 'object' && entry !== null) closeUp(entry as Record<string, unknown>);
    holder[key] = kept;
  }
}
