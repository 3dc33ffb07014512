import { answering } from './answering.js';
import { type Compiled, compileSql, type Names } from './sql-compiler.js';
import type { Value } from './sql-functions.js';
import { parseSql } from './sql-parser.js';
import { NotUnderstood } from './sql-tokens.js';
import type { ImportedComparison } from './splink-model.js';

/** A condition of an imported model that is taken for never true. */
export interface NotUnderstoodLevel {
  comparison: string;
  level: string;
  condition: string;
  why: string;
}

/** A comparison's conditions as functions, and what they speak of. */
export interface CompiledComparison {
  /** Null: never true. The last is often "always". */
  conditions: (Compiled | null)[];
  /** Names of the values, '<column>_l', '<column>_r' or 'tf_<column>_l', in the order conditions want them. */
  values: string[];
  /** Places of the comparisons before it whose findings it looks up. */
  looksUp: number[];
}

const ALWAYS: Compiled = () => true;

export function isElse(condition: string): boolean {
  return condition.toUpperCase() === 'ELSE';
}

/** Texts of several kinds: a condition that fails on one does with texts what cannot be done with them. */
const SAMPLES = ['abc', '', '2000-01-31', '12'];

function tried(condition: Compiled, values: number, found: number): Compiled {
  try {
    for (const sample of SAMPLES)
      condition({ values: new Array<Value>(values).fill(sample), found: new Array<number>(found).fill(0) });
  } catch {
    throw new NotUnderstood('what it does with texts');
  }
  return condition;
}

/** In: the comparisons before it may be looked up. Adds to `notUnderstood`. */
export function compileComparison(
  { name, levels }: ImportedComparison,
  dialect: 'duckdb' | 'spark',
  before: readonly string[],
  hasColumn: (column: string) => boolean,
  notUnderstood: NotUnderstoodLevel[],
): CompiledComparison {
  const values: string[] = [];
  const looksUp: number[] = [];
  const names: Names = {
    value: (one) => {
      const column = /^(?:tf_)?(.+)_[lr]$/i.exec(one)?.[1];
      if (column === undefined || !(hasColumn(column) || hasColumn(one.replace(/_[lr]$/i, ''))))
        throw new NotUnderstood(`the column ${one}`);
      if (!values.includes(one)) values.push(one);
      return values.indexOf(one);
    },
    found: (one) => {
      const place = before.indexOf(one);
      if (place === -1) return null;
      if (!looksUp.includes(place)) looksUp.push(place);
      return place;
    },
  };
  const conditions = levels.map(({ condition, label }): Compiled | null => {
    if (isElse(condition)) return ALWAYS;
    try {
      const compiled = tried(compileSql(parseSql(condition, dialect), names), values.length, before.length);
      return answering(compiled, `level "${label}" of ${name}`);
    } catch (error) {
      if (!(error instanceof NotUnderstood)) throw error;
      notUnderstood.push({ comparison: name, level: label, condition, why: error.message });
      return null;
    }
  });
  return { conditions, values, looksUp };
}
