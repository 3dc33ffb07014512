import type { LinkageModel } from './person-model.js';

export type MatchClass = 'proposed' | 'closer-look' | 'none';

/** In: bits, and the subject's role where the model has thresholds of its own for it. */
export function classify(model: Pick<LinkageModel, 'thresholds'>, weight: number, role?: string): MatchClass {
  const { link, show } = (role === undefined ? undefined : model.thresholds.perRole?.[role]) ?? model.thresholds;
  if (weight >= link) return 'proposed';
  return weight >= show ? 'closer-look' : 'none';
}
