import { SplinkFileError } from './splink-file-error.js';

/** One level of an imported comparison. */
export interface ImportedLevel {
  /** SQL over `<column>_l` and `<column>_r`; 'ELSE' holds always. */
  condition: string;
  label: string;
  /** Weighs nothing. */
  isNull: boolean;
  m: number;
  u: number;
  frequency: FrequencyTerm | null;
}

/** What is added for how common the value is: weight × (log2 uExact − log2 max(frequency left, right, least)). */
export interface FrequencyTerm {
  column: string;
  weight: number;
  /** No value counts as rarer than this share. */
  least: number;
  uExact: number;
}

interface LevelLike {
  sql_condition?: unknown;
  label_for_charts?: unknown;
  is_null_level?: unknown;
  m_probability?: unknown;
  u_probability?: unknown;
  tf_adjustment_column?: unknown;
  tf_adjustment_weight?: unknown;
  tf_minimum_u_value?: unknown;
  disable_tf_exact_match_detection?: unknown;
}

/** None of them can be without end, nor all but the weight below 0. */
const NUMBERS = [
  ['m_probability', 0],
  ['u_probability', 0],
  ['tf_adjustment_weight', -Infinity],
  ['tf_minimum_u_value', 0],
] as const;

/** What a level not met in training counts as. */
const NOT_OBSERVED = 1e-6;

/** In: a comparison's levels as they stand in the file, and its place. */
export function readLevels(levels: readonly unknown[], comparison: number): ImportedLevel[] {
  const given = levels.map((level): LevelLike => (typeof level === 'object' && level !== null ? level : {}));
  given.forEach(({ sql_condition: condition }, at) => {
    if (typeof condition !== 'string')
      throw new SplinkFileError(`level ${at + 1} of comparison ${comparison + 1} has no "sql_condition"`);
  });
  const weighing = given.filter(({ is_null_level: isNull }) => isNull !== true);
  const usual = usualShares(weighing.length);
  for (const [at, level] of given.entries())
    for (const [name, least] of NUMBERS)
      if (typeof level[name] === 'number' && !(Number.isFinite(level[name]) && level[name] >= least))
        throw new SplinkFileError(`"${name}" of level ${at + 1} of comparison ${comparison + 1} cannot be`);
  const shares = weighing.map((level, at) => ({
    m: shareOf(level.m_probability, usual[at]!.m),
    u: shareOf(level.u_probability, usual[at]!.u),
  }));
  return given.map((level): ImportedLevel => {
    const condition = (level.sql_condition as string).trim();
    const isNull = level.is_null_level === true;
    const { m, u } = isNull ? { m: 1, u: 1 } : shares[weighing.indexOf(level)]!;
    return {
      condition,
      label: typeof level.label_for_charts === 'string' ? level.label_for_charts : condition,
      isNull,
      m,
      u,
      // Splink adds no such term to the last level.
      frequency: isNull || condition.toUpperCase() === 'ELSE' ? null : frequencyOf(level, u, weighing, shares),
    };
  });
}

function shareOf(given: unknown, usual: number): number {
  if (typeof given === 'number') return given;
  return typeof given === 'string' ? NOT_OBSERVED : usual;
}

/** What Splink takes for levels without numbers, the best first: m of 0.95 and weights from 10 down to −5 bits. */
function usualShares(count: number): { m: number; u: number }[] {
  return Array.from({ length: count }, (_, at) => {
    const m = at === 0 ? 0.95 : 0.05 / (count - 1);
    const rank = count - 1 - at;
    const bits = at === 0 ? 10 : count === 2 ? -5 : -5 + (rank * 8) / (count - 2);
    return { m, u: m / 2 ** bits };
  });
}

function frequencyOf(
  level: LevelLike,
  own: number,
  levels: readonly LevelLike[],
  shares: readonly { u: number }[],
): FrequencyTerm | null {
  const { tf_adjustment_column: column, tf_adjustment_weight: weight, tf_minimum_u_value: least } = level;
  if (typeof column !== 'string') return null;
  const exact = levels.findIndex(({ sql_condition: condition }) => isEquality(String(condition), column));
  const uExact = level.disable_tf_exact_match_detection === true || exact === -1 ? own : shares[exact]!.u;
  return {
    column,
    weight: typeof weight === 'number' ? weight : 1,
    least: typeof least === 'number' ? least : 0,
    uExact,
  };
}

/** Whether a condition says that the column is equal on both sides, and nothing else. */
function isEquality(condition: string, column: string): boolean {
  const plain = condition.replace(/["`\s()]/g, '').toLowerCase();
  const name = column.toLowerCase();
  return plain === `${name}_l=${name}_r` || plain === `${name}_r=${name}_l`;
}
