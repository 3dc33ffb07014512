import type { NameTokens } from './tokens.js';

/**
 * Borne by most men or most women of a faith, whole households of them: they tell that, and not one person from another.
 */
export const SHARED_BY_MANY: ReadonlySet<string> = new Set(
  'singh kaur begum begam bibi khatun khatoon bano'.split(' '),
);

/** The distinct sets of given names after the first; set 0 is "none". */
export class MiddleSets {
  private readonly sets: Uint32Array[] = [new Uint32Array(0)];
  private readonly ids = new Map<string, number>();

  constructor(private readonly tokens: NameTokens) {}

  /** Of the word numbers at `from` up to `to`, in any order. */
  id(words: ArrayLike<number>, from: number, to: number): number {
    const set = new Set<number>();
    for (let at = from; at < to; at++) if (!SHARED_BY_MANY.has(this.tokens.words[words[at]!]!)) set.add(words[at]!);
    return set.size === 0 ? 0 : this.idOf([...set]);
  }

  both(a: number, b: number): number {
    return a === 0 || b === 0 ? a + b : this.idOf([...new Set([...this.sets[a]!, ...this.sets[b]!])]);
  }

  words(id: number): Uint32Array {
    return this.sets[id]!;
  }

  get count(): number {
    return this.sets.length;
  }

  private idOf(words: number[]): number {
    const key = words.sort((a, b) => a - b).join();
    let id = this.ids.get(key);
    if (id === undefined) {
      this.ids.set(key, (id = this.sets.length));
      this.sets.push(Uint32Array.from(words));
    }
    return id;
  }
}
