import { SplinkFileError } from './splink-file-error.js';
import { readLevels, type ImportedLevel } from './splink-levels.js';

/** A trained Splink model as data: what each comparison's levels ask, and what they weigh. */
export interface SplinkModel {
  format: 'mash.splink-model/1';
  dialect: 'duckdb' | 'spark';
  type: 'dedupe' | 'link';
  /** The column of ids. */
  id: string;
  /** Bits a pair starts with: log2 of the odds that two random records match. */
  prior: number;
  comparisons: ImportedComparison[];
  /** Conditions under which pairs are looked at, over `l.` and `r.`. */
  blocking: string[];
}

export interface ImportedComparison {
  name: string;
  /** In Splink's order: the first whose condition holds is the pair's. */
  levels: ImportedLevel[];
}

interface SettingsLike {
  link_type?: unknown;
  sql_dialect?: unknown;
  unique_id_column_name?: unknown;
  probability_two_random_records_match?: unknown;
  blocking_rules_to_generate_predictions?: unknown;
  comparisons?: unknown;
}

/** An export has a few dozen. */
const MOST_COMPARISONS = 1000;

/** As Splink's, where the file has none. */
const USUAL_CHANCE = 0.0001;

/**
 * Reads a Splink settings file (versions 3 to 5), trained or not: what Splink would take for missing numbers is taken here.
 * @throws SplinkFileError on what is no such file
 */
export function readSplinkModel(settings: unknown): SplinkModel {
  if (typeof settings !== 'object' || settings === null)
    throw new SplinkFileError('a Splink settings file is a JSON object');
  const given = settings as SettingsLike;
  if (!Array.isArray(given.comparisons) || given.comparisons.length === 0)
    throw new SplinkFileError('there are no "comparisons" in it');
  if (given.comparisons.length > MOST_COMPARISONS)
    throw new SplinkFileError(`there are more than ${MOST_COMPARISONS} "comparisons" in it`);
  const chance = given.probability_two_random_records_match ?? USUAL_CHANCE;
  if (typeof chance !== 'number' || !(chance > 0 && chance < 1))
    throw new SplinkFileError('"probability_two_random_records_match" is not between 0 and 1');
  const rules = Array.isArray(given.blocking_rules_to_generate_predictions)
    ? given.blocking_rules_to_generate_predictions
    : [];
  return {
    format: 'mash.splink-model/1',
    dialect: given.sql_dialect === 'spark' ? 'spark' : 'duckdb',
    type: given.link_type === 'link_only' ? 'link' : 'dedupe',
    id: typeof given.unique_id_column_name === 'string' ? given.unique_id_column_name : 'unique_id',
    prior: Math.log2(chance / (1 - chance)),
    comparisons: given.comparisons.map(comparisonOf),
    blocking: rules.flatMap((rule: unknown) => {
      const text = typeof rule === 'string' ? rule : (rule as { blocking_rule?: unknown } | null)?.blocking_rule;
      return typeof text === 'string' ? [text] : [];
    }),
  };
}

function comparisonOf(given: unknown, at: number): ImportedComparison {
  const { output_column_name: name, comparison_levels: levels } = (given ?? {}) as Record<string, unknown>;
  if (!Array.isArray(levels) || levels.length === 0)
    throw new SplinkFileError(`comparison ${at + 1} has no "comparison_levels"`);
  if (levels.length > 250) throw new SplinkFileError(`comparison ${at + 1} has more than 250 levels`);
  return {
    name: typeof name === 'string' ? name.replaceAll(' ', '_') : `comparison_${at + 1}`,
    levels: readLevels(levels, at),
  };
}
