import { meaningOf, plainHeading } from './heading-role.js';

/**
 * Which column of the left file one of the right file is, where they are not called the same: one that is only spelt
 * otherwise (`First Name`, `first_name`), or the only one that means the same (`forename`, `given_name`; `sex`, `gender`).
 */
export function sameHeading(name: string, header: string[], left: string[]): string | undefined {
  const free = left.filter((candidate) => !header.includes(candidate));
  const plain = plainHeading(name);
  const spelt = free.filter((candidate) => plainHeading(candidate) === plain);
  if (spelt.length === 1 && header.filter((other) => plainHeading(other) === plain).length === 1) return spelt[0];
  const meaning = meaningOf(name);
  if (meaning === null) return undefined;
  const lefts = left.filter((candidate) => meaningOf(candidate) === meaning);
  return lefts.length === 1 &&
    free.includes(lefts[0]!) &&
    header.filter((other) => meaningOf(other) === meaning).length === 1
    ? lefts[0]
    : undefined;
}
