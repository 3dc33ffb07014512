import type { PreparedPerson } from '../preparing/prepared-person.js';
import { SEX } from './fields.js';

/** A level of sex, another where the forename agrees: that says nearly all that the sex could. 0 when either is not known. */
export function compareSex(a: PreparedPerson, b: PreparedPerson, forenameAgrees: boolean): number {
  if (a.sex === '' || b.sex === '') return 0;
  if (a.sex === b.sex) return forenameAgrees ? SEX.implied : SEX.agrees;
  return forenameAgrees ? SEX.contradicted : SEX.different;
}
