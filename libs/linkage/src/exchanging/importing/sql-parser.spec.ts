import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { compileSql } from './sql-compiler.js';
import type { Value } from './sql-functions.js';
import { parseSql } from './sql-parser.js';
import { NotUnderstood, tokensOf } from './sql-tokens.js';

/** Texts made of what conditions are made of, so that more of them get far. */
const PIECES = [
  'a_l',
  '"b r"',
  "'it''s'",
  '1.5e3',
  '(',
  ')',
  '[',
  ']',
  ',',
  '=',
  '<>',
  '||',
  'and',
  'NOT',
  'is null',
  'in (',
  'between',
  'case when',
  'then',
  'else',
  'end',
  'lower(',
  'lambda x:',
  'x ->',
  '::',
  'cast(',
  'as',
  '.',
  '-',
  'list_filter(',
  'regexp_matches(',
];
const anySql = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.array(fc.constantFrom(...PIECES), { maxLength: 25 }).map((pieces) => pieces.join(' ')),
);
const SEED = { seed: 4107, numRuns: 3000 };

/** What a condition gives where a_l and a_r and so on have these values. */
function valueOf(sql: string, values: Record<string, Value> = {}, dialect: 'duckdb' | 'spark' = 'duckdb'): Value {
  const names: string[] = [];
  const compiled = compileSql(parseSql(sql, dialect), {
    value: (name) => {
      if (!(name in values)) throw new NotUnderstood(`the column ${name}`);
      return names.push(name) - 1;
    },
    found: () => null,
  });
  return compiled({ values: names.map((name) => values[name]!), found: [] });
}

