import type { Atom } from './field.js';
import type { NameRows } from './name-rows.js';
import { rowNumbers } from './row-numbers.js';

/** Keys of a person's further names that are looked at beside the first other one. */
const MOST_KEYS = 3;

/** Keys by which names meet; those of a person's other names too. */
export function nameAtoms(names: NameRows, rows: number): Atom[] {
  const { tokens, all } = names;
  const { given, surname } = all;
  const word = (of: (id: number) => string): Uint32Array => {
    const ids = new Map<string, number>([['', 0]]);
    return Uint32Array.from(tokens.words, (_, id) => {
      const text = id === 0 ? '' : of(id);
      let code = ids.get(text);
      if (code === undefined) ids.set(text, (code = ids.size));
      return code;
    });
  };
  const map = (source: Uint32Array, codes: Uint32Array): Uint32Array => {
    const made = rowNumbers(source.length);
    for (let name = 0; name < source.length; name++) made[name] = codes[source[name]!]!;
    return made;
  };
  const sounds = tokens.soundNumbers;
  const letters = tokens.letterNumbers();
  const starts = word((id) => (tokens.words[id]!.length > 1 ? tokens.words[id]!.slice(0, 3) : ''));
  const starts4 = word((id) => (tokens.words[id]!.length > 3 ? tokens.words[id]!.slice(0, 4) : ''));
  const ends = word((id) => (tokens.words[id]!.length > 3 ? tokens.words[id]!.slice(-4) : ''));
  const standards = tokens.roots;
  const both = rowNumbers(given.length);
  for (let name = 0; name < given.length; name++) {
    const [x, y] = [standards[given[name]!]!, standards[surname[name]!]!];
    if (x !== 0 && y !== 0)
      both[name] = (Math.imul(Math.min(x, y), 0x9e3779b1) ^ Math.imul(Math.max(x, y), 0x85ebca6b)) >>> 0 || 1;
  }
  const perName: Atom[] = [
    { name: 'given name', family: 'given', codes: map(given, standards), sign: true },
    { name: 'given name sound', family: 'given', codes: map(given, sounds) },
    { name: 'given name start', family: 'given', codes: map(given, starts) },
    { name: 'surname', family: 'surname', codes: map(surname, standards), sign: true },
    { name: 'surname sound', family: 'surname', codes: map(surname, sounds) },
    { name: 'surname start', family: 'surname', codes: map(surname, starts4) },
    { name: 'surname end', family: 'surname', codes: map(surname, ends) },
    { name: 'given name letters', family: 'given', codes: map(given, letters) },
    { name: 'surname letters', family: 'surname', codes: map(surname, letters) },
    { name: 'both names', family: 'given+surname', codes: both },
  ];
  const own = (source: Uint32Array, codes: Uint32Array): Uint32Array => map(source.subarray(0, rows), codes);
  const atoms: Atom[] = [
    ...perName.flatMap((atom) => perRow(atom, names, rows)),
    { name: 'a name', family: 'given+surname', codes: own(given, standards), more: own(surname, standards) },
    { name: 'a name by sound', family: 'given+surname', codes: own(given, sounds), more: own(surname, sounds) },
  ];
  return atoms.filter(({ codes }) => codes.some((code) => code !== 0));
}

/** In: a key for each name. Out: keys for each row, its other names' as second keys. */
function perRow(atom: Atom, { aliasStart }: NameRows, rows: number): Atom[] {
  if (aliasStart === null) return [atom];
  const codes = rowNumbers(rows);
  codes.set(atom.codes.subarray(0, rows));
  const more: Uint32Array[] = [];
  for (let row = 0; row < rows; row++) {
    if (aliasStart[row] === aliasStart[row + 1]) continue;
    const others = new Set(atom.codes.subarray(aliasStart[row], aliasStart[row + 1]));
    let at = 0;
    for (const code of others) {
      if (code === 0 || code === codes[row]) continue;
      if (at === MOST_KEYS) break;
      (more[at] ??= rowNumbers(rows))[row] = code;
      at++;
    }
  }
  if (more.length === 0) return [{ ...atom, codes }];
  return more.map((others, at) => ({
    ...atom,
    name: at === 0 ? atom.name : `${atom.name} ${at + 2}`,
    codes,
    more: others,
  }));
}
