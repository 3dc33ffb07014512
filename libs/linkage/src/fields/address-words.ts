import { rowNumbers } from './row-numbers.js';
import { isOneEditApart } from '../comparing/edits.js';
import { lettersOf, ones } from '../comparing/letters.js';
import type { Column } from '../linking/table.js';
import { AddressReader, FEW_WORDS } from './address-reader.js';
import { pairedAtoms, rowCodes } from './codes.js';
import type { Atom } from './field.js';

const SAME = 0;
const SAME_STREET = 1;
const ALIKE = 2;
const A_LITTLE = 3;
const OTHER = 4;

/** What each word of the second address found in the first. */
const BEST = new Float64Array(FEW_WORDS);

/** Addresses as words weighted by rarity (bits), with their house numbers apart. */
export class AddressWords {
  /** Per address column (of now, of before) the rows' addresses. */
  readonly codes: Uint32Array[];
  readonly atoms: Atom[];
  private readonly start: Uint32Array;
  private readonly words: Uint32Array;
  /** Per address a number for its house numbers; 0 where there are none. */
  private readonly numbers: Uint32Array;
  private readonly bits: Float32Array;
  private readonly weight: Float32Array;
  private readonly texts: string[];
  private readonly letters: Uint32Array;

  /** In: address columns over one dictionary. */
  constructor(addresses: readonly Column[], rows: number) {
    const read = new AddressReader();
    const perValue = Uint32Array.from(addresses[0]!.values, (value) => read.code(value));
    const { lists, numbers } = read;
    this.texts = read.words;
    this.codes = addresses.map((address) => rowCodes(address, perValue, rows));
    this.numbers = Uint32Array.from(numbers);
    this.start = new Uint32Array(lists.length + 1);
    lists.forEach((list, code) => (this.start[code + 1] = this.start[code]! + list.length));
    this.words = Uint32Array.from(lists.flat());
    this.letters = Uint32Array.from(this.texts, lettersOf);
    this.bits = this.rarity(rows);
    this.weight = Float32Array.from(lists, (list) => list.reduce((sum, word) => sum + this.bits[word]!, 0));
    this.atoms = this.makeAtoms(rows, lists);
  }

  private rarity(rows: number): Float32Array {
    const counts = new Uint32Array(this.texts.length);
    for (const codes of this.codes)
      for (const code of codes)
        for (let at = this.start[code]!; at < this.start[code + 1]!; at++) counts[this.words[at]!]!++;
    return Float32Array.from(counts, (count) => Math.log2(Math.max(rows, 2) / Math.max(count, 1)));
  }

  /** 0 same address, 1 same street, 2 alike, 3 a little alike, 4 other. In: codes of two different addresses. */
  relate(a: number, b: number): number {
    const [x, y] = [this.numbers[a]!, this.numbers[b]!];
    const sameNumber = x !== 0 && x === y;
    const whole = this.weight[a]! + this.weight[b]!;
    const alike = whole === 0 ? 0 : this.shared(a, b) / whole;
    if (alike >= 0.8) return sameNumber || (x === 0 && y === 0) ? SAME : SAME_STREET;
    if (alike >= 0.55) return sameNumber ? SAME : ALIKE;
    if (alike >= 0.25) return sameNumber ? ALIKE : A_LITTLE;
    return OTHER;
  }

  /** Bits of what either has of the other, added up: each word counts as its best counterpart. */
  private shared(a: number, b: number): number {
    const { start, words, bits } = this;
    const [from, to, first, last] = [start[a]!, start[a + 1]!, start[b]!, start[b + 1]!];
    if (to - from > FEW_WORDS || last - first > FEW_WORDS) return 2 * this.sharedExactly(a, b);
    BEST.fill(0, 0, last - first);
    let sum = 0;
    for (let i = from; i < to; i++) {
      const word = words[i]!;
      let best = 0;
      for (let j = first; j < last; j++) {
        const other = words[j]!;
        const worth =
          word === other ? bits[word]! : this.isSlip(word, other) ? 0.8 * Math.min(bits[word]!, bits[other]!) : 0;
        if (worth > best) best = worth;
        if (worth > BEST[j - first]!) BEST[j - first] = worth;
      }
      sum += best;
    }
    for (let j = 0; j < last - first; j++) sum += BEST[j]!;
    return sum;
  }

  private isSlip(word: number, other: number): boolean {
    const [p, q] = [this.letters[word]!, this.letters[other]!];
    if (ones(p & ~q) > 1 || ones(q & ~p) > 1) return false;
    const [x, y] = [this.texts[word]!, this.texts[other]!];
    return x.length > 3 && y.length > 3 && isOneEditApart(x, y);
  }

  /** Notes of many words: the same words alone count, looked up in the longer of the two. */
  private sharedExactly(a: number, b: number): number {
    const length = (code: number): number => this.start[code + 1]! - this.start[code]!;
    const [few, many] = length(a) <= length(b) ? [a, b] : [b, a];
    const seen = new Set<number>();
    let sum = 0;
    for (let i = this.start[few]!; i < this.start[few + 1]!; i++) {
      const word = this.words[i]!;
      if (seen.has(word) || !isIn(this.words, this.start[many]!, this.start[many + 1]!, word)) continue;
      seen.add(word);
      sum += this.bits[word]!;
    }
    return sum;
  }

  private makeAtoms(rows: number, lists: number[][]): Atom[] {
    const rarest = lists.map((list) => twoRarest(list, this.bits));
    const keys = (name: string, of: (at: number) => number): Atom[] => {
      const per = Uint32Array.from(lists, (_, at) => (at === 0 ? 0 : of(at)));
      return pairedAtoms(
        name,
        'place',
        this.codes.map((codes) => {
          const made = rowNumbers(rows);
          for (let row = 0; row < rows; row++) made[row] = per[codes[row]!]!;
          return { name, values: [], codes: made };
        }),
      );
    };
    const first = (at: number): number => rarest[at]![0];
    const streets = keys('rarest word of address', first);
    streets[0]!.sign = true;
    return [
      ...keys('house number and rarest word', (at) =>
        this.numbers[at] === 0 || first(at) === 0 ? 0 : keyOf(this.numbers[at]!, first(at)),
      ),
      ...streets,
      ...keys('second rarest word of address', (at) => rarest[at]![1]),
    ];
  }
}

/** The two rarest words of an address, 0 where it has fewer. */
function twoRarest(list: readonly number[], bits: Float32Array): [number, number] {
  let [first, second] = [0, 0];
  const rarer = (p: number, q: number): boolean => q === 0 || bits[p]! > bits[q]! || (bits[p]! === bits[q]! && p < q);
  for (const word of list) {
    if (rarer(word, first)) [first, second] = [word, first];
    else if (rarer(word, second)) second = word;
  }
  return [first, second];
}

/** Binary search. */
function isIn(words: Uint32Array, from: number, to: number, word: number): boolean {
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (words[middle]! < word) from = middle + 1;
    else if (words[middle]! > word) to = middle;
    else return true;
  }
  return false;
}

/** Two numbers as one key; that two pairs share one is as rare as a hash is long. */
function keyOf(a: number, b: number): number {
  const hash = Math.imul(Math.imul(a, 0x9e3779b1) ^ b, 0x85ebca6b);
  return (hash ^ (hash >>> 15)) >>> 0 || 1;
}
