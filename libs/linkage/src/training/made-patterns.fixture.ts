import { type Field, type FieldRole, MISSING, plain, type Stance } from '../fields/field.js';
import type { Patterns } from './patterns.js';
import { patternsOf } from './patterns.js';
import { seededRandom } from './random-pairs.js';

const STANCES: Record<string, Stance> = { exact: 'agrees', different: 'differs' };

/** A field of plain levels. */
export function plainField(
  name: string,
  role: FieldRole,
  levels: readonly string[] = ['exact', 'similar', 'different'],
): Field {
  return { name, role, levels: [MISSING, ...levels.map((level) => plain(level, STANCES[level]))] };
}

/** Level shares that are "missing: 1", then these. */
export const sharesOf = (...shares: number[]): Float64Array => Float64Array.of(1, ...shares);

/** Pairs drawn from kinds of pairs, each so many with its own shares per field; a value is missing now and then. */
export function drawnPatterns(
  kinds: readonly { pairs: number; shares: readonly Float64Array[] }[],
  seed: number,
  missing = 0.1,
): { patterns: Patterns; kindOf: number[] } {
  const random = seededRandom(seed);
  const F = kinds[0]!.shares.length;
  const total = kinds.reduce((sum, { pairs }) => sum + pairs, 0);
  const levels = new Uint8Array(total * F);
  const kindOf: number[] = [];
  kinds.forEach(({ pairs, shares }, kind) => {
    for (let k = 0; k < pairs; k++) {
      for (let f = 0; f < F; f++) {
        if (random() < missing) continue;
        let left = random();
        let level = 1;
        while (level < shares[f]!.length - 1 && (left -= shares[f]![level]!) > 0) level++;
        levels[kindOf.length * F + f] = level;
      }
      kindOf.push(kind);
    }
  });
  return { patterns: patternsOf(levels, total, F), kindOf };
}
