import type { Table } from '../../linking/table.js';
import type { TrainedModel } from '../../linking/trained-model.js';
import { blockingRules, type SplinkBlockingRule } from './blocking-sql.js';
import { Cleaned } from './cleaned.js';
import { type SplinkComparison, steps, type Weighing } from './comparison.js';
import type { Dialect } from './dialect.js';
import { DUCKDB } from './duckdb.js';
import { SPARK } from './spark.js';
import type { Exporting, NotExpressed } from './exporting.js';
import { fieldComparisons } from './field-comparisons.js';
import { together, type Weighed } from './together.js';

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
  /** Words in a cell that the reader of the files takes for a missing value. */
  missing?: readonly string[];
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
  const cleaned = new Cleaned(dialect, options.columns === 'prepared', options.missing);
  const exporting: Exporting = { dialect, model, table: options.table ?? null, cleaned, steps: [], notExpressed: [] };
  exporting.notExpressed.push({
    field: 'pairs',
    level: null,
    why: 'which pairs are looked at, and which records make a cluster, Splink decides in its own way',
  });
  if (!cleaned.prepared && (options.missing ?? []).length > 0)
    exporting.notExpressed.push({
      field: 'cells',
      level: null,
      why: `over raw columns words such as ${options.missing![0]!} in a cell count as values; here, and in prepared columns, as missing`,
    });
  const fields = fieldComparisons(exporting);
  const { digits, least } = together(exporting, fields);
  const weighed: Weighed[] = [
    ...fields.map(({ comparison, field }) => ({ comparison, weigh: weigher(model, field) })),
    ...digits,
  ];
  const early = new Map(
    fields.flatMap(({ before }) =>
      before === undefined ? [] : [[before.comparison, weigher(model, before.field)] as const],
    ),
  );
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
        ...exporting.steps.map((step) => step.settings(early.get(step) ?? steps)),
        ...weighed.map(({ comparison, weigh }) => comparison.settings(weigh)),
      ],
      retain_matching_columns: explain,
      retain_intermediate_calculation_columns: explain,
    },
    notExpressed: exporting.notExpressed,
    prepare: cleaned.prepare(),
  };
}

function weigher(model: TrainedModel, field: number): (level: number) => Weighing {
  const { levels } = model.fields[field]!;
  const learned = model.correction?.weights[field];
  return (level) =>
    level === 0
      ? { bits: 0, u: 0.5 }
      : { bits: Math.log2(levels[level]!.m / levels[level]!.u) + (learned?.[level] ?? 0), u: levels[level]!.u };
}
