import { RELATION } from '../../fields/tokens.js';
import type { Rung } from './comparison.js';
import type { Dialect } from './dialect.js';
import type { NameTables, Word } from './name-tables-sql.js';

/** How two words are related (fields/tokens.ts), as SQL. */
export class NameRelations {
  constructor(
    private readonly dialect: Dialect,
    private readonly tables: NameTables,
  ) {}

  private long(a: Word, b: Word, over: number): string {
    return `length(${a.text}) > ${over} and length(${b.text}) > ${over}`;
  }

  /** Both may be short for one name. */
  variant(a: Word, b: Word): string {
    return this.tables.fulls.length === 0 ? '1 = 0' : this.dialect.overlap(a.fulls, b.fulls);
  }

  private oneEdit(a: Word, b: Word): string {
    return `(${this.long(a, b, 2)} and ${this.dialect.damerau(a.text, b.text)} = 1)`;
  }

  private areTwoNames(a: Word, b: Word): string {
    return this.dialect.isOneOf(
      this.tables.twoNames,
      `concat(least(${a.text}, ${b.text}), ' ', greatest(${a.text}, ${b.text}))`,
    );
  }

  /** The same letters in another order, one more or less. */
  private jumbled(a: Word, b: Word): string {
    const oneMore = `(length(${a.text}) <> length(${b.text}) and levenshtein(${a.letters}, ${b.letters}) = 1)`;
    return `(${this.long(a, b, 3)} and abs(length(${a.text}) - length(${b.text})) <= 1 and (${a.letters} = ${b.letters} or ${oneMore}))`;
  }

  /** The same, or close in any way that is more than an initial. */
  anyAlike(a: Word, b: Word): string {
    return `(${this.similarOrBetter(a, b)} or ${this.startsLike(a, b)})`;
  }

  /** One is the other's initial, or both are one. */
  initials(a: Word, b: Word): string {
    return `((length(${a.text}) = 1 or length(${b.text}) = 1) and substr(${a.text}, 1, 1) = substr(${b.text}, 1, 1))`;
  }

  private startsLike(a: Word, b: Word): string {
    const starts = (x: string, y: string): string => `substr(${x}, 1, length(${y})) = ${y}`;
    return `(${this.long(a, b, 2)} and (${starts(a.text, b.text)} or ${starts(b.text, a.text)}))`;
  }

  private alike(a: Word, b: Word, least: number): string {
    return `${this.dialect.jaroWinkler(a.text, b.text)} >= ${least}`;
  }

  /** Same, a variant or a slip. */
  typoOrBetter(a: Word, b: Word): string {
    const apart = this.tables.twoNames.length === 0 ? '' : ` and not ${this.areTwoNames(a, b)}`;
    const slip = `(${this.oneEdit(a, b)}${apart})`;
    return `(${a.text} = ${b.text} or (${this.long(a, b, 1)} and (${slip} or ${this.variant(a, b)})))`;
  }

  /** Down to "similar". */
  similarOrBetter(a: Word, b: Word): string {
    const ways = [
      this.alike(a, b, 0.86),
      this.oneEdit(a, b),
      this.jumbled(a, b),
      this.variant(a, b),
      `${a.sound} = ${b.sound}`,
    ];
    return `(${a.text} = ${b.text} or (${this.long(a, b, 1)} and (${ways.join(' or ')})))`;
  }

  /** All relations of two words, the first that holds; keys are RELATION's. */
  rungs(a: Word, b: Word): Rung[] {
    const short = `(length(${a.text}) = 1 or length(${b.text}) = 1)`;
    const rung = (key: keyof typeof RELATION, label: string, when: string): Rung => ({
      key: RELATION[key],
      label,
      when,
    });
    return [
      { key: 0, label: 'missing', when: `${a.text} is null or ${b.text} is null`, missing: true },
      rung('same', 'same', `${a.text} = ${b.text}`),
      rung('initial', 'initial', `${short} and substr(${a.text}, 1, 1) = substr(${b.text}, 1, 1)`),
      rung('different', 'different initial', short),
      rung('variant', 'variant', this.variant(a, b)),
      ...(this.tables.twoNames.length === 0 ? [] : [rung('twoNames', 'two names', this.areTwoNames(a, b))]),
      rung('typo', 'typo', this.oneEdit(a, b)),
      rung('sound', 'sound', `${a.sound} = ${b.sound}`),
      rung('jumbled', 'jumbled', this.jumbled(a, b)),
      rung('similar', 'similar', this.alike(a, b, 0.86)),
      rung('truncated', 'truncated', this.startsLike(a, b)),
      rung('aLittleAlike', 'a little alike', this.alike(a, b, 0.76)),
      rung('different', 'different', 'ELSE'),
    ];
  }
}
