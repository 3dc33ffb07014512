import { twins } from '../clustering/twin-guard.js';
import type { TrainedModel } from '../linking/trained-model.js';
import { asField } from './trained-levels.js';

/** Whether the engine takes a pair for twins, which it never links by itself. In: levels per field, and their bits. */
export function areTwins(model: TrainedModel, levels: ArrayLike<number>, weight: number): boolean {
  const pair = { left: Uint32Array.of(0), right: Uint32Array.of(1), count: 1 };
  const mixture = {
    classes: model.classes.map(({ name, pairs }) => ({ name, pairs, shares: [], sources: [] })),
  };
  const fields = model.fields.map(asField);
  return twins(fields, mixture, pair, Uint8Array.from(levels), [weight], model.trainedOn.rows).length > 0;
}
