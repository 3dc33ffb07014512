/** A name taken apart, or why it cannot be. */
export interface NameParts {
  surname?: string;
  forenames?: string[];
  title?: string;
  aliases?: { surname?: string; forenames?: string[] }[];
}
export type ReadName = NameParts | { problem: 'two_people' };

const TITLES: Record<string, string> = Object.fromEntries(
  'Mr Mrs Ms Miss Mx Dr Prof Professor Rev Reverend Revd Sir Lady Dame Lord Master Fr Father Sr Sister Cllr Councillor Capt Major Col Sgt Rabbi Imam Hon Mstr'
    .split(' ')
    .map((title) => [title.toLowerCase(), title]),
);
const PARTICLES = new Set(
  'van von der den de da do dos di du del della la le el al bin ibn bint ap ab af mac mc st st. san ter ten o'.split(
    ' ',
  ),
);
const REMARKS = /^(?:deceased|dec'?d|dec|the late|late|joint|sole|main|tenant|joint tenant|former|left|n\/a)$/i;

/** "MRS." → "Mrs"; text that is no title we know stays as it is. */
export function readTitle(text: string): string {
  const plain = text.trim().replace(/\.$/, '');
  return TITLES[plain.toLowerCase()] ?? text.trim();
}

const isTitle = (word: string | undefined): boolean =>
  word !== undefined && Object.hasOwn(TITLES, word.toLowerCase().replace(/\.$/, ''));

/** Whether a name cell holds two people: "Smith J & Jones K", "Mr and Mrs Sample". One is never made of them, nor two. */
export function namesTwoPeople(text: string): boolean {
  return /\p{L}[.'’]?\s*[&+;/\n]\s*\p{L}|\p{L}[.'’]?\s+(?:and|with)\s+\p{L}/iu.test(text);
}

/** "SMITH, John Paul (Mr)" · "Mr J P Smith" · "SMITH John" · "Smith J" · "Mary-Ann van der Berg". Letters stay as written. */
export function readFullName(given: string): ReadName {
  let text = given.trim().replace(/\s+/g, ' ');
  if (namesTwoPeople(given)) return { problem: 'two_people' };
  const found: NameParts = {};
  text = text.replace(/\s*[([]([^)\]]*)[)\]]\s*/g, (_whole, inside: string) => {
    const words = inside.trim();
    const birthName = /^(?:n[ée]e|formerly|was|aka)\s+(.+)$/i.exec(words);
    if (isTitle(words)) found.title = readTitle(words);
    else if (birthName) found.aliases = [{ surname: birthName[1]! }];
    else if (words !== '' && !REMARKS.test(words)) found.aliases = [{ forenames: words.split(' ') }];
    return ' ';
  });
  let parts = text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);
  const takeTitle = (words: string[]): string[] =>
    words.filter((word, index) => {
      // A title stands first or last; "Sir" in the middle is a name.
      if ((index !== 0 && index !== words.length - 1) || !isTitle(word) || words.length === 1) return true;
      found.title ??= readTitle(word);
      return false;
    });
  parts = parts.filter((part, index) => {
    if (index === 0 || !isTitle(part)) return true;
    found.title ??= readTitle(part);
    return false;
  });
  if (parts.length > 2) return { problem: 'two_people' };
  const [first = '', second] = parts;
  if (second !== undefined)
    return { surname: takeTitle(first.split(' ')).join(' '), ...forenames(takeTitle(second.split(' '))), ...found };
  const words = takeTitle(first.split(' ').filter(Boolean));
  if (words.length === 0) return found;
  if (words.length === 1) return { surname: words[0]!, ...found };
  if (surnameFirst(words)) return { surname: words[0]!, ...forenames(words.slice(1)), ...found };
  let start = words.length - 1;
  while (start > 1 && PARTICLES.has(words[start - 1]!.toLowerCase())) start--;
  return { surname: words.slice(start).join(' '), ...forenames(words.slice(0, start)), ...found };
}

/** "Smith J P": initials behind. "SMITH John": capitals in front only. */
function surnameFirst(words: string[]): boolean {
  const [first = '', ...rest] = words;
  const initials = (word: string) => /^(?:[A-Z]\.?){1,3}$/.test(word);
  if (first.replace(/\W/g, '').length > 2 && rest.every(initials)) return true;
  const shouted = (word: string) => word.length > 1 && word === word.toUpperCase() && word !== word.toLowerCase();
  return shouted(first) && first.length > 2 && rest.every((word) => !shouted(word));
}

function forenames(words: string[]): { forenames?: string[] } {
  const names = words.flatMap((word) => word.split(/(?<=^[A-Z])\.(?=[A-Z])|\.$/)).filter(Boolean);
  return names.length > 0 ? { forenames: names } : {};
}
