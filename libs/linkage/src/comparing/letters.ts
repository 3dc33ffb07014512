/** Which of the letters a text has, a bit each (32 bins by the low bits of the character code). */
export function lettersOf(text: string): number {
  let letters = 0;
  for (let at = 0; at < text.length; at++) letters |= 1 << (text.charCodeAt(at) & 31);
  return letters >>> 0;
}

/** Bits set in a 32-bit number. */
export function ones(bits: number): number {
  bits -= (bits >>> 1) & 0x55555555;
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/**
 * Whether Jaro–Winkler of two texts can reach `least` at all, from their lengths, letters and first letters alone: most
 * pairs are told apart by these, many times faster than by comparing.
 */
export function mayBeAlike(a: string, b: string, lettersA: number, lettersB: number, least: number): boolean {
  const jaro = jaroAtMost(a.length, b.length, lettersA, lettersB);
  if (jaro === 0) return false;
  if (jaro >= least) return true;
  let prefix = 0;
  while (prefix < 4 && a.charCodeAt(prefix) === b.charCodeAt(prefix)) prefix++;
  return prefix > 0 && jaro + prefix * 0.1 * (1 - jaro) >= least;
}

/** The most Jaro similarity two texts can have, from their lengths and letters alone. */
export function jaroAtMost(lengthA: number, lengthB: number, lettersA: number, lettersB: number): number {
  const most = Math.min(lengthA - ones(lettersA & ~lettersB), lengthB - ones(lettersB & ~lettersA));
  return most <= 0 ? 0 : (most / lengthA + most / lengthB + 1) / 3;
}
