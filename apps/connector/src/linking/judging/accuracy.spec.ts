import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { accuracyOf } from './accuracy.js';

const pairs = (list: [number, number, number][]) => ({
  left: Uint32Array.from(list, ([a]) => a),
  right: Uint32Array.from(list, ([, b]) => b),
  weight: Float32Array.from(list, ([, , w]) => w),
});
const truth = (list: [number, number][]) => ({
  left: Int32Array.from(list, ([a]) => a),
  right: Int32Array.from(list, ([, b]) => b),
});

describe('accuracy', () => {
  it('counts pairs from the threshold on, and pairs within clusters', () => {
    const result = {
      pairs: pairs([
        [0, 1, 5],
        [1, 2, 3],
        [2, 3, 3],
        [0, 2, 1],
      ]),
      clusters: Uint32Array.of(0, 0, 0, 3, 4),
      threshold: 3,
    };
    expect(
      accuracyOf(
        result,
        truth([
          [0, 1],
          [1, 2],
          [0, 2],
          [3, 4],
        ]),
        { rows: 5, leftRows: 5, type: 'dedupe' },
      ),
    ).toEqual({
      pairs: { precision: 0.66667, recall: 0.5, f1: 0.57143 },
      clusters: { precision: 1, recall: 0.75, f1: 0.85714 },
    });
  });

  it('a pair that the truth joins over a third row is good', () => {
    const result = { pairs: pairs([[0, 2, 9]]), clusters: Uint32Array.of(0, 1, 0), threshold: 0 };
    expect(
      accuracyOf(
        result,
        truth([
          [0, 1],
          [1, 2],
        ]),
        { rows: 3, leftRows: 3, type: 'dedupe' },
      ).pairs.precision,
    ).toBe(1);
  });

  it('of two files only pairs across count', () => {
    // Rows 0 and 1 are the left file's, 2 and 3 the right's.
    const result = { pairs: pairs([[0, 2, 9]]), clusters: Uint32Array.of(0, 0, 0, 3), threshold: 0 };
    const judged = accuracyOf(
      result,
      truth([
        [0, 2],
        [1, 3],
      ]),
      { rows: 4, leftRows: 2, type: 'link' },
    );
    expect(judged.clusters).toEqual({ precision: 0.5, recall: 0.5, f1: 0.5 });
  });

  it('an empty answer is worth nothing, and does not divide by it', () => {
    const result = { pairs: pairs([]), clusters: Uint32Array.of(0, 1), threshold: 0 };
    const nothing = { precision: 0, recall: 0, f1: 0 };
    expect(accuracyOf(result, truth([]), { rows: 2, leftRows: 2, type: 'dedupe' })).toEqual({
      pairs: nothing,
      clusters: nothing,
    });
  });

  it('the truth itself, closed over thirds, scores 1', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(4), { minLength: 2, maxLength: 12 }), (people) => {
        const clusters = Uint32Array.from(people, (person) => people.indexOf(person));
        const list: [number, number][] = people.flatMap((person, a) =>
          people.flatMap((other, b) => (a < b && person === other ? [[a, b] as [number, number]] : [])),
        );
        fc.pre(list.length > 0);
        const whole = { precision: 1, recall: 1, f1: 1 };
        const scored = pairs(list.map(([a, b]) => [a, b, 1]));
        const judged = accuracyOf({ pairs: scored, clusters, threshold: 0 }, truth(list), {
          rows: people.length,
          leftRows: people.length,
          type: 'dedupe',
        });
        expect(judged).toEqual({ pairs: whole, clusters: whole });
      }),
      { seed: 4 },
    );
  });
});
