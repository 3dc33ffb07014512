import type { Table } from '../../linking/table.js';
import type { TrainedLevel, TrainedModel } from '../../linking/trained-model.js';
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
  /** What comes before the fields, in the order it is to be worked out: steps on the way, most of which weigh nothing. */
  steps: SqlComparison[];
  notExpressed: NotExpressed[];
}

/** A field's comparison; its keys are the model's levels. */
export interface FieldComparison {
  field: number;
  comparison: SqlComparison;
  /** One of the steps that weighs: some of a field's levels are its keys; 0 where it says nothing. */
  before?: { field: number; comparison: SqlComparison };
  level: LevelBySteps;
}

/** The field's level as a table over what some steps found. */
export interface LevelBySteps {
  parts: readonly SqlComparison[];
  /** In: the parts' keys. */
  of: (keys: number[]) => number;
}

/** SQL of the level. In: how what a part found is written. */
export function levelSql(
  dialect: Dialect,
  { parts, of }: LevelBySteps,
  found: (part: SqlComparison) => string,
): string {
  const keys = parts.map((part) => part.byNumber((key) => key, 0));
  let rows: number[][] = [[]];
  for (const list of keys) rows = rows.flatMap((row) => list.map((key) => [...row, key]));
  const levels = rows.map((row) => String(of(row)));
  const width = Math.max(...levels.map(({ length }) => length));
  const numbers = levels.map((level) => level.padStart(width, '0')).join('');
  const at = parts.reduce((sql, part, p) => {
    const number = `${found(part)} + 1`;
    return p === 0 ? number : `(${sql}) * ${keys[p]!.length} + ${number}`;
  }, '');
  return dialect.packed(numbers, width, at);
}

export function addStep(exporting: Exporting, step: SqlComparison): SqlComparison {
  exporting.steps.push(step);
  return step;
}

/** A name that may stand in a column's name in any dialect. */
export function plainName(text: string): string {
  const name = text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_|_$/g, '');
  return name === '' ? 'field' : name;
}

export function labelOf({ name, band }: TrainedLevel): string {
  return band < 0 ? name : `${name}, rarity from ${band} bits`;
}
