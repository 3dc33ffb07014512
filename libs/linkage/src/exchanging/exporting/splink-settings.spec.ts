import { beforeAll, describe, expect, it } from '@jest/globals';
import { INVENTED_COMPARISONS, inventedPeople } from '../../linking/invented-people.fixture.js';
import { link } from '../../linking/link.js';
import type { LinkResult } from '../../linking/link-request.js';
import { tableOfRows } from '../../linking/made-table.fixture.js';
import type { ComparisonSettings } from '../../linking/settings.js';
import type { Table } from '../../linking/table.js';
import type { TrainedField, TrainedModel } from '../../linking/trained-model.js';
import { modelFromSplink } from '../importing/model-from-splink.js';
import { SplinkWeights } from '../importing/splink-weights.js';
import { SqlComparison } from './comparison.js';
import { DUCKDB } from './duckdb.js';
import { SPARK } from './spark.js';
import { type SplinkExportOptions, splinkSettings } from './splink-settings.js';

const PLAIN = INVENTED_COMPARISONS.filter(({ kind }) => kind !== 'address').map((one): ComparisonSettings => {
  return { ...one, columns: [...one.columns] };
});
const trained = (table: Table, comparisons = PLAIN): Promise<LinkResult> =>
  link({
    table,
    leftRows: table.rows,
    settings: { type: 'dedupe', oneToOne: false, comparisons, blocking: 'auto', threshold: 'auto', threads: 1 },
    keep: -20,
    fast: false,
    seed: 1,
  });

let table: Table;
let result: LinkResult;
beforeAll(async () => {
  table = tableOfRows(inventedPeople(80, 3, 61).rows);
  result = await trained(table);
});

/** Largest difference between what the engine said of pairs and what the settings say. */
const apart = (model: TrainedModel, options: SplinkExportOptions, pairs = result.pairs): number => {
  const { settings } = splinkSettings(model, options);
  const imported = modelFromSplink(JSON.parse(JSON.stringify(settings)));
  expect(imported.notUnderstood).toEqual([]);
  const { weight } = new SplinkWeights(imported.model, table).pairs(pairs.left, pairs.right);
  return Math.max(...Array.from(weight, (one, k) => Math.abs(one - pairs.weight[k]!)));
};

describe('a comparison for Splink', () => {
  const comparison = new SqlComparison(
    'a',
    'says',
    [
      { key: 0, label: 'missing', when: 'a_l is null', missing: true },
      { key: 2, label: 'same', when: 'a_l = a_r' },
      { key: 1, label: 'near', when: 'lower(a_l) = lower(a_r)' },
      { key: 1, label: 'other', when: 'ELSE' },
    ],
    ['a'],
  );

  it('is numbered as Splink numbers it, and looked up by those numbers', () => {
    expect(comparison.numbers()).toEqual([-1, 2, 1, 0]);
    expect(comparison.is(DUCKDB, 2)).toBe('gamma_a.greatest(-1) = 2');
    expect(comparison.is(SPARK, 1)).toBe("greatest(IDENTIFIER('gamma_a'), -1) in (1, 0)");
    expect(comparison.is(DUCKDB, 7)).toBe('1 = 0');
    expect(comparison.byNumber((key) => key, 9)).toEqual([0, 1, 1, 2]);
  });

  it('has shares of at most 1 whose ratio is the weight, by hand', () => {
    const { comparison_levels: levels } = comparison.settings((key) => ({ bits: key === 2 ? 12 : -3, u: 0.01 }));
    expect(
      levels.map(({ m_probability: m, u_probability: u }) => (m === undefined ? null : Math.log2(m / u!))),
    ).toEqual([null, 12, -3, -3]);
    for (const { m_probability: m = 1, u_probability: u = 1 } of levels) {
      expect(m).toBeLessThanOrEqual(1);
      expect(u).toBeLessThanOrEqual(1);
    }
    // A frequency is joined on the null level, where it never weighs.
    expect(levels[0]).toMatchObject({ is_null_level: true, tf_adjustment_column: 'a' });
  });
});

