import { comparatorsFor } from '../fields/comparators.js';
import type { Table } from '../linking/table.js';
import type { TrainedModel } from '../linking/trained-model.js';
import { ModelError } from '../scoring/model-error.js';
import { PairComparer } from '../scoring/pair-levels.js';
import { fits, pairModelOf } from '../training/model-file.js';

/** Compares rows of a table as a model's training data were compared, whichever fields tell others in this table. */
export function comparerOfModel(model: TrainedModel, table: Table): PairComparer {
  const comparators = comparatorsFor(table, model.comparisons);
  const fields = comparators.flatMap((comparator) => comparator.fields);
  for (const { field, shift } of model.implied) {
    const told = model.fields[field]!.levels.slice(1 + shift);
    fields[field]?.levels.push(...told.map(({ name, band }) => ({ name, band, share: 1, u: -1, segment: 1 as const })));
  }
  const comparer = new PairComparer(comparators, model.implied);
  if (!fits(model, comparer)) throw new ModelError('invalid_model', 'The model is not of these comparisons');
  return comparer;
}

/** The model as it weighs in another population: so many rows, of which so many pairs can be made. */
export function modelFor(model: TrainedModel, comparer: PairComparer, rows: number, allPairs: number): TrainedModel {
  const { classes } = pairModelOf(model, comparer, rows, allPairs).mixture;
  return { ...model, classes: model.classes.map((one, c) => ({ ...one, pairs: classes[c]!.pairs })) };
}
