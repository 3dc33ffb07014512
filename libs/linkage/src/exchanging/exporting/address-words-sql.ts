import { LONG_FORMS, UNIT_WORDS } from '../../names/street-words.js';
import type { Dialect } from './dialect.js';
import { normalNameSql } from './name-words.js';
import { MOST_WORDS, type WordWeights } from './word-weights.js';

const NUMBER = '^[0-9]+[a-z]?$';
/** Of longer texts the same words alone count. */
const FEW_WORDS = 24;
const UNWEIGHED =
  'words of an address are weighed by their rarity in the rows, which are not at hand: all weigh the same';
const MOST_WEIGHED = `only the ${MOST_WORDS} commonest words of addresses are written with their weights, others count as met once`;

const SIMPLY =
  'over raw columns words of an address all weigh the same and slips count as other words; prepared columns weigh them by rarity';

/** How addresses are compared: their numbers, their words, and how much of both they share. */
export interface AddressesSql {
  /** Why levels will not be quite the engine's; null when they are. */
  roughly: string | null;
  numbers(text: string): string;
  words(text: string): string;
  alike(a: string, b: string): string;
}

/** Simple enough to be written out in every condition. */
export class SimpleAddressWords implements AddressesSql {
  readonly roughly = SIMPLY;

  constructor(private readonly dialect: Dialect) {}

  numbers(text: string): string {
    return this.dialect.capture(`lower(${text})`, '(^|[^a-z0-9])([0-9]+[a-z]?)([^a-z0-9]|$)', 2);
  }

  words(text: string): string {
    return this.dialect.split(`trim(${this.dialect.replaceAll(`lower(${text})`, '[^\\p{L}]+', ' ')})`, ' ');
  }

  alike(a: string, b: string): string {
    const { dialect } = this;
    return `2e0 * ${dialect.size(dialect.common(a, b))} / (${dialect.size(a)} + ${dialect.size(b)})`;
  }
}

/** Addresses as words, in SQL. */
export class AddressWordsSql implements AddressesSql {
  /** Why levels will not be quite the engine's; null when they are. */
  readonly roughly: string | null;

  constructor(
    private readonly dialect: Dialect,
    private readonly weights: WordWeights | null,
  ) {
    this.roughly = weights === null ? UNWEIGHED : weights.whole ? null : MOST_WEIGHED;
  }

  private tokens(text: string): string {
    return this.dialect.split(normalNameSql(this.dialect, text), ' ');
  }

  /** House numbers, side by side; '' where there are none. */
  numbers(text: string): string {
    const { dialect } = this;
    return dialect.join(dialect.filter(this.tokens(text), 'w', dialect.matches('w', NUMBER)), ' ');
  }

  /** List of the words, "road" for every "rd" but the first word. */
  words(text: string): string {
    const { dialect } = this;
    const other = `w <> '' and not ${dialect.matches('w', NUMBER)} and not ${dialect.isOneOf([...UNIT_WORDS], 'w')}`;
    const told = dialect.filter(this.tokens(text), 'w', other);
    const first = `case when ${dialect.size(told)} > 0 then ${dialect.list([dialect.item(told, '1')])} else ${dialect.filter(told, 'w', '1 = 0')} end`;
    const others = dialect.map(dialect.rest(told, 2), 'w', dialect.translated(Object.entries(LONG_FORMS), 'w'));
    return dialect.concat([first, others]);
  }

  private bits(word: string): string {
    const { weights, dialect } = this;
    if (weights === null) return '1e0';
    const known = weights.bits.map(([text, bits]): [string, string] => [text, bits.toPrecision(9)]);
    return `coalesce(${dialect.number(dialect.translated(known, word))}, ${weights.otherwise.toExponential()})`;
  }

  /** Share of the weight of both that both have, 0 to 1. In: two lists of words. */
  alike(a: string, b: string): string {
    const { dialect } = this;
    const weight = (list: string): string => dialect.sum(dialect.map(list, 'w', this.bits('w')));
    const whole = weight(dialect.concat([a, b]));
    const slips = `(${this.shared(a, b)} + ${this.shared(b, a)})`;
    const long = `${dialect.size(a)} > ${FEW_WORDS} or ${dialect.size(b)} > ${FEW_WORDS}`;
    const both = `(case when ${long} then 2 * ${weight(dialect.common(a, b))} else ${slips} end)`;
    return `coalesce(${both} / nullif(${whole}, 0), 0)`;
  }

  /** Weight of the words of one list that the other has too; a slip counts four fifths. */
  private shared(a: string, b: string): string {
    const { dialect } = this;
    const near = dialect.filter(b, 'v', `length(v) > 3 and length(w) > 3 and ${dialect.damerau('v', 'w')} = 1`);
    const slip = `0.8 * ${dialect.most(dialect.map(near, 'v', `least(${this.bits('w')}, ${this.bits('v')})`))}`;
    const found = `case when ${dialect.contains(b, 'w')} then ${this.bits('w')} else ${slip} end`;
    return dialect.sum(dialect.map(a, 'w', `cast(${found} as double)`));
  }
}
