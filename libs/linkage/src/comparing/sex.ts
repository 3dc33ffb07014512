import type { PreparedPerson } from '../preparing/prepared-person.js';

/** 'implied' when the given name agrees: that says nearly all that the sex could. Null when either is not known. */
export type SexLevel = 'agrees' | 'implied' | 'different';

/** @returns the level of agreement, or null when either sex is not known */
export function compareSex(a: PreparedPerson, b: PreparedPerson, forenameAgrees: boolean): SexLevel | null {
  if (a.sex === '' || b.sex === '') return null;
  if (a.sex !== b.sex) return 'different';
  return forenameAgrees ? 'implied' : 'agrees';
}
