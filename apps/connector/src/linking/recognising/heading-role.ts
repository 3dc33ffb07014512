import { readFileSync } from 'node:fs';

interface Headings {
  roles: Record<string, string[]>;
  aboutOthers: string[];
  formerly: string[];
  passedOver: string[];
  onlyWhole: string[];
  sameMeaning: string[][];
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

/** Of roles that hold many things, those headings that say one thing. */
const MEANINGS = new Map(
  TABLE.sameMeaning.flatMap((group) => group.map((text) => [text.replaceAll(' ', ''), group[0]!] as const)),
);

/** Roles of which a person has one: two files that each have one such column mean the same by it. */
const ONE_EACH: readonly Role[] = [
  'recordId',
  'forename',
  'middle',
  'surname',
  'formerName',
  'fullName',
  'birthDate',
  'birthYear',
  'birthMonth',
  'birthDay',
  'deathDate',
  'postcode',
  'email',
  'street',
  'town',
];

/** What a heading means, where two headings may mean the same: a role of which there is one, or a word for many; null: not known. */
export function meaningOf(text: string): string | null {
  const { role, formerly, ofOthers } = headingOf(text);
  if (role === null || formerly || ofOthers) return null;
  if (ONE_EACH.includes(role)) return role;
  const words = wordsOf(text).filter((word) => !/^\d+$/.test(word));
  const own = words.filter((word) => !PASSED_OVER.has(word));
  return MEANINGS.get(words.join('')) ?? MEANINGS.get(own.join('')) ?? null;
}

/** How surely a heading is that of an id, 0 the surest: `id` before `row number`. */
export function rankOfId(text: string): number {
  const words = wordsOf(text).join('');
  const rank = TABLE.roles['recordId']!.findIndex((one) => one.replaceAll(' ', '') === words);
  return rank === -1 ? TABLE.roles['recordId']!.length : rank;
}

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
