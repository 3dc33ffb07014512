/** Letters that are not a base letter plus an accent, and how they are written without (ICAO Doc 9303-3, section 6.A, shortened). */
const LETTERS: Record<string, string> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ħ: 'h',
  ı: 'i',
  ŋ: 'n',
};
const LETTER = /[ßæœøłđðþħıŋ]/g;
/** Accents of Latin, Greek and Cyrillic, Hebrew points, Arabic vowel signs. Marks of Indian scripts are letters and stay. */
const ACCENTS = /[\u0300-\u036f\u0591-\u05bd\u064b-\u065f\u0670]/g;
const APOSTROPHES = /['\u2018\u2019\u201b\u02bc\u02bb\u02b9\u0060\u00b4\uff07]/g;
const PLAIN = /^[a-z]+$/;
/** Letters, digits, commas, hyphens and spaces, with nothing that is written in two ways (Mc Donald, O Brien). */
const SIMPLE = /^(?!.*\b(?:mc|o) )[a-z0-9](?:[a-z0-9 ,-]*[a-z0-9])?$/i;
const SPACES = /[ ,-]+/g;

/** Small words that stand before a surname: present in one file, missing or glued on in the next. */
const PARTICLES = new Set(
  'van von der den de da do dos das del della di du la le el al bin ibn binti bint ap ab ter ten zu af av'.split(' '),
);

/**
 * The form names are compared in: NFKC, no accents, lower case, apostrophes and dots taken out ("O’Brien" → "obrien"),
 * hyphens and other marks made spaces ("Smith-Jones" → "smith jones"), "Mc Donald" and "O Brien" written as one word.
 * Never shown to people. Safe on any string; may give "" for one without letters.
 */
export function normaliseName(text: string): string {
  if (PLAIN.test(text)) return text;
  if (SIMPLE.test(text)) return text.toLowerCase().replace(SPACES, ' ');
  return text
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFD')
    .replace(ACCENTS, '')
    .normalize('NFC')
    .replace(LETTER, (letter) => LETTERS[letter] ?? letter)
    .replace(APOSTROPHES, '')
    .replace(/(?<=\p{L})\.(?=\p{L})|[\u200c\u200d]/gu, (mark) => (mark === '.' ? ' ' : ''))
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim()
    .replace(/(^| )mc (?=\p{L}{3})/gu, '$1mc')
    .replace(/(^| )o (?=\p{L}{3})/gu, '$1o');
}

/**
 * The words of a name in their normal form, in the order given. Particles (van, de, al, bin …) are left out unless
 * nothing else is left ("Le" stays "le"); `{ particles: true }` keeps them.
 */
export function nameTokens(text: string, options: { particles?: boolean } = {}): string[] {
  const normal = normaliseName(text);
  if (normal === '') return [];
  const tokens = normal.split(' ');
  if (options.particles || tokens.length === 1) return tokens;
  const kept = tokens.filter((token) => !PARTICLES.has(token));
  return kept.length > 0 ? kept : tokens;
}
