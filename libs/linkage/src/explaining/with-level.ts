import type { TrainedModel } from '../linking/trained-model.js';

/**
 * A pair's levels if one field were at another: fields that this one tells move to their levels for where it agrees, or
 * back. In: a level of the field without regard to what tells it.
 */
export function withLevel(model: TrainedModel, levels: ArrayLike<number>, field: number, level: number): Uint8Array {
  const plain = Uint8Array.from(levels);
  for (const { field: implied, shift } of model.implied) if (plain[implied]! > shift) plain[implied]! -= shift;
  plain[field] = level;
  const told = plain.slice();
  for (const { field: implied, by, upTo, shift } of model.implied) {
    if (plain[by] !== 0 && plain[by]! <= upTo && plain[implied] !== 0) told[implied]! += shift;
  }
  return told;
}
