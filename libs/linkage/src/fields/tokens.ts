import { isOneEditApart } from '../comparing/edits.js';
import { jaroWinkler } from '../comparing/jaro-winkler.js';
import { jaroAtMost, lettersOf, mayBeAlike, ones } from '../comparing/letters.js';
import { fullNamesOf, standardForename, standardSurname } from '../names/name-tables.js';
import { soundCode } from '../preparing/sound-code.js';
import { PairCache } from './pair-cache.js';

/** How two name words are related, from the strongest; 0 is kept for "not compared yet". */
export const RELATION = {
  same: 1,
  variant: 2,
  typo: 3,
  twoNames: 4,
  sound: 5,
  jumbled: 6,
  similar: 7,
  initial: 8,
  truncated: 9,
  aLittleAlike: 10,
  different: 11,
} as const;

/** Jaro–Winkler from which two words look alike. */
const ALIKE = 0.86;
const A_LITTLE = 0.76;

/** The distinct words of a name comparison's columns. Word 0 is "none". */
export class NameTokens {
  readonly words: string[] = [''];
  /** Rows that hold the word as given name, as surname, at all. */
  given: Uint32Array = new Uint32Array(0);
  surname: Uint32Array = new Uint32Array(0);
  private readonly ids = new Map<string, number>();
  private readonly cache = new PairCache(1 << 14);
  private sounds: Uint32Array = new Uint32Array(0);
  private standardTexts: string[] = [];
  private standards: Uint32Array = new Uint32Array(0);
  /** Which of the letters a word has, a bit each. */
  private letters: Uint32Array = new Uint32Array(0);
  private lengths: Uint8Array = new Uint8Array(0);
  private firsts: Uint16Array = new Uint16Array(0);
  private hasFull: Uint8Array = new Uint8Array(0);
  /** Full names a short form may mean; null for a word that means itself alone. */
  private fulls: (readonly string[] | null)[] = [];

  id(word: string): number {
    let id = this.ids.get(word);
    if (id === undefined) {
      id = this.words.length;
      this.ids.set(word, id);
      this.words.push(word);
    }
    return id;
  }

  /** To be called once all words are known. */
  close(): void {
    const standards = this.words.map((word) => standardSurname(standardForename(word)));
    this.sounds = numbersOf(this.words.map((word) => (word.length < 2 ? '' : soundCode(word))));
    this.standards = numbersOf(standards);
    this.standardTexts = standards;
    this.letters = Uint32Array.from(this.words, lettersOf);
    this.lengths = Uint8Array.from(this.words, ({ length }) => Math.min(length, 255));
    this.firsts = Uint16Array.from(this.words, (word) => word.charCodeAt(0) || 0);
    this.fulls = standards.map((standard) => {
      const fulls = fullNamesOf(standard);
      return fulls.length === 1 && fulls[0] === standard ? null : fulls;
    });
    this.hasFull = Uint8Array.from(this.fulls, (fulls) => (fulls === null ? 0 : 1));
    this.roots = numbersOf(standards.map((standard) => fullNamesOf(standard)[0]!));
    this.given = new Uint32Array(this.words.length);
    this.surname = new Uint32Array(this.words.length);
  }

  /** Per word a number for how it sounds, and one for the full name it may be short for; 0 for none. */
  roots: Uint32Array = new Uint32Array(0);
  /** Per word a number for its letters in alphabetical order: jumbled words share it. */
  letterNumbers(): Uint32Array {
    return numbersOf(this.words.map((word) => (word.length < 3 ? '' : [...word].sort().join(''))));
  }

  get soundNumbers(): Uint32Array {
    return this.sounds;
  }

  /** Symmetric; both ids above 0. */
  relation(a: number, b: number): number {
    if (a === b) return RELATION.same;
    if (this.areFarApart(a, b)) return RELATION.different;
    const [low, high] = a < b ? [a, b] : [b, a];
    const place = this.cache.place(low, high);
    const known = this.cache.get(place);
    if (known !== 0) return known;
    const found = this.relate(low, high);
    this.cache.set(place, low, high, found);
    return found;
  }

