import { normaliseName } from '#person';
import { LONG_FORMS, UNIT_WORDS } from '../names/street-words.js';

/** Up to so many words are compared one by one, slips too; an address has no more. */
export const FEW_WORDS = 24;

/** What a token of an address is. */
const NUMBER = -1;
const UNIT = -2;

/** Addresses as numbers: each word, each set of house numbers and each address has its own. 0 is nothing. */
export class AddressReader {
  readonly words: string[] = [''];
  /** Per address its words, and a number for its house numbers. */
  readonly lists: number[][] = [[]];
  readonly numbers: number[] = [0];
  /** Per word the one it is short for; itself else. */
  private readonly long: number[] = [0];
  private readonly wordIds = new Map<string, number>([['', 0]]);
  private readonly numberIds = new Map<string, number>([['', 0]]);
  private readonly kinds = new Map<string, number>();
  private readonly byHash = new Map<number, number>();

  /** The number of an address; the same for one that only writes the same words otherwise. */
  code(text: string): number {
    if (text === '') return 0;
    let list: number[] = [];
    let digits = '';
    for (const token of normaliseName(text).split(' ')) {
      const kind = this.kindOf(token);
      if (kind === NUMBER) digits = digits === '' ? token : `${digits} ${token}`;
      else if (kind !== UNIT) {
        // A first word is no short form: "St Johns", "Dr Smith House".
        list.push(list.length > 0 ? this.long[kind]! : kind);
      }
    }
    if (digits === '' && list.length === 0) return 0;
    // Words of long texts once each and by number, so that they can be looked up; of short ones as they stand.
    if (list.length > FEW_WORDS) list = [...new Set(list)].sort((p, q) => p - q);
    const number = idOf(this.numberIds, digits);
    for (let hash = hashOf(list, number); ; hash = (hash + 1) | 0) {
      const known = this.byHash.get(hash);
      if (known === undefined) {
        const code = this.lists.push(list) - 1;
        this.byHash.set(hash, code);
        this.numbers.push(number);
        return code;
      }
      if (this.numbers[known] === number && sameList(this.lists[known]!, list)) return known;
    }
  }

  private kindOf(token: string): number {
    let kind = this.kinds.get(token);
    if (kind === undefined) {
      kind = /^\d+[a-z]?$/.test(token) ? NUMBER : token === '' || UNIT_WORDS.has(token) ? UNIT : this.wordId(token);
      this.kinds.set(token, kind);
    }
    return kind;
  }

  private wordId(word: string): number {
    const known = this.wordIds.get(word);
    if (known !== undefined) return known;
    const id = this.words.push(word) - 1;
    this.wordIds.set(word, id);
    this.long[id] = id;
    if (Object.hasOwn(LONG_FORMS, word)) this.long[id] = this.wordId(LONG_FORMS[word]!);
    return id;
  }
}

function idOf(ids: Map<string, number>, text: string): number {
  let id = ids.get(text);
  if (id === undefined) ids.set(text, (id = ids.size));
  return id;
}

function hashOf(list: readonly number[], number: number): number {
  let hash = Math.imul(number ^ 0x2545f491, 0x9e3779b1);
  for (const id of list) {
    hash = Math.imul(hash ^ id, 0x85ebca6b);
    hash ^= hash >>> 15;
  }
  return hash;
}

function sameList(a: readonly number[], b: readonly number[]): boolean {
  if (a.length !== b.length) return false;
  for (let at = 0; at < a.length; at++) if (a[at] !== b[at]) return false;
  return true;
}
