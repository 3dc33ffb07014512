import type { LinkageModel } from './model.js';

export type MatchClass = 'proposed' | 'closer-look' | 'none';

/** In: bits, and the subject's role where the model has thresholds of its own for it. */
export function classify(model: LinkageModel, weight: number, role?: string): MatchClass {
  const { propose, closerLook } =
    (role === undefined ? undefined : model.thresholds.perRole?.[role]) ?? model.thresholds;
  if (weight >= propose) return 'proposed';
  return weight >= closerLook ? 'closer-look' : 'none';
}
