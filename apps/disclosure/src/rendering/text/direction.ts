/** Hebrew, Arabic and their kin (Unicode blocks U+0590–U+08FF and the presentation forms). */
const RTL = /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFF]/;
const STRONG = /\p{L}/u;

export function hasRightToLeft(text: string): boolean {
  return RTL.test(text);
}

/**
 * A line as it is drawn, left to right: the words of right-to-left scripts stand in reverse, and where a line begins with one, its runs do
 * too. The font turns the letters within a word. Enough of UAX #9 for names and short texts: embedded levels beyond two are not kept.
 */
export function visualOrder(line: string): string {
  if (!hasRightToLeft(line)) return line;
  const words = line.split(' ');
  const base = isRtl(words.find((word) => STRONG.test(word)) ?? '');
  const runs: { rtl: boolean; words: string[] }[] = [];
  for (const word of words) {
    const rtl = STRONG.test(word) ? isRtl(word) : (runs.at(-1)?.rtl ?? base);
    const last = runs.at(-1);
    if (last?.rtl === rtl) last.words.push(word);
    else runs.push({ rtl, words: [word] });
  }
  if (base) runs.reverse();
  return runs.flatMap(({ rtl, words: run }) => (rtl ? [...run].reverse() : run)).join(' ');
}

function isRtl(word: string): boolean {
  const first = [...word].find((character) => STRONG.test(character));
  return first !== undefined && RTL.test(first);
}
