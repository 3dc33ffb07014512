import { headingOf, plainHeading, type Role } from './heading-role.js';

/** Roles of which a person has one: two files that each have one such column mean the same by it. */
const ONE_EACH: Role[] = [
  'recordId',
  'forename',
  'middle',
  'surname',
  'fullName',
  'birthDate',
  'birthYear',
  'birthMonth',
  'birthDay',
  'postcode',
  'email',
  'street',
  'town',
];

/**
 * Which column of the left file one of the right file is, where they are not called the same: one that is only spelt
 * otherwise (`First Name`, `first_name`), or the only one that means the same (`forename`, `given_name`).
 */
export function sameHeading(name: string, header: string[], left: string[]): string | undefined {
  const free = left.filter((candidate) => !header.includes(candidate));
  const plain = plainHeading(name);
  const spelt = free.filter((candidate) => plainHeading(candidate) === plain);
  if (spelt.length === 1 && header.filter((other) => plainHeading(other) === plain).length === 1) return spelt[0];
  const role = headingOf(name).role;
  if (role === null || !ONE_EACH.includes(role)) return undefined;
  const means = (candidate: string) => {
    const heading = headingOf(candidate);
    return heading.role === role && !heading.formerly && !heading.ofOthers;
  };
  const lefts = left.filter(means);
  return means(name) && lefts.length === 1 && free.includes(lefts[0]!) && header.filter(means).length === 1
    ? lefts[0]
    : undefined;
}
