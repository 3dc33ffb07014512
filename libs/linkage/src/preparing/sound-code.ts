/** Groups of letters by how they are said in British English, tried in order at the start of a name. */
const STARTS: [RegExp, string][] = [
  [/^mac(?=[a-z]{3})/, 'mk'],
  [/^mc/, 'mk'],
  [/^(kn|gn|pn)/, 'n'],
  [/^wr/, 'r'],
  [/^ps/, 's'],
  [/^wh/, 'w'],
  [/^x/, 's'],
];

/** Tried in order anywhere; kh, gh, dh, th, bh lose their h, so that transliterations meet. */
const ANYWHERE: [RegExp, string][] = [
  [/tch|tsch|cz|ch(?!r)/g, 'X'],
  [/sch|sh|sz/g, 'X'],
  [/ph/g, 'f'],
  [/(?<=[aeiouy])gh(?=t|$|[^aeiouy])/g, ''],
  [/dg(?=[eiy])/g, 'j'],
  [/ck|cq|q/g, 'k'],
  [/c(?=[eiy])/g, 's'],
  [/c/g, 'k'],
  [/x/g, 'ks'],
  [/z/g, 's'],
  [/v/g, 'f'],
  [/g(?=[eiy])/g, 'j'],
  [/g/g, 'k'],
  [/w(?![aeiouy])/g, ''],
  [/h/g, ''],
  [/d(?=t)|t(?=d)/g, ''],
];

/** Names come again and again: finding a record's candidates was mostly this. Emptied when full. */
const KNOWN = new Map<string, string>();
const MOST_KNOWN = 20_000;

/**
 * How a normalised name sounds, at most six letters: a consonant skeleton in the spirit of Metaphone (L. Philips, 1990),
 * laxer, because it only has to bring spellings together; the comparators judge them.
 */
export function soundCode(name: string): string {
  const known = KNOWN.get(name);
  if (known !== undefined) return known;
  if (KNOWN.size >= MOST_KNOWN) KNOWN.clear();
  const code = codeOf(name);
  KNOWN.set(name, code);
  return code;
}

function codeOf(name: string): string {
  let text = name.replace(/[^a-z]/g, '');
  // Scripts without Latin letters have no code of ours: such a name sounds like itself.
  if (text === '') return name.slice(0, 6);
  for (const [start, sound] of STARTS) {
    if (start.test(text)) {
      text = text.replace(start, sound);
      break;
    }
  }
  const vowelFirst = /^h?[aeiouy]/.test(text) && !/^y[aeiou]/.test(text);
  for (const [group, sound] of ANYWHERE) text = text.replace(group, sound);
  const skeleton = text.replace(/[aeiouy]+/g, '').replace(/(.)\1+/g, '$1');
  return ((vowelFirst ? 'a' : '') + skeleton || text.charAt(0)).slice(0, 6);
}
