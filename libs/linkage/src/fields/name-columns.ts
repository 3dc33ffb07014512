import type { Column } from '../linking/table.js';

export type NamePart = 'given' | 'middle' | 'surname' | 'full';

/** What a column of a name comparison holds. */
export interface NameColumn {
  part: NamePart;
  /** Of another name the person has or had: columns of one such name have the same text here. Null: the name itself. */
  alias: string | null;
  /** What a single word is where a whole name may stand. */
  lone: 'given' | 'surname';
}

const NOW_TOO =
  /\b(alias|aliases|aka|nickname|nicknames|nick name|known as|known by|preferred|pseudonym|alternative|alternate)\b/;
const BEFORE =
  /\b(former|formerly|previous|prev|old|maiden|nee|married|(birth|other) (sur|last |family )name|birth name|name at birth)\b/;
const WHOLE_SURNAME = /\b(maiden|nee)\b/;
const PARTS = /\b(fore|given|first|christian|middle|second|sur|last|family|full)?\s?(names?|initials?)?\b/g;

/** Which part of a name each column holds, and of which of the person's names: by what its heading says, else by its place. */
export function nameColumns(columns: readonly Pick<Column, 'name'>[]): NameColumn[] {
  const headings = columns.map(({ name }) => inWords(name));
  const aliases = headings.map((heading) => (NOW_TOO.test(heading) || BEFORE.test(heading) ? keyOf(heading) : null));
  // Aliases need a name to be aliases of.
  const own = aliases.every((alias) => alias !== null) ? columns : columns.filter((_, at) => aliases[at] === null);
  const parts = ownParts(own.map(({ name }) => name));
  return columns.map((column, at): NameColumn => {
    const place = own.indexOf(column);
    if (place !== -1) return { part: parts[place]!, alias: null, lone: 'surname' };
    const heading = headings[at]!;
    return {
      part: saidPart(column.name) ?? (WHOLE_SURNAME.test(heading) ? 'surname' : 'full'),
      alias: aliases[at]!,
      lone: BEFORE.test(heading) ? 'surname' : 'given',
    };
  });
}

export function partsOf(columns: readonly Pick<Column, 'name'>[]): NamePart[] {
  return nameColumns(columns).map(({ part }) => part);
}

function ownParts(names: readonly string[]): NamePart[] {
  const said = names.map(saidPart);
  if (names.length === 1) return [said[0] === 'given' || said[0] === 'surname' ? said[0] : 'full'];
  return said.map((part, at) => {
    if (part === 'given' && said.indexOf('given') < at) return 'middle';
    return part ?? (at === 0 ? 'given' : at === names.length - 1 ? 'surname' : 'middle');
  });
}

function saidPart(name: string): NamePart | null {
  const heading = name.toLowerCase().replace(/[^a-z]/g, '');
  if (/middle|second(given|fore)/.test(heading)) return 'middle';
  if (/surname|lastname|familyname|maiden|^sn$/.test(heading)) return 'surname';
  if (/given|forename|firstname|christian/.test(heading)) return 'given';
  return null;
}

/** `aliasForename2` and `alias_surname_2` are of one name, "alias 2". */
function keyOf(heading: string): string {
  return heading.replace(PARTS, ' ').replace(/\s+/g, ' ').trim();
}

/** `knownAs`, `known_as` and `KNOWN AS` are "known as". */
function inWords(name: string): string {
  return name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .replace(/([a-z])(\d)/g, '$1 $2')
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();
}

/** Which of the words at `from` up to `to` are given names after the first. */
export function middleRange(part: NamePart, from: number, to: number): [number, number] {
  if (part === 'middle') return [from, to];
  return part === 'given' ? [from + 1, to] : part === 'full' ? [from + 1, to - 1] : [to, to];
}
