import { jaroWinkler } from '../comparing/jaro-winkler.js';
import { lettersOf, mayBeAlike } from '../comparing/letters.js';

/** Jaro–Winkler from which two names look alike. */
const ALIKE = 0.88;

/** Symmetric. Most names are told apart by their letters alone. */
export function lookAlike(x: string, y: string): boolean {
  return mayBeAlike(x, y, lettersOf(x), lettersOf(y), ALIKE) && jaroWinkler(x, y) >= ALIKE;
}
