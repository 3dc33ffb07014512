import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { candidatePairs } from './candidates.js';
import { keyBlocks } from './key-blocks.js';
import { atom, pairsByHand, someRules } from './made-atoms.fixture.js';

const ROWS = 24;
const told = ({ left, right, count }: { left: Uint32Array; right: Uint32Array; count: number }): string[] =>
  Array.from({ length: count }, (_, k) => `${left[k]},${right[k]}`);

describe('candidates', () => {
  it('are every pair that shares a key of a small block, each once, left before right', () => {
    fc.assert(
      fc.property(
        someRules(ROWS),
        fc.integer({ min: 2, max: 8 }),
        fc.constantFrom(0, 7, 12),
        (rules, cap, boundary) => {
          const pairs = told(
            candidatePairs(
              rules.map((rule) => keyBlocks(rule, ROWS, cap)),
              ROWS,
              boundary,
            ),
          );
          expect(new Set(pairs).size).toBe(pairs.length);
          expect(new Set(pairs)).toEqual(pairsByHand(rules, ROWS, cap, boundary));
          const lefts = pairs.map((pair) => Number(pair.split(',')[0]));
          expect(lefts).toEqual([...lefts].sort((x, y) => x - y));
        },
      ),
      { seed: 61, numRuns: 300 },
    );
  });

  it('of two halves of the rows are those of the whole', () => {
    fc.assert(
      fc.property(
        someRules(ROWS),
        fc.integer({ min: 0, max: ROWS }),
        fc.constantFrom(0, 7),
        (rules, split, boundary) => {
          const blocks = rules.map((rule) => keyBlocks(rule, ROWS, 6));
          const halves = [
            candidatePairs(blocks, ROWS, boundary, 0, split),
            candidatePairs(blocks, ROWS, boundary, split, ROWS),
          ];
          expect(halves.flatMap(told)).toEqual(told(candidatePairs(blocks, ROWS, boundary)));
        },
      ),
      { seed: 62 },
    );
  });

  it('are none where nobody has a key, or there is nobody', () => {
    expect(candidatePairs([keyBlocks([atom('none', [0, 0, 0])], 3, 20)], 3).count).toBe(0);
    expect(candidatePairs([keyBlocks([atom('none', [])], 0, 20)], 0).count).toBe(0);
    expect(candidatePairs([], 3).count).toBe(0);
  });

  it('grow with need: a hundred thousand of one block', () => {
    const rows = 450;
    expect(
      candidatePairs(
        [
          keyBlocks(
            [
              atom(
                'one',
                Array.from({ length: rows }, () => 1),
              ),
            ],
            rows,
            1000,
          ),
        ],
        rows,
      ).count,
    ).toBe((rows * (rows - 1)) / 2);
  });
});
