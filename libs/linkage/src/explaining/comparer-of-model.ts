import { comparatorsFor } from '../fields/comparators.js';
import { impliedAsIn } from '../fields/implied.js';
import type { Table } from '../linking/table.js';
import type { TrainedModel } from '../linking/trained-model.js';
import { ModelError } from '../scoring/model-error.js';
import { PairComparer } from '../scoring/pair-levels.js';
import { fits, pairModelOf } from '../training/model-file.js';

/** Compares rows of a table as a model's training data were compared, whichever fields tell others in this table. */
export function comparerOfModel(model: TrainedModel, table: Table): PairComparer {
  const comparators = comparatorsFor(table, model.comparisons);
  const comparer = new PairComparer(comparators, impliedAsIn(model, comparators));
  if (!fits(model, comparer)) throw new ModelError('invalid_model', 'The model is not of these comparisons');
  return comparer;
}

/** The model as it weighs in another population: so many rows, of which so many pairs can be made. */
export function modelFor(model: TrainedModel, comparer: PairComparer, rows: number, allPairs: number): TrainedModel {
  const { classes } = pairModelOf(model, comparer, rows, allPairs).mixture;
  return { ...model, classes: model.classes.map((one, c) => ({ ...one, pairs: classes[c]!.pairs })) };
}
