import { readFileSync } from 'node:fs';

interface Headings {
  roles: Record<string, string[]>;
  aboutOthers: string[];
  formerly: string[];
  passedOver: string[];
  onlyWhole: string[];
}
const TABLE = JSON.parse(readFileSync(new URL('./headings.json', import.meta.url), 'utf8')) as Headings;

/** What a column is to a person. `apart` is about the row, not the person. */
export type Role =
  | 'recordId'
  | 'forename'
  | 'middle'
  | 'surname'
  | 'formerName'
  | 'fullName'
  | 'birthDate'
  | 'birthYear'
  | 'birthMonth'
  | 'birthDay'
  | 'year'
  | 'month'
  | 'day'
  | 'deathDate'
  | 'postcode'
  | 'houseNumber'
  | 'addressLine'
  | 'street'
  | 'locality'
  | 'town'
  | 'email'
  | 'phone'
  | 'identifier'
  | 'category'
  | 'text'
  | 'apart';

/** What a heading says. `formerly`: of an earlier time; `ofOthers`: of another person than the row's. */
export interface Heading {
  role: Role | null;
  formerly: boolean;
  ofOthers: boolean;
}

const SYNONYMS = new Map<string, Role>();
for (const [role, texts] of Object.entries(TABLE.roles))
  for (const text of texts) SYNONYMS.set(text.replaceAll(' ', ''), role as Role);
const LONGEST = Math.max(
  ...Object.values(TABLE.roles)
    .flat()
    .map((text) => text.split(' ').length),
);
const ABOUT_OTHERS = new Set(TABLE.aboutOthers);
const FORMERLY = new Set(TABLE.formerly);
const PASSED_OVER = new Set(TABLE.passedOver);
const ONLY_WHOLE = new Set(TABLE.onlyWhole.map((text) => text.replaceAll(' ', '')));

/** Reads a heading in any spelling: `first_name`, `FirstName`, `First Name 2`, `tenant.forename`. */
export function headingOf(text: string): Heading {
  const words = wordsOf(text);
  const formerly = words.some((word) => FORMERLY.has(word));
  const ofOthers = words.some((word) => ABOUT_OTHERS.has(word));
  const whole = SYNONYMS.get(words.join(''));
  if (whole) return { role: whole, formerly: formerly && whole !== 'formerName', ofOthers };
  const own = words.filter((word) => !PASSED_OVER.has(word) && !FORMERLY.has(word) && !/^\d+$/.test(word));
  return { role: SYNONYMS.get(own.join('')) ?? partOf(own), formerly, ofOthers };
}

/** A heading without its spelling, to tell whether two files mean the same: `First Name` and `first_name`. */
export function plainHeading(text: string): string {
  return wordsOf(text).join(' ');
}

function wordsOf(text: string): string[] {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replace(/([A-Za-z])(\d)/g, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}

/** The longest run of words that is a synonym, the last of equals (an "address UPRN" is a UPRN); words that mean something only alone do not count inside a longer heading. */
function partOf(words: string[]): Role | null {
  for (let length = Math.min(LONGEST, words.length); length > 0; length--) {
    for (let at = words.length - length; at >= 0; at--) {
      const run = words.slice(at, at + length).join('');
      if (!ONLY_WHOLE.has(run) && SYNONYMS.has(run)) return SYNONYMS.get(run)!;
    }
  }
  return null;
}
