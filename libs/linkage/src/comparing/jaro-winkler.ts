/**
 * Jaro–Winkler similarity of two strings, 0 to 1 (W. Winkler, 1990: prefix scale 0.1, at most 4 letters, boosted only
 * above 0.7 as in the Census Bureau's strcmp95, without its table of look-alike letters).
 */
export function jaroWinkler(a: string, b: string): number {
  if (a === b) return 1;
  // It takes the square of the length: what two texts have in common shows in their first letters.
  if (a.length > MOST_LETTERS) a = a.slice(0, MOST_LETTERS);
  if (b.length > MOST_LETTERS) b = b.slice(0, MOST_LETTERS);
  const jaro = jaroOf(a, b);
  if (jaro <= 0.7) return jaro;
  let prefix = 0;
  while (prefix < 4 && prefix < a.length && prefix < b.length && a.charCodeAt(prefix) === b.charCodeAt(prefix))
    prefix++;
  return jaro + prefix * 0.1 * (1 - jaro);
}

// Names are short: marks live in two reused arrays. Longer strings get their own.
const MOST_LETTERS = 128;
const MARKS_A = new Uint8Array(MOST_LETTERS);
const MARKS_B = new Uint8Array(MOST_LETTERS);

function jaroOf(a: string, b: string): number {
  if (a.length === 0 || b.length === 0) return 0;
  const inA = a.length <= MOST_LETTERS ? MARKS_A.fill(0, 0, a.length) : new Uint8Array(a.length);
  const inB = b.length <= MOST_LETTERS ? MARKS_B.fill(0, 0, b.length) : new Uint8Array(b.length);
  const reach = Math.max(0, Math.floor(Math.max(a.length, b.length) / 2) - 1);
  let matches = 0;
  for (let i = 0; i < a.length; i++) {
    const letter = a.charCodeAt(i);
    const last = Math.min(b.length - 1, i + reach);
    for (let j = Math.max(0, i - reach); j <= last; j++) {
      if (inB[j] === 0 && b.charCodeAt(j) === letter) {
        inA[i] = inB[j] = 1;
        matches++;
        break;
      }
    }
  }
  if (matches === 0) return 0;
  let outOfOrder = 0;
  for (let i = 0, j = 0; i < a.length; i++) {
    if (inA[i] === 0) continue;
    while (inB[j] === 0) j++;
    if (a.charCodeAt(i) !== b.charCodeAt(j)) outOfOrder++;
    j++;
  }
  return (matches / a.length + matches / b.length + (matches - Math.floor(outOfOrder / 2)) / matches) / 3;
}
