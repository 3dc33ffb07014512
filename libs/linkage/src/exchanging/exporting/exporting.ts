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
}

export function addStep<K>(exporting: Exporting, step: SqlComparison<K>): SqlComparison<K> {
  exporting.steps.push(step as unknown as SqlComparison<never>);
  return step;
}

/** A name that may stand in a column's name in any dialect. */
export function plainName(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]+/g, '_').replace(/^_|_$/g, '') || 'field';
}
