import { fieldWords, pathText, type RowError } from './row-error.js';

/**
 * What is done about names and words written to look like others (UTS #39, "Unicode Security Mechanisms", sections 4 and 5):
 *
 * - Controls, bidirectional overrides and isolates, zero-width characters and the like refuse the field, and with it the row
 *   (`invalid_name`, `invalid_text`; libs/person, `hasHiddenCharacters`). Joiners that Persian and Indian names need are let through.
 * - One word of a name that mixes scripts whose letters look alike (a Cyrillic "а" in a Latin "Mary") refuses the row
 *   (`mixed_scripts`): nobody's name is written so, the pair could never be matched, and the sender is told which field. A name
 *   wholly in another script is a name; so are two words in two scripts.
 * - More than three marks heaped on one letter refuse the row (`invalid_name`): no orthography has more, and they hide the line above.
 * - Letters of another width or style (fullwidth, mathematical) stay as they were sent and are compared by their plain form (NFKC,
 *   `normaliseName`).
 * - Words that mark a refuge are looked for in the plain form, with lookalike letters read as the Latin ones (`plainForm`): an address
 *   cannot slip through as "Rеfuge" with a Cyrillic letter.
 */
const LOOKALIKE_SCRIPTS = [
  /\p{Script=Latin}/u,
  /\p{Script=Cyrillic}/u,
  /\p{Script=Greek}/u,
  /\p{Script=Armenian}/u,
  /\p{Script=Cherokee}/u,
  /\p{Script=Coptic}/u,
];
const WORDS = /[\p{L}\p{M}\p{N}]+/gu;
const HEAPED_MARKS = /\p{M}{4,}/u;
/** Plain text holds neither: most values are seen to be harmless by this alone. */
const PLAIN = /^[\x20-\x7e]*$/;

/** The fields of any feed in which a person's name stands. */
const NAME_FIELDS = new Set(['surname', 'forenames', 'name']);

/** Every name of a cleansed row that is written to look like another; one error a name. */
export function disguisedNames(row: unknown): RowError[] {
  const found: RowError[] = [];
  const path: (string | number)[] = [];

  function look(value: unknown, isName: boolean): void {
    if (typeof value === 'string') {
      if (isName && !PLAIN.test(value)) found.push(...problemsOf(value, path));
    } else if (Array.isArray(value)) value.forEach((entry, index) => step(index, entry, isName));
    else if (typeof value === 'object' && value !== null)
      for (const key in value) step(key, (value as Record<string, unknown>)[key], NAME_FIELDS.has(key));
  }
  function step(part: string | number, value: unknown, isName: boolean): void {
    if (!isName && (typeof value !== 'object' || value === null)) return;
    path.push(part);
    look(value, isName);
    path.pop();
  }

  look(row, false);
  return found;
}

function problemsOf(name: string, path: readonly (string | number)[]): RowError[] {
  const [where, field] = [pathText(path), fieldWords(path)];
  if (HEAPED_MARKS.test(name.normalize('NFD')) && HEAPED_MARKS.test(name.normalize('NFC')))
    return [{ path: where, code: 'invalid_name', message: `${field} has more marks on one letter than any name has` }];
  if ((name.match(WORDS) ?? []).some((word) => LOOKALIKE_SCRIPTS.filter((script) => script.test(word)).length > 1)) {
    const message = `${field} mixes letters of two alphabets in one word: type it anew in one of them`;
    return [{ path: where, code: 'mixed_scripts', message }];
  }
  return [];
}

/** Letters of other scripts that are drawn like Latin ones: the part of UTS #39's confusables.txt that spells English words. */
const LATIN_OF: Record<string, string> = Object.fromEntries(
  [
    ['a', 'аαɑ'],
    ['b', 'ЬВΒв'],
    ['c', 'сϲС'],
    ['d', 'ԁ'],
    ['e', 'еєεЕΕ'],
    ['f', 'ϝ'],
    ['g', 'ɡԍ'],
    ['h', 'һНΗн'],
    ['i', 'іιІΙӏ'],
    ['j', 'јЈ'],
    ['k', 'кκКΚ'],
    ['l', 'ⅼ'],
    ['m', 'мМΜ'],
    ['n', 'ոΝпη'],
    ['o', 'оοОΟσ'],
    ['p', 'рρРΡ'],
    ['r', 'гᴦ'],
    ['s', 'ѕЅ'],
    ['t', 'тτТΤ'],
    ['u', 'υսц'],
    ['v', 'ѵν'],
    ['w', 'ԝѡω'],
    ['x', 'хχХΧ'],
    ['y', 'уγУΥү'],
  ].flatMap(([latin, others]) => [...others!].map((other) => [other, latin!])),
);
const NOT_SEEN = /[\p{Cf}\p{Mn}]/gu;
const APOSTROPHES = /[\u2018\u2019\u02bc`]/g;

/** A text as a reader sees it, in plain letters: for looking for words in it. Never stored and never shown. */
export function plainForm(text: string): string {
  if (PLAIN.test(text)) return text.replaceAll('`', "'");
  return text
    .normalize('NFKD')
    .replace(NOT_SEEN, '')
    .replace(APOSTROPHES, "'")
    .replace(/[^\x20-\x7e]/gu, (letter) => LATIN_OF[letter] ?? letter);
}
