import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { tableOf } from '../../linking/made-table.fixture.js';
import { linkWithSplink } from './link-with-splink.js';
import { modelFromSplink } from './model-from-splink.js';
import { blockingRules } from './splink-blocking.js';
import { SplinkFileError } from './splink-file-error.js';
import { readLevels } from './splink-levels.js';
import { SplinkWeights } from './splink-weights.js';

const missing = { sql_condition: 'a_l is null or a_r is null', is_null_level: true };
const level = (sql_condition: string, m_probability?: number, u_probability?: number, more: object = {}) => ({
  sql_condition,
  ...(m_probability === undefined ? {} : { m_probability, u_probability }),
  ...more,
});
const settings = (levels: object[], more: object = {}) => ({
  link_type: 'dedupe_only',
  probability_two_random_records_match: 0.2,
  comparisons: [{ output_column_name: 'a', comparison_levels: levels }],
  ...more,
});
/** Bits of rows 0 and 1 of a column with these cells. */
const bits = (file: object, ...cells: string[]): number =>
  new SplinkWeights(modelFromSplink(file).model, tableOf({ a: cells, b: cells })).pairs(
    Uint32Array.of(0),
    Uint32Array.of(1),
  ).weight[0]!;
const PRIOR = -2;

describe('an imported model weighs, by hand', () => {
  const levels = [missing, level('a_l = a_r', 0.8, 0.1), level('ELSE', 0.2, 0.9)];

  it('what it starts with, and the first level that holds', () => {
    expect(bits(settings(levels), 'x', 'x')).toBeCloseTo(PRIOR + 3, 12);
    expect(bits(settings(levels), 'x', 'y')).toBeCloseTo(PRIOR + Math.log2(0.2 / 0.9), 12);
    expect(bits(settings(levels), 'x', '')).toBe(PRIOR);
  });

  it('nothing where no level holds', () => {
    expect(bits(settings(levels.slice(0, 2)), 'x', 'y')).toBe(PRIOR);
  });

  it('m above 1, and a level that was not observed as one in a million', () => {
    expect(bits(settings([level('a_l = a_r', 64, 0.5), level('ELSE', 1, 1)]), 'x', 'x')).toBeCloseTo(PRIOR + 7, 12);
    const unseen = {
      sql_condition: 'ELSE',
      m_probability: 'level not observed in training dataset',
      u_probability: 0.5,
    };
    expect(bits(settings([level('a_l = a_r', 0.5, 0.5), unseen]), 'x', 'y')).toBeCloseTo(PRIOR + Math.log2(2e-6), 12);
  });

  it('a value’s term frequency against the exact level’s u: half of the rows have x', () => {
    const exact = level('a_l = a_r', 0.8, 0.1, { tf_adjustment_column: 'a' });
    const near = level('lower(a_l) = lower(a_r)', 0.4, 0.1, { tf_adjustment_column: 'a', tf_adjustment_weight: 0.5 });
    const file = settings([missing, exact, near, level('ELSE', 0.2, 0.9, { tf_adjustment_column: 'a' })]);
    expect(bits(file, 'x', 'x', 'y', 'z')).toBeCloseTo(PRIOR + 3 + Math.log2(0.1 / 0.5), 12);
    // The commoner of the two counts, at half weight.
    expect(bits(file, 'X', 'x', 'x', 'z')).toBeCloseTo(PRIOR + 2 + 0.5 * Math.log2(0.1 / 0.5), 12);
    // "Else" never has a term.
    expect(bits(file, 'y', 'x', 'x', 'z')).toBeCloseTo(PRIOR + Math.log2(0.2 / 0.9), 12);
  });

  it('no value as rarer than the least share, and a level’s own u where exact matches are not looked for', () => {
    const more = { tf_adjustment_column: 'a', tf_minimum_u_value: 0.5, disable_tf_exact_match_detection: true };
    const file = settings([level('a_l = a_r', 0.8, 0.1), level('1 = 1', 0.5, 0.25, more)]);
    expect(bits(file, 'x', 'y', 'z', 'w')).toBeCloseTo(PRIOR + 1 + Math.log2(0.25 / 0.5), 12);
  });

  it('untrained levels as Splink does', () => {
    const [null_, ...usual] = readLevels([missing, level('1 = 1'), level('2 = 2'), level('3 = 3'), level('ELSE')], 0);
    expect(null_).toMatchObject({ isNull: true });
    expect(usual.map(({ m }) => m)).toEqual([0.95, 0.05 / 3, 0.05 / 3, 0.05 / 3]);
    expect(usual.map(({ m, u }) => Math.log2(m / u)).map((one) => Math.round(one * 1e9) / 1e9)).toEqual([
      10, 3, -1, -5,
    ]);
    expect(readLevels([level('1 = 1'), level('ELSE')], 0).map(({ m, u }) => Math.round(Math.log2(m / u)))).toEqual([
      10, -5,
    ]);
  });
});

