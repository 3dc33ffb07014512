import type { Table } from '../../linking/table.js';
import type { TrainedModel } from '../../linking/trained-model.js';
import type { Cleaned } from './cleaned.js';
import type { SqlComparison } from './comparison.js';
import type { Dialect } from './dialect.js';

/** Something of the model that Splink will weigh otherwise than we do. */
export interface NotExpressed {
  field: string;
  /** The level's name; null: the whole field, or something that is no level. */
  level: string | null;
  why: string;
}

/** What the writers of an export share. */
export interface Exporting {
  dialect: Dialect;
  model: TrainedModel;
  /** The rows it was trained on, where they are at hand: they tell how names are rare and how dates are written. */
  table: Table | null;
  cleaned: Cleaned;
  /** Steps on the way, in the order they are to be worked out. */
  steps: SqlComparison<never>[];
  notExpressed: NotExpressed[];
}

/** A field's comparison; its keys are the model's levels. */
export interface FieldComparison {
  field: number;
  comparison: SqlComparison<number>;
  /** SQL: the number of the level, made of steps on the way. */
  level: string;
}

/** The level as a table over what some steps found. In: the steps, and the level for one key of each. */
export function levelBySteps<K>(
  dialect: Dialect,
  parts: readonly SqlComparison<K>[],
  levelOf: (keys: K[]) => number,
): string {
  const keys = parts.map((part) => part.byNumber((key): K | null => key, null));
  let rows: K[][] = [[]];
  for (const list of keys)
    rows = rows.flatMap((row) => list.map((key) => [...row, key ?? list.find((one) => one !== null)!]));
  const numbers = rows.map((row) => String(levelOf(row)).padStart(3, '0')).join('');
  let at = '';
  parts.forEach(({ name }, part) => {
    const found = `${dialect.found(name)} + 1`;
    at = part === 0 ? found : `(${at}) * ${keys[part]!.length} + ${found}`;
  });
  return dialect.packed(numbers, 3, at);
}

export function addStep<K>(exporting: Exporting, step: SqlComparison<K>): SqlComparison<K> {
  exporting.steps.push(step as unknown as SqlComparison<never>);
  return step;
}

/** A name that may stand in a column's name in any dialect. */
export function plainName(text: string): string {
  return (
    text
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '_')
      .replace(/^_|_$/g, '') || 'field'
  );
}
