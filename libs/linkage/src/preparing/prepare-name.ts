import { nameTokens, normaliseName } from '#person';
import { fullNamesOf, standardForename, standardSurname } from '../names/name-tables.js';
import type { PreparedName } from './prepared-person.js';
import { soundCode } from './sound-code.js';

const TITLES = new Set(
  'mr mrs miss ms mx dr rev prof sir dame lady lord master jr snr jnr sr junior senior nee'.split(' '),
);

/** Lord, Master and Senior are surnames too: a title goes only when another word stays. */
function tellingWords(words: string[]): string[] {
  const telling = words.filter((word) => word !== '' && !TITLES.has(word) && !/^\d+$/.test(word));
  return telling.length > 0 ? telling : words.filter((word) => word !== '');
}

/** In: surname and forenames as sent. Out: null when no word is left. */
export function prepareName(surname: string | undefined, forenames: readonly string[]): PreparedName | null {
  const given = tellingWords(forenames.flatMap((name) => normaliseName(name).split(' ')));
  const parts = tellingWords(nameTokens(surname ?? ''));
  if (parts.length === 0 && given.length === 0) return null;
  const joined = parts.join('');
  const standards = given.map(standardForename);
  const first = standards[0] ?? '';
  return {
    surname: joined,
    standardSurname: parts.map(standardSurname).join(''),
    surnameParts: parts.map(standardSurname),
    surnameSound: soundCode(joined),
    forenames: given,
    standardForenames: standards,
    forenameSound: soundCode(given[0] ?? ''),
    fullNames: first === '' ? [] : fullNamesOf(first),
  };
}
