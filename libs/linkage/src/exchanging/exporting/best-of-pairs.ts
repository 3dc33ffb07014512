import type { Rung } from './comparison.js';

/**
 * Levels of the best of all pairs of several values (addresses of now and of before). In: for a value of the left and one
 * of the right, conditions from the best level to the worst, each of which would also hold for all better ones' pairs.
 */
export function bestOfPairs<V extends { l: unknown; r: unknown }>(
  values: readonly V[],
  labels: readonly string[],
  isMissing: (value: V, side: 'l' | 'r') => string,
  conditions: (left: V, right: V) => readonly string[],
): Rung[] {
  const pairs = values.flatMap((left) => values.map((right) => conditions(left, right)));
  const all = (side: 'l' | 'r'): string => values.map((value) => `(${isMissing(value, side)})`).join(' and ');
  const last = labels.length - 1;
  return [
    { key: last, label: labels[last]!, when: `(${all('l')}) or (${all('r')})`, missing: true },
    ...pairs[0]!.map((_, level): Rung => {
      return { key: level, label: labels[level]!, when: pairs.map((one) => `(${one[level]!})`).join(' or ') };
    }),
    { key: last - 1, label: labels[last - 1]!, when: 'ELSE' },
  ];
}
