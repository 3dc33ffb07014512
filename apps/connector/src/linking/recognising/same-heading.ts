import { meaningOf, plainHeading } from './heading-role.js';

/**
 * Which column of the left file each of the right file is, where they are not called the same: one that is only spelt
 * otherwise (`First Name`, `first_name`), or the only one that means the same (`forename`, `given_name`; `sex`, `gender`).
 * Headings are read once each: of ten thousand there are a hundred million pairs.
 */
export function sameHeadings(header: readonly string[], left: readonly string[]): (name: string) => string | undefined {
  const rights = new Set(header);
  const [spelt, meant] = [by(plainHeading, left), by(meaningOf, left)];
  const [speltHere, meantHere] = [by(plainHeading, header), by(meaningOf, header)];
  return (name) => {
    const plain = plainHeading(name);
    const free = (spelt.get(plain) ?? []).filter((candidate) => !rights.has(candidate));
    if (free.length === 1 && speltHere.get(plain)?.length === 1) return free[0];
    const meaning = meaningOf(name);
    const [only, ...others] = meant.get(meaning) ?? [];
    if (meaning === null || only === undefined || others.length > 0 || rights.has(only)) return undefined;
    return meantHere.get(meaning)?.length === 1 ? only : undefined;
  };
}

function by<T>(read: (name: string) => T, names: readonly string[]): Map<T, string[]> {
  const found = new Map<T, string[]>();
  for (const name of names) {
    const key = read(name);
    const known = found.get(key);
    if (known === undefined) found.set(key, [name]);
    else known.push(name);
  }
  return found;
}