describe('an exported model', () => {
  it('holds only what Splink knows, in the order it needs', () => {
    const { settings, prepare } = splinkSettings(result.model, { table, id: 'id', type: 'link' });
    expect(Object.keys(settings).sort()).toEqual([
      'blocking_rules_to_generate_predictions',
      'comparisons',
      'link_type',
      'probability_two_random_records_match',
      'retain_intermediate_calculation_columns',
      'retain_matching_columns',
      'sql_dialect',
      'unique_id_column_name',
    ]);
    expect(settings).toMatchObject({ link_type: 'link_only', unique_id_column_name: 'id', sql_dialect: 'duckdb' });
    expect(prepare).toBeNull();
    const names = settings.comparisons.map(({ output_column_name: name }) => name);
    expect(new Set(names).size).toBe(names.length);
    const known = [
      'sql_condition',
      'label_for_charts',
      'm_probability',
      'u_probability',
      'is_null_level',
      'tf_adjustment_column',
    ];
    settings.comparisons.forEach(({ comparison_levels: levels }, at) => {
      for (const level of levels) {
        expect(Object.keys(level).filter((key) => !known.includes(key))).toEqual([]);
        // What a condition looks up comes before it.
        for (const [, found] of level.sql_condition.matchAll(/\bgamma_(\w+)\.greatest/g))
          expect(names.indexOf(found!)).toBeLessThan(at);
        if (level.is_null_level !== true) {
          expect(level.m_probability).toBeGreaterThan(1e-300);
          expect(level.u_probability).toBeGreaterThan(1e-300);
        }
      }
    });
  });

  it('gives each pair the engine’s weight', () => {
    expect(apart(result.model, { table })).toBeLessThanOrEqual(1e-6);
  });

  it('has the blocking rules that are wanted, else those such columns suggest', () => {
    const rules = (options: SplinkExportOptions): string[] =>
      splinkSettings(result.model, options).settings.blocking_rules_to_generate_predictions.map(
        ({ blocking_rule: rule }) => rule,
      );
    expect(rules({ blocking: [['dob', 'postcode'], ['email']] })).toEqual([
      'l."dob" = r."dob" and l."postcode" = r."postcode"',
      'l."email" = r."email"',
    ]);
    expect(rules({ blocking: 'auto' })).toContain(
      'l."surname" = r."surname" and substr(l."given_name", 1, 1) = substr(r."given_name", 1, 1)',
    );
    expect(rules({ dialect: 'spark' })).toContain('l.`dob` = r.`dob`');
  });

  it('prepared: speaks of columns that its SQL makes, of rows where words such as n/a are nothing', () => {
    const { settings, prepare } = splinkSettings(result.model, { table, columns: 'prepared', missing: ['n/a'] });
    expect(prepare).toMatch(/^create or replace table \{prepared\} as\nselect \*,\n/);
    expect(prepare).toContain(`case when trim(cast("surname" as varchar)) not in ('n/a') then "surname" end`);
    const conditions = JSON.stringify(settings.comparisons);
    for (const [, made] of prepare!.matchAll(/ as (mash_\w+)/g)) {
      if (!/_(further|middle|sound|letters|fulls)$/.test(made!)) expect(conditions).toContain(`${made!}_l`);
    }
  });

  it('says of raw columns that such words count there', () => {
    const { notExpressed } = splinkSettings(result.model, { table, missing: ['n/a'] });
    expect(notExpressed.map(({ field }) => field)).toEqual(['pairs', 'cells']);
  });

  it('without the rows says what cannot be known', () => {
    const named = splinkSettings(result.model).notExpressed.map(({ field, level }) => `${field}: ${level ?? ''}`);
    expect(named).toContain('given name: two names');
    expect(named).toContain('date: ');
  });
});

describe('what cannot be written is named and left out', () => {
  const withField = (change: (field: TrainedField) => TrainedField, name: string): TrainedModel => ({
    ...result.model,
    fields: result.model.fields.map((field) => (field.name === name ? change(field) : field)),
  });
  const namedIn = (model: TrainedModel): string[] =>
    splinkSettings(model, { table }).notExpressed.map(({ field, level }) => `${field}: ${level ?? 'all'}`);

  it('a level that is not known', () => {
    const model = withField(
      (field) => ({ ...field, levels: field.levels.map((one, at) => (at === 2 ? { ...one, name: 'new kind' } : one)) }),
      'date',
    );
    expect(namedIn(model)).toContain('date: all');
    expect(
      splinkSettings(model, { table })
        .settings.comparisons.map((one) => one.output_column_name)
        .join(),
    ).not.toMatch(/dob/);
  });

  it('a role that is not known', () => {
    const model = withField((field) => ({ ...field, role: 'other' }), 'surname');
    expect(namedIn(model)).toEqual(expect.arrayContaining(['given name: all', 'surname: all']));
  });

  it('names in columns of aliases', async () => {
    const rows = inventedPeople(60, 3, 62).rows.map((row, at) => ({
      ...row,
      alias_surname: at % 4 === 0 ? `other${row.surname}` : '',
    }));
    const other = tableOfRows(rows);
    const { model } = await trained(other, [
      { columns: ['given_name', 'surname', 'alias_surname'], kind: 'name' },
      ...PLAIN.slice(1),
    ]);
    const { notExpressed, settings } = splinkSettings(model, { table: other });
    expect(notExpressed.map(({ field }) => field)).toEqual(expect.arrayContaining(['given name', 'surname']));
    expect(JSON.stringify(settings.comparisons)).not.toContain('surname');
  });

  it('middle names over raw columns; over prepared ones they are written', async () => {
    const rows = inventedPeople(60, 3, 63).rows.map((row, at) => ({
      ...row,
      middle_name: ['Rose', 'Jo', 'P'][at % 3]!,
    }));
    const other = tableOfRows(rows);
    const { model } = await trained(other, [
      { columns: ['given_name', 'middle_name', 'surname'], kind: 'name' },
      ...PLAIN.slice(1),
    ]);
    const named = (columns: 'raw' | 'prepared'): string[] =>
      splinkSettings(model, { table: other, columns }).notExpressed.map(({ field }) => field);
    expect(named('raw')).toContain('middle name');
    expect(named('prepared')).toEqual(['pairs']);
  });
});