describe('an imported model that is not as it should be', () => {
  const file = (m: unknown, u: unknown, more: object = {}) =>
    settings([{ sql_condition: 'a_l = a_r', m_probability: m, u_probability: u, ...more }, level('ELSE', 0.2, 0.9)]);

  it('is refused where a number in it cannot be', () => {
    for (const one of [file(-3, 0.1), file(0.9, -0.1), file(Infinity, 0.1), file(0.9, 0.1, { tf_minimum_u_value: -1 })])
      expect(() => modelFromSplink(one)).toThrow(SplinkFileError);
  });

  it('weighs what never happens, and what happens to nobody else, as much as can be, and never as no number', () => {
    expect(bits(file(0, 0.1), 'x', 'x')).toBe(PRIOR - 1000);
    expect(bits(file(0.9, 0), 'x', 'x')).toBe(PRIOR + 1000);
    expect(bits(file(0, 0), 'x', 'x')).toBe(PRIOR);
    expect(bits(file(0.9, 0, { tf_adjustment_column: 'a' }), 'x', 'x', 'y')).toBe(PRIOR);
  });

  it('is refused where it has more comparisons than anybody writes', () => {
    const many = Array.from({ length: 200_000 }, () => ({ comparison_levels: [level('ELSE')] }));
    expect(() => modelFromSplink({ ...settings([]), comparisons: many })).toThrow(/more than 1000/);
  });

  it('says which condition or rule cannot be answered, and no cell', () => {
    const table = tableOf({ a: ['secret', 'other', 'x'] });
    const condition = "case when a_l = 'secret' then list_sum(a_l) = 1 else 1 = 1 end";
    const model = (first: string, rule: string) =>
      modelFromSplink(
        settings([level(first, 0.8, 0.1), level('ELSE', 0.2, 0.9)], {
          blocking_rules_to_generate_predictions: [rule],
        }),
      ).model;
    const linked = (splink: ReturnType<typeof model>) => () =>
      linkWithSplink({
        table,
        leftRows: 3,
        keep: -100,
        settings: { type: 'dedupe', oneToOne: false, threshold: 'auto' },
        splink,
        compareIds: (a, b) => a - b,
      });
    const all = 'left(l.a, 0) = left(r.a, 0)';
    expect(linked(model(condition, all))).toThrow(SplinkFileError);
    expect(linked(model(condition, all))).toThrow(/^level "case when[^]* of a cannot be answered/);
    expect(linked(model('a_l = a_r', `${all} and list_sum(l.a) = 1`))).toThrow(
      /^the blocking rule[^]*cannot be answered/,
    );
  });
});

describe('blocking rules', () => {
  const table = tableOf({ name: ['ann', 'Ann', 'bob', '', 'bo'], town: ['x', 'x', 'y', 'y', 'y'] });
  const pairsOf = (...blocking: string[]) => {
    const { rules, notUnderstood } = blockingRules({ blocking, dialect: 'duckdb' }, table);
    const found = rules.map(({ left, right, also }) => {
      const pairs: string[] = [];
      for (let i = 0; i < table.rows; i++)
        for (let j = i + 1; j < table.rows; j++)
          if (left[i] !== 0 && left[i] === right[j] && (also === null || also(i, j))) pairs.push(`${i}-${j}`);
      return pairs.join(' ');
    });
    return { found, why: notUnderstood.map(({ why }) => why) };
  };

  it('leave what stands in a text as it is, though it looks like a column', () => {
    const { rules } = blockingRules(
      { blocking: ["l.town = r.town and l.name = 'l.ann'"], dialect: 'duckdb' },
      tableOf({ name: ['l.ann', 'bob'], town: ['x', 'x'] }),
    );
    expect(rules[0]!.also!(0, 1)).toBe(true);
  });

  it('are equalities, of expressions too, with other conditions beside them', () => {
    expect(pairsOf('l.town = r.town').found).toEqual(['0-1 2-3 2-4 3-4']);
    expect(pairsOf('lower(l."name") = lower(r."name")').found).toEqual(['0-1']);
    expect(pairsOf('(substr(l.name, 1, 2) = substr(r.name, 1, 2)) AND (l.town = r.town)').found).toEqual(['2-4']);
    expect(pairsOf('r.town = l.town and levenshtein(l.name, r.name) <= 1').found).toEqual(['0-1 2-4']);
  });

  it('without an equality, or about what is not there, are named', () => {
    expect(pairsOf('levenshtein(l.name, r.name) < 2', 'l.age = r.age', 'l.name =')).toEqual({
      found: [],
      why: ['no equality of the two sides in it', 'the column l.age', 'a condition that stops short'],
    });
  });
});

describe('linking with an imported model', () => {
  const file = settings([missing, level('a_l = a_r', 0.99, 0.001), level('ELSE', 0.01, 0.999)], {
    blocking_rules_to_generate_predictions: ['l.b = r.b'],
  });
  const rowsOf = (cells: readonly string[], ids: readonly string[]) =>
    linkWithSplink({
      table: tableOf({ a: cells, b: cells.map((cell) => cell.slice(0, 1)) }),
      leftRows: cells.length,
      settings: { type: 'dedupe', oneToOne: false, threshold: 'auto' },
      keep: -100,
      splink: modelFromSplink(file).model,
      compareIds: (x, y) => (ids[x]! < ids[y]! ? -1 : 1),
    });

  it('says the same whatever order the rows stand in', () => {
    const cells = ['ann', 'bob', 'ann', 'abe', 'bob', 'cat'];
    const ids = ['3', '1', '2', '6', '4', '5'];
    const groups = (order: readonly number[]): string[] => {
      const named = order.map((at) => ids[at]!);
      const { clusters } = rowsOf(
        order.map((at) => cells[at]!),
        named,
      );
      const members = new Map<number, string[]>();
      clusters.forEach((cluster, row) => members.set(cluster, [...(members.get(cluster) ?? []), named[row]!]));
      return [...members.values()].map((group) => group.sort().join('+')).sort();
    };
    expect(groups([0, 1, 2, 3, 4, 5])).toEqual(['1+4', '2+3', '5', '6']);
    fc.assert(
      fc.property(fc.shuffledSubarray([0, 1, 2, 3, 4, 5], { minLength: 6 }), (order) => {
        expect(groups(order)).toEqual(['1+4', '2+3', '5', '6']);
      }),
      { seed: 12, numRuns: 50 },
    );
  });

  it('of a file whose conditions cannot be read is refused by code', () => {
    const strange = settings([missing, level('oddly(a_l)', 0.9, 0.1), level('ELSE', 0.1, 0.9)]);
    const table = tableOf({ a: ['x', 'y'], b: ['x', 'y'] });
    const act = () =>
      linkWithSplink({
        table,
        leftRows: 2,
        settings: { type: 'dedupe', oneToOne: false, threshold: 'auto' },
        keep: 0,
        splink: modelFromSplink(strange).model,
        compareIds: (x, y) => x - y,
      });
    expect(act).toThrow(expect.objectContaining({ code: 'splink_nothing_understood' }));
  });
});

describe('what is no Splink file', () => {
  it('is refused by code, whatever it is', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (any, levels) => {
        for (const given of [any, { comparisons: any }, { comparisons: [{ comparison_levels: levels }] }]) {
          try {
            modelFromSplink(given);
          } catch (error) {
            expect(error).toBeInstanceOf(SplinkFileError);
            expect(error).toMatchObject({ code: 'splink_file_invalid' });
          }
        }
      }),
      { seed: 77, numRuns: 500 },
    );
  });

  it('a condition that fails on texts is not understood, rather than ending the run', () => {
    const { notUnderstood } = modelFromSplink(
      settings([level('array_to_string(a_l, a_r) = a_r', 0.9, 0.1), level('ELSE', 0.1, 0.9)]),
    );
    expect(notUnderstood.map(({ condition }) => condition)).toEqual(['array_to_string(a_l, a_r) = a_r']);
  });
});
