import type { Compared } from '../fields/field.js';
import type { ComparisonSettings } from '../linking/settings.js';
import type { TrainedField, TrainedModel } from '../linking/trained-model.js';
import type { PairComparer } from '../scoring/pair-levels.js';
import { PairModel } from '../scoring/pair-model.js';
import type { Mixture } from './mixture.js';

/** The model as data. In: the comparer and model it stands for, and what else the file says. */
export function modelFile(
  comparer: PairComparer,
  model: PairModel,
  about: Pick<TrainedModel, 'trainedOn' | 'comparisons' | 'thresholds' | 'expected'>,
): TrainedModel {
  const { classes } = model.mixture;
  return {
    format: 'mash.linkage-model/1',
    trainedOn: about.trainedOn,
    comparisons: about.comparisons,
    fields: trainedFields(comparer, model),
    implied: [...comparer.implied],
    classes: classes.map(({ name, pairs, shares }) => ({ name, pairs, shares: shares.map((one) => [...one]) })),
    correction:
      model.correction === null
        ? null
        : {
            prior: model.correction.prior,
            weights: model.correction.weights.map((one) => Array.from(one)),
            interactions: model.correction.interactions.map(({ a, b, weights }) => ({
              a,
              b,
              weights: Array.from(weights),
            })),
          },
    thresholds: about.thresholds,
    expected: about.expected,
  };
}

function trainedFields(comparer: PairComparer, { mixture }: PairModel): TrainedField[] {
  const owner: Compared[] = comparer.comparators.flatMap((comparator) => comparator.fields.map(() => comparator));
  const [match, random] = mixture.classes;
  return comparer.fields.map((field, f) => ({
    name: field.name,
    role: field.role,
    columns: [...owner[f]!.columns],
    kind: owner[f]!.kind,
    levels: field.levels.map(({ name, band, segment }, level) => ({
      name,
      band,
      ...(segment === undefined ? {} : { segment }),
      m: match!.shares[f]![level]!,
      u: random!.shares[f]![level]!,
    })),
  }));
}

/** Whether a model's fields and levels are those of these comparisons: else it cannot weigh them. */
export function fits(model: TrainedModel, comparer: PairComparer): boolean {
  return (
    model.fields.length === comparer.fields.length &&
    model.fields.every(
      ({ levels }, f) =>
        levels.length === comparer.fields[f]!.levels.length &&
        levels.every(({ name }, at) => name === comparer.fields[f]!.levels[at]!.name),
    )
  );
}

/** Makes a model file weigh again. Its numbers of pairs are scaled to `allPairs`. */
export function pairModelOf(model: TrainedModel, comparer: PairComparer, rows: number, allPairs: number): PairModel {
  const trainedPairs = model.classes.find(({ name }) => name === 'random')!.pairs;
  const perRow = rows / Math.max(model.trainedOn.rows, 1);
  const mixture: Mixture = {
    classes: model.classes.map(({ name, pairs, shares }) => ({
      name,
      // Pairs of strangers grow with the square of the rows, all others with the rows.
      pairs:
        name === 'random'
          ? allPairs
          : pairs * Math.min(perRow, allPairs / trainedPairs > perRow ? perRow : allPairs / trainedPairs),
      shares: shares.map((one) => Float64Array.from(one)),
      sources: comparer.fields.map(() => 'own' as const),
    })),
  };
  return new PairModel(comparer.fields, mixture, model.correction);
}

export function comparisonsOf(settings: readonly ComparisonSettings[]): ComparisonSettings[] {
  return settings.map(({ columns, kind, format }) => ({
    columns: [...columns],
    kind,
    ...(format === undefined ? {} : { format }),
  }));
}
