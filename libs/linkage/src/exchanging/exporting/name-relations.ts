import { RELATION } from '../../fields/tokens.js';
import { namesInTables, standardsOf } from './known-name-tables.js';
import type { Dialect } from './dialect.js';
import type { Rung } from './comparison.js';
import { soundSql } from './sound-sql.js';

/** How two words are related (fields/tokens.ts), as SQL. */
export class NameRelations {
  private readonly standards: [string, string][];
  private readonly fulls: [string, string][];

  /**
   * In: the words there are, when known (the tables are cut down to them); pairs of them that are two names although
   * one letter apart; the words' sounds where a column holds them.
   */
  constructor(
    private readonly dialect: Dialect,
    words: readonly string[] | null,
    private readonly twoNames: readonly string[],
  ) {
    const known = (words ?? namesInTables()).map((word) => ({ word, ...standardsOf(word) }));
    this.standards = known.flatMap(({ word, standard }) => (word === standard ? [] : [[word, standard]]));
    this.fulls = known.flatMap(({ word, fulls }) => (fulls === null ? [] : [[word, fulls.join(' ')]]));
  }

  private long(a: string, b: string, over: number): string {
    return `length(${a}) > ${over} and length(${b}) > ${over}`;
  }

  private variant(a: string, b: string): string {
    const { dialect, standards, fulls } = this;
    const ways: string[] = [];
    if (standards.length > 0) ways.push(`${dialect.translated(standards, a)} = ${dialect.translated(standards, b)}`);
    const full = (word: string): string => dialect.split(dialect.translated(fulls, word), ' ');
    if (fulls.length > 0) ways.push(dialect.overlap(full(a), full(b)));
    return ways.length === 0 ? '1 = 0' : `(${ways.join(' or ')})`;
  }

  private oneEdit(a: string, b: string): string {
    return `(${this.long(a, b, 2)} and ${this.dialect.damerau(a, b)} = 1)`;
  }

  private areTwoNames(a: string, b: string): string {
    if (this.twoNames.length === 0) return '1 = 0';
    return this.dialect.isOneOf(this.twoNames, `concat(least(${a}, ${b}), ' ', greatest(${a}, ${b}))`);
  }

  private jumbled(a: string, b: string): string {
    const [x, y] = [this.dialect.sortedLetters(a), this.dialect.sortedLetters(b)];
    return `(${this.long(a, b, 3)} and abs(length(${a}) - length(${b})) <= 1 and (${x} = ${y} or (length(${a}) <> length(${b}) and levenshtein(${x}, ${y}) = 1)))`;
  }

  private sound(a: string, b: string): string {
    return `${soundSql(this.dialect, a)} = ${soundSql(this.dialect, b)}`;
  }

  private startsLike(a: string, b: string): string {
    return `(${this.long(a, b, 2)} and (substr(${a}, 1, length(${b})) = ${b} or substr(${b}, 1, length(${a})) = ${a}))`;
  }

  /** Same, a variant or a slip. */
  typoOrBetter(a: string, b: string): string {
    const slip =
      this.twoNames.length === 0 ? this.oneEdit(a, b) : `(${this.oneEdit(a, b)} and not ${this.areTwoNames(a, b)})`;
    return `(${a} = ${b} or (${this.long(a, b, 1)} and (${slip} or ${this.variant(a, b)})))`;
  }

  /** Down to "similar". */
  similarOrBetter(a: string, b: string): string {
    return `(${a} = ${b} or (${this.long(a, b, 1)} and (${this.dialect.jaroWinkler(a, b)} >= 0.86 or ${this.oneEdit(a, b)} or ${this.jumbled(a, b)} or ${this.variant(a, b)} or ${this.sound(a, b)})))`;
  }

  /** All relations of two words, the first that holds; keys are RELATION's. */
  rungs(a: string, b: string): Rung<number>[] {
    const short = `(length(${a}) = 1 or length(${b}) = 1)`;
    const { dialect } = this;
    return [
      { key: 0, label: 'missing', when: `${a} is null or ${b} is null`, missing: true },
      { key: RELATION.same, label: 'same', when: `${a} = ${b}` },
      { key: RELATION.initial, label: 'initial', when: `${short} and substr(${a}, 1, 1) = substr(${b}, 1, 1)` },
      { key: RELATION.different, label: 'different initial', when: short },
      { key: RELATION.variant, label: 'variant', when: this.variant(a, b) },
      ...(this.twoNames.length === 0
        ? []
        : [{ key: RELATION.twoNames, label: 'two names', when: this.areTwoNames(a, b) }]),
      { key: RELATION.typo, label: 'typo', when: this.oneEdit(a, b) },
      { key: RELATION.sound, label: 'sound', when: this.sound(a, b) },
      { key: RELATION.jumbled, label: 'jumbled', when: this.jumbled(a, b) },
      { key: RELATION.similar, label: 'similar', when: `${dialect.jaroWinkler(a, b)} >= 0.86` },
      { key: RELATION.truncated, label: 'truncated', when: this.startsLike(a, b) },
      { key: RELATION.aLittleAlike, label: 'a little alike', when: `${dialect.jaroWinkler(a, b)} >= 0.76` },
      { key: RELATION.different, label: 'different', when: 'ELSE' },
    ];
  }
}
