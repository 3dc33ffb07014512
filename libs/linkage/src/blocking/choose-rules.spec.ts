import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { searchAnchors } from './anchors.js';
import { candidatePairs } from './candidates.js';
import { chooseRules } from './choose-rules.js';
import { keyBlocks } from './key-blocks.js';
import { atom, someRules } from './made-atoms.fixture.js';

const ROWS = 24;
const all = Uint32Array.from({ length: ROWS }, (_, row) => row);

describe('chosen rules', () => {
  it('find what they say they find', () => {
    fc.assert(
      fc.property(
        someRules(ROWS),
        fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })),
        fc.integer({ min: 0, max: 200 }),
        (some, chances, budget) => {
          const rules = some.map((rule) => rule.map(({ more: _more, ...one }) => one));
          const search = searchAnchors(rules, ROWS, all, 6);
          const likely = Float32Array.from({ length: search.pairs.count }, () => chances.next().value!);
          const chosen = chooseRules(rules, search, likely, 0.5, { budget, worth: 1000 });
          expect(chosen.cost).toBeLessThanOrEqual(budget);
          expect(chosen.missed).toBeGreaterThanOrEqual(0);
          expect(chosen.missed).toBeLessThanOrEqual(1);
          const pairs = candidatePairs(
            chosen.rules.map((rule) => keyBlocks(rule, ROWS, 6)),
            ROWS,
          );
          const met = new Set(Array.from({ length: pairs.count }, (_, k) => pairs.left[k]! * ROWS + pairs.right[k]!));
          let [found, total] = [0, 0];
          for (let k = 0; k < search.pairs.count; k++) {
            if (likely[k]! < 0.3) continue;
            const [a, b] = [search.pairs.left[k]!, search.pairs.right[k]!];
            total += likely[k]!;
            if (met.has(Math.min(a, b) * ROWS + Math.max(a, b))) found += likely[k]!;
          }
          if (total > 0) expect(1 - found / total).toBeCloseTo(chosen.missed, 5);
        },
      ),
      { seed: 67, numRuns: 200 },
    );
  });

  it('take the rule that finds the matches for few pairs before one that finds them for many', () => {
    const telling = atom(
      'telling',
      Array.from({ length: ROWS }, (_, row) => 1 + (row >> 1)),
    );
    const blunt = atom(
      'blunt',
      Array.from({ length: ROWS }, (_, row) => 1 + (row >> 2)),
    );
    const search = searchAnchors([[blunt], [telling]], ROWS, all, 6);
    const likely = Float32Array.from({ length: search.pairs.count }, (_, k) =>
      search.pairs.left[k]! >> 1 === search.pairs.right[k]! >> 1 ? 0.99 : 0,
    );
    const chosen = chooseRules([[blunt], [telling]], search, likely, 0.5, { budget: 1000, worth: 1000 });
    expect(chosen.rules).toEqual([[telling]]);
    expect(chosen.missed).toBe(0);
  });

  it('are none, and miss nothing, where there is no likely match', () => {
    const rule = [
      atom(
        'any',
        Array.from({ length: ROWS }, () => 1),
      ),
    ];
    const search = searchAnchors([rule], ROWS, all, 30);
    expect(chooseRules([rule], search, new Float32Array(search.pairs.count), 1, { budget: 1e9, worth: 1000 })).toEqual({
      rules: [],
      cost: 0,
      missed: 0,
    });
  });
});
