import type { Column } from '../../linking/table.js';
import { LONG_FORMS, UNIT_WORDS } from '../../names/street-words.js';
import type { Dialect } from './dialect.js';
import { normalNameSql } from './name-words.js';

const NUMBER = '^[0-9]+[a-z]?$';
/** More words than this are not written out with their weights. */
const MOST_WORDS = 1_500;

export interface WordWeights {
  /** Bits of the commonest words. */
  bits: [string, number][];
  /** Of all others. */
  otherwise: number;
  whole: boolean;
}

/** How the weights of an address's words (bits of rarity) are counted in the rows. */
export function wordWeights(column: Column, rows: number, normal: (text: string) => string): WordWeights {
  const often = new Uint32Array(column.values.length);
  for (const code of column.codes) often[code]!++;
  const counts = new Map<string, number>();
  column.values.forEach((value, code) => {
    const told = normal(value)
      .split(' ')
      .filter((word) => word !== '' && !/^\d+[a-z]?$/.test(word) && ![...UNIT_WORDS].includes(word));
    told.forEach((word, at) => {
      const long = at > 0 ? (LONG_FORMS[word] ?? word) : word;
      counts.set(long, (counts.get(long) ?? 0) + often[code]!);
    });
  });
  const common = [...counts].filter(([, count]) => count > 1).sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  const listed = common.slice(0, MOST_WORDS);
  return {
    bits: listed.map(([word, count]) => [word, Math.log2(Math.max(rows, 2) / count)]),
    otherwise: Math.log2(Math.max(rows, 2)),
    whole: listed.length === common.length,
  };
}

/** Addresses as words in SQL. */
export class AddressSql {
  /** Why levels will not be quite the engine's; null when they are. */
  readonly roughly: string | null;

  constructor(
    private readonly dialect: Dialect,
    private readonly weights: WordWeights | null,
  ) {
    this.roughly =
      weights === null
        ? 'words of an address are weighed by their rarity in the rows, which are not at hand: here all weigh the same'
        : weights.whole
          ? null
          : `only the ${MOST_WORDS} commonest words of addresses are written with their weights, the others count as seen once`;
  }

  private tokens(text: string): string {
    return this.dialect.split(normalNameSql(this.dialect, text), ' ');
  }

  numbers(text: string): string {
    return this.dialect.join(this.dialect.filter(this.tokens(text), 'w', this.dialect.matches('w', NUMBER)), ' ');
  }

  words(text: string): string {
    const { dialect } = this;
    const told = dialect.filter(
      this.tokens(text),
      'w',
      `w <> '' and not ${dialect.matches('w', NUMBER)} and w not in (${[...UNIT_WORDS].map((word) => `'${word}'`).join(', ')})`,
    );
    const long = dialect.translated(Object.entries(LONG_FORMS), 'w');
    const first = dialect.filter(told, 'w', '1 = 1');
    return dialect.concat([
      `case when ${dialect.size(told)} > 0 then ${dialect.list([dialect.item(first, '1')])} else ${dialect.filter(told, 'w', '1 = 0')} end`,
      dialect.map(dialect.rest(told, 2), 'w', long),
    ]);
  }

  private bits(word: string): string {
    const { weights, dialect } = this;
    if (weights === null) return '1';
    const known = weights.bits.map(([text, bits]): [string, string] => [text, Math.fround(bits).toPrecision(9)]);
    return `coalesce(${dialect.number(dialect.translated(known, word))}, ${Math.fround(weights.otherwise)})`;
  }

  /** Share of the weight of both that both have, 0 to 1. In: two lists of words. */
  alike(a: string, b: string): string {
    const { dialect } = this;
    const whole = `(${dialect.sum(dialect.map(dialect.concat([a, b]), 'w', this.bits('w')))})`;
    const near = dialect.filter(b, 'v', `length(v) > 3 and length(w) > 3 and ${dialect.damerau('v', 'w')} = 1`);
    const slip = `0.8 * ${dialect.most(dialect.map(near, 'v', `least(${this.bits('w')}, ${this.bits('v')})`))}`;
    const shared = dialect.sum(
      dialect.map(
        a,
        'w',
        `cast(case when ${dialect.contains(b, 'w')} then ${this.bits('w')} else ${slip} end as double)`,
      ),
    );
    return `(case when ${whole} = 0 then 0 else 2 * ${shared} / ${whole} end)`;
  }
}