describe('conditions as Splink writes them', () => {
  it.each(['duckdb', 'spark'] as const)('of any text either are read or say what is not understood (%s)', (dialect) => {
    fc.assert(
      fc.property(anySql, (sql) => {
        try {
          tokensOf(sql, dialect);
          compileSql(parseSql(sql, dialect), { value: () => 0, found: () => null });
        } catch (error) {
          expect(error).toBeInstanceOf(NotUnderstood);
          expect(error).toMatchObject({ code: 'sql_not_understood' });
        }
      }),
      SEED,
    );
  });

  it('nested deeper than anybody would are refused, long ones are not', () => {
    expect(() => parseSql('('.repeat(100_000), 'duckdb')).toThrow(NotUnderstood);
    expect(() => parseSql('not '.repeat(100_000), 'duckdb')).toThrow(NotUnderstood);
    expect(valueOf(Array.from({ length: 5_000 }, () => '1 = 1').join(' and '))).toBe(true);
  });

  it('nested by what is written side by side are refused too, and take no longer than they are long', () => {
    for (const chain of ['::text', ' is null', '[1]', ' + 1', ' between 1 and 2'])
      expect(() => valueOf(`a_l${chain.repeat(50_000)}`, { a_l: 'x' })).toThrow(NotUnderstood);
    // Each "between" was once worked out twice by the next.
    expect(valueOf(`1${' between 0 and 2'.repeat(60)}`)).toBe(true);
    expect(valueOf(`'a' in (${Array.from({ length: 50_000 }, () => "('a')").join()})`)).toBe(true);
  });

  it('between bounds of which one is not known say no where the other does', () => {
    const none = { a_l: null };
    expect(valueOf('5 between a_l and 3', none)).toBe(false);
    expect(valueOf('2 between a_l and 3', none)).toBeNull();
    expect(valueOf('a_l not between 1 and 3', none)).toBeNull();
    expect(valueOf('5 not between 1 and a_l', none)).toBeNull();
  });

  it('compare long texts that are no plain letters, and refuse what would never end', () => {
    const long = 'ö'.repeat(200_000);
    expect(valueOf('levenshtein(a_l, a_r)', { a_l: long, a_r: long })).toBe(0);
    expect(() => valueOf('levenshtein(a_l, a_r)', { a_l: long, a_r: `${long}x` })).toThrow(RangeError);
    expect(() => valueOf('jaro_winkler_similarity(a_l, a_r)', { a_l: long, a_r: `${long}x` })).toThrow(RangeError);
    expect(() => valueOf("lpad('x', 400000000, 'y')")).toThrow(RangeError);
  });

  it('bind as SQL does', () => {
    expect(valueOf('1 = 2 or 1 = 1 and 1 = 2')).toBe(false);
    expect(valueOf('not 1 = 2 and 2 = 2')).toBe(true);
    expect(valueOf('1 + 2 * 3 - 4 / 2')).toBe(5);
    expect(valueOf('2 between 1 and 3 and 1 = 1')).toBe(true);
    expect(valueOf("'a' || 'b' = 'ab'")).toBe(true);
    expect(valueOf('-3 + 4')).toBe(1);
    expect(valueOf("case when 1 = 2 then 'x' when 1 = 1 then 'y' end")).toBe('y');
  });

  it('know three truths', () => {
    const none = { a_l: null, b_l: 'b' };
    expect(valueOf('a_l = b_l', none)).toBeNull();
    expect(valueOf('a_l = b_l or 1 = 1', none)).toBe(true);
    expect(valueOf('a_l = b_l and 1 = 2', none)).toBe(false);
    expect(valueOf('not (a_l = b_l)', none)).toBeNull();
    expect(valueOf('a_l is null', none)).toBe(true);
    expect(valueOf('b_l is not null', none)).toBe(true);
    expect(valueOf("b_l in ('a', 'b')", none)).toBe(true);
    expect(valueOf("a_l in ('a', 'b')", none)).toBeNull();
    expect(valueOf("coalesce(a_l, b_l) = 'b'", none)).toBe(true);
  });

  it('have quotes, escapes and names in either engine’s way', () => {
    expect(valueOf(`"a b_l" = 'it''s'`, { 'a b_l': "it's" })).toBe(true);
    expect(valueOf(`\`a b_l\` = 'it\\'s'`, { 'a b_l': "it's" }, 'spark')).toBe(true);
    expect(valueOf('a_l = "x"', { a_l: 'x' }, 'spark')).toBe(true);
    expect(valueOf(`a_l = 'back\\slash'`, { a_l: 'back\\slash' })).toBe(true);
  });

  it('compare texts, dates and lists as DuckDB does', () => {
    expect(valueOf("levenshtein('é', 'e')")).toBe(2);
    expect(valueOf("damerau_levenshtein('ca', 'abc')")).toBe(2);
    expect(valueOf("damerau_levenshtein('ab', 'ba')")).toBe(1);
    expect(valueOf("jaro_winkler_similarity('martha', 'marhta')")).toBeCloseTo(0.9611, 4);
    expect(valueOf("jaro_similarity('martha', 'marhta')")).toBeCloseTo(0.9444, 4);
    expect(valueOf("jaro_winkler_similarity('', '')")).toBe(0);
    expect(valueOf("strip_accents('Zoë Ångström')")).toBe('Zoe Angstrom');
    expect(valueOf("try_strptime('2023-02-30', '%Y-%m-%d')")).toBeNull();
    expect(
      valueOf("abs(epoch(try_strptime('2023-03-01', '%Y-%m-%d')) - epoch(try_strptime('2023-02-28', '%Y-%m-%d')))"),
    ).toBe(86_400);
    expect(valueOf("nullif(regexp_extract('ann@example.org', '^[^@]+', 0), '')")).toBe('ann');
    expect(valueOf("array_length(list_intersect(string_split('a b c', ' '), ['c', 'a', 'x'])) >= 2")).toBe(true);
    expect(valueOf("list_filter(['aa', 'b'], lambda x: length(x) > 1)[1]")).toBe('aa');
    expect(valueOf("substr('abcdef', 2, 3)")).toBe('bcd');
  });

  it('of unknown functions, types, formats and patterns are named', () => {
    for (const [sql, what] of [
      ['oddly(1)', /the function oddly/],
      ["cast('1' as blob)", /the type blob/],
      ["try_strptime('x', '%Q')", /the date format %Q/],
      ["regexp_matches('x', '(')", /the pattern \(/],
      ["regexp_matches('x', lower('y'))", /a pattern that is no text/],
      ["regexp_matches('x', '^(a+)+$')", /may never end/],
      ['1 = 1 1', /where the condition should end/],
      ["'open", /closing quote/],
      ['1 +', /stops short/],
      ['constructor(1)', /the function constructor/],
    ] as const)
      expect(() => valueOf(sql)).toThrow(what);
  });
});