  /** Most pairs of words have nothing in common: told from numbers alone, faster than remembering them would be. */
  private areFarApart(a: number, b: number): boolean {
    if (
      this.standards[a] === this.standards[b] ||
      this.sounds[a] === this.sounds[b] ||
      this.firsts[a] === this.firsts[b]
    )
      return false;
    if (this.hasFull[a] !== 0 || this.hasFull[b] !== 0) return false;
    return jaroAtMost(this.lengths[a]!, this.lengths[b]!, this.letters[a]!, this.letters[b]!) < A_LITTLE;
  }

  private relate(a: number, b: number): number {
    const [x, y] = [this.words[a]!, this.words[b]!];
    if (x.length === 1 || y.length === 1)
      return x.charCodeAt(0) === y.charCodeAt(0) ? RELATION.initial : RELATION.different;
    if (this.standards[a] === this.standards[b] || this.shareFullName(a, b)) return RELATION.variant;
    // Letters one has and the other lacks: most pairs are told apart by them alone.
    const [onlyA, onlyB] = [ones(this.letters[a]! & ~this.letters[b]!), ones(this.letters[b]! & ~this.letters[a]!)];
    if (onlyA < 2 && onlyB < 2 && x.length > 2 && y.length > 2 && isOneEditApart(x, y)) {
      // Ann and Anne are two names: one spelling must be rare beside the other to be its slip.
      return this.isSlip(a, b) ? RELATION.typo : RELATION.twoNames;
    }
    if (this.sounds[a] !== 0 && this.sounds[a] === this.sounds[b]) return RELATION.sound;
    if (onlyA < 2 && onlyB < 2 && x.length > 3 && y.length > 3 && isJumbled(x, y)) return RELATION.jumbled;
    const alike = mayBeAlike(x, y, this.letters[a]!, this.letters[b]!, A_LITTLE) ? jaroWinkler(x, y) : 0;
    if (alike >= ALIKE) return RELATION.similar;
    if (x.length > 2 && y.length > 2 && (x.startsWith(y) || y.startsWith(x))) return RELATION.truncated;
    return alike >= A_LITTLE ? RELATION.aLittleAlike : RELATION.different;
  }

  private shareFullName(a: number, b: number): boolean {
    const [x, y] = [this.fulls[a]!, this.fulls[b]!];
    if (x === null && y === null) return false;
    const [p, q] = [x ?? [this.standardTexts[a]!], y ?? [this.standardTexts[b]!]];
    return p.some((full) => q.includes(full));
  }

  private isSlip(a: number, b: number): boolean {
    const [x, y] = [this.given[a]! + this.surname[a]!, this.given[b]! + this.surname[b]!];
    const [few, many] = x < y ? [x, y] : [y, x];
    return few <= 3 || few * 20 < many;
  }
}

const JUMBLE = new Int8Array(32);

/** The same letters in another order, one letter more or less allowed. */
function isJumbled(x: string, y: string): boolean {
  if (Math.abs(x.length - y.length) > 1) return false;
  JUMBLE.fill(0);
  for (let at = 0; at < x.length; at++) JUMBLE[x.charCodeAt(at) & 31]!++;
  for (let at = 0; at < y.length; at++) JUMBLE[y.charCodeAt(at) & 31]!--;
  let apart = 0;
  for (let at = 0; at < 32; at++) apart += Math.abs(JUMBLE[at]!);
  return apart <= 1;
}

/** Equal texts get equal numbers from 1; '' gets 0. */
function numbersOf(texts: readonly string[]): Uint32Array {
  const ids = new Map<string, number>([['', 0]]);
  return Uint32Array.from(texts, (text) => {
    let id = ids.get(text);
    if (id === undefined) ids.set(text, (id = ids.size));
    return id;
  });
}
