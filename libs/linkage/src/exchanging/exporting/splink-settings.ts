import type { Table } from '../../linking/table.js';
import type { TrainedModel } from '../../linking/trained-model.js';
import { blockingRules, type SplinkBlockingRule } from './blocking-sql.js';
import { Cleaned } from './cleaned.js';
import { type Rung, type SplinkComparison, SqlComparison, steps, type Weighing } from './comparison.js';
import { dateField } from './date-fields.js';
import type { Dialect } from './dialect.js';
import { DUCKDB } from './duckdb.js';
import { SPARK } from './spark.js';
import { addStep, type Exporting, type FieldComparison, levelSql, type NotExpressed } from './exporting.js';
import { nameFields } from './name-fields.js';
import { placeField } from './place-fields.js';
import { together, type Weighed } from './together.js';
import { valueField } from './value-fields.js';

export interface SplinkExportOptions {
  dialect?: 'duckdb' | 'spark';
  /** 'dedupe' when not given. */
  type?: 'dedupe' | 'link';
  /** The column of ids; 'unique_id' when not given. */
  id?: string;
  /** The rows the model was trained on, or is to be used on: with them much more can be said exactly. */
  table?: Table;
  /**
   * 'raw': the settings run on the file as it is. 'prepared': on what `prepare` makes of it, many times faster where rows
   * are many.
   */
  columns?: 'raw' | 'prepared';
  /** Lists of columns that must agree; rules of thumb when not given. */
  blocking?: readonly (readonly string[])[] | 'auto';
  /** Keep every field's weight in Splink's answer (its waterfall chart needs them); default true. */
  explain?: boolean;
}

/** What Splink 5 loads. */
export interface SplinkSettings {
  link_type: 'dedupe_only' | 'link_only';
  unique_id_column_name: string;
  sql_dialect: 'duckdb' | 'spark';
  probability_two_random_records_match: number;
  blocking_rules_to_generate_predictions: SplinkBlockingRule[];
  comparisons: SplinkComparison[];
  retain_matching_columns: boolean;
  retain_intermediate_calculation_columns: boolean;
}

export interface SplinkExport {
  settings: SplinkSettings;
  notExpressed: NotExpressed[];
  /** SQL that makes the columns the settings ask for from the raw table, `{raw}`, into `{prepared}`; null where they ask for none. */
  prepare: string | null;
}

/**
 * A trained model as Splink settings that give a pair the weight we give it, to 1e-6, but for what is named.
 * Checked against Splink 5.0.0 on DuckDB 2.0.
 */
export function splinkSettings(model: TrainedModel, options: SplinkExportOptions = {}): SplinkExport {
  const dialect: Dialect = options.dialect === 'spark' ? SPARK : DUCKDB;
  const cleaned = new Cleaned(dialect, options.columns === 'prepared');
  const exporting: Exporting = { dialect, model, table: options.table ?? null, cleaned, steps: [], notExpressed: [] };
  exporting.notExpressed.push({
    field: 'pairs',
    level: null,
    why: 'which pairs are looked at, and which records make a cluster, Splink decides in its own way',
  });
  const fields = fieldComparisons(exporting);
  const { digits, least } = together(exporting, fields);
  const weighed: Weighed[] = [
    ...fields
      .flatMap(({ before, ...own }) => (before === undefined ? [own] : [before, own]))
      .map(({ comparison, field }) => ({ comparison, weigh: weigher(model, field) })),
    ...digits,
  ];
  const [match, random] = model.classes;
  const odds = (match!.pairs / random!.pairs) * 2 ** ((model.correction?.prior ?? 0) + least);
  const explain = options.explain ?? true;
  return {
    settings: {
      link_type: options.type === 'link' ? 'link_only' : 'dedupe_only',
      unique_id_column_name: options.id ?? 'unique_id',
      sql_dialect: dialect.name,
      probability_two_random_records_match: odds / (1 + odds),
      blocking_rules_to_generate_predictions: blockingRules(
        exporting,
        options.blocking === undefined || options.blocking === 'auto' ? null : options.blocking,
      ),
      comparisons: [
        ...exporting.steps.map((step) => step.settings(steps)),
        ...weighed.map(({ comparison, weigh }) => comparison.settings(weigh)),
      ],
      retain_matching_columns: explain,
      retain_intermediate_calculation_columns: explain,
    },
    notExpressed: exporting.notExpressed,
    prepare: cleaned.prepare(),
  };
}

/** Fields that another tells come after it: their conditions look its level up. */
function fieldComparisons(exporting: Exporting): FieldComparison[] {
  const { model } = exporting;
  const made: FieldComparison[] = [];
  model.fields.forEach(({ role, kind }, at) => {
    if (kind === 'name') made.push(...(role === 'given' ? nameFields(exporting, at) : []));
    else if (kind === 'date') made.push(dateField(exporting, at));
    else if (kind === 'postcode' || kind === 'address' || kind === 'text') made.push(placeField(exporting, at));
    else made.push(valueField(exporting, at));
  });
  const told = made.filter(({ field }) => model.implied.some((one) => one.field === field));
  const others = made.filter((one) => !told.includes(one));
  return [...others, ...told.map((one) => apartWhereTold(exporting, one, others))];
}

/** Each level twice: where the field that tells this one agrees, and elsewhere. */
function apartWhereTold(
  exporting: Exporting,
  { field, comparison }: FieldComparison,
  others: readonly FieldComparison[],
): FieldComparison {
  const { model, dialect } = exporting;
  const { by, upTo, shift } = model.implied.find((one) => one.field === field)!;
  const teller = others.find((one) => one.field === by)!;
  const base = addStep(
    exporting,
    new SqlComparison(
      `how_${comparison.name}`,
      `How both are related (${comparison.says}); a step on the way, weighs nothing`,
      comparison.rungs,
    ),
  );
  const told = addStep(
    exporting,
    new SqlComparison(
      `told_${comparison.name}`,
      `Whether ${model.fields[by]!.name} agrees, which tells much of ${comparison.says}; a step on the way, weighs nothing`,
      [
        {
          key: 1,
          label: 'agrees',
          when: `${levelSql(dialect, teller.level, ({ name }) => dialect.found(name))} between 1 and ${upTo}`,
        },
        { key: 0, label: 'does not', when: 'ELSE' },
      ],
    ),
  );
  const keys = [...new Set(comparison.rungs.map(({ key }) => key))].filter((key) => key !== 0);
  const rung = (key: number, agrees: 0 | 1): Rung => ({
    key: key + agrees * shift,
    label: model.fields[field]!.levels[key + agrees * shift]!.name,
    when: `${base.is(dialect, key)} and ${told.is(dialect, agrees)}`,
  });
  const rungs: Rung[] = [
    { key: 0, label: 'missing', when: base.is(dialect, 0), missing: true },
    ...keys.map((key) => rung(key, 1)),
    ...keys.map((key) => rung(key, 0)),
  ];
  rungs[rungs.length - 1] = { ...rungs.at(-1)!, when: 'ELSE' };
  const level = { parts: [base, told], of: ([key, agrees]: number[]) => (key === 0 ? 0 : key! + agrees! * shift) };
  return { field, comparison: new SqlComparison(comparison.name, comparison.says, rungs), level };
}

function weigher(model: TrainedModel, field: number): (level: number) => Weighing {
  const { levels } = model.fields[field]!;
  const learned = model.correction?.weights[field];
  return (level) =>
    level === 0
      ? { bits: 0, u: 0.5 }
      : { bits: Math.log2(levels[level]!.m / levels[level]!.u) + (learned?.[level] ?? 0), u: levels[level]!.u };
}
