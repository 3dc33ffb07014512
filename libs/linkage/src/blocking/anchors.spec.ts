import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { gathered, lookAround, searchAnchors } from './anchors.js';
import { keysOf, pairsByHand, someRules } from './made-atoms.fixture.js';

const ROWS = 24;
const anchors = Uint32Array.of(0, 3, 7, 8, 15, 23);
const told = ({ pairs }: ReturnType<typeof searchAnchors>): string[] =>
  Array.from({ length: pairs.count }, (_, k) => `${pairs.left[k]},${pairs.right[k]}`);

describe('looking around anchors', () => {
  it('finds every record that shares a key of a small block with one, once for each anchor', () => {
    fc.assert(
      fc.property(someRules(ROWS), fc.integer({ min: 2, max: 8 }), (rules, cap) => {
        const found = told(searchAnchors(rules, ROWS, anchors, cap));
        expect(new Set(found).size).toBe(found.length);
        const wanted = [...pairsByHand(rules, ROWS, cap)]
          .map((pair) => pair.split(',').map(Number))
          .flatMap(([i, j]) => [
            [i!, j!],
            [j!, i!],
          ]);
        const ofAnchors = wanted.filter(([i]) => anchors.includes(i!)).map(([i, j]) => `${i},${j}`);
        // A row without a second key of its own may fill a block's places twice: pairs by one key alone are compared.
        if (rules.every((rule) => rule.every(({ more }) => more === undefined)))
          expect(new Set(found)).toEqual(new Set(ofAnchors));
        else for (const pair of found) expect(rules.some((rule) => sharesKey(rule, pair))).toBe(true);
      }),
      { seed: 64, numRuns: 60 },
    );
  });

  it('with a second thread finds the same as without', () => {
    fc.assert(
      fc.property(someRules(ROWS), fc.integer({ min: 0, max: 4 }), (rules, split) => {
        const whole = searchAnchors(rules, ROWS, anchors, 6);
        const shares = [rules.slice(0, split), rules.slice(split)].map((share) => lookAround(share, ROWS, anchors, 6));
        const parted = gathered(anchors, ROWS, shares);
        expect(told(parted)).toEqual(told(whole));
        expect(parted.cost).toEqual(whole.cost);
        expect(parted.usable).toEqual(whole.usable);
      }),
      { seed: 65, numRuns: 60 },
    );
  });

  it('estimates what a rule costs: with every row an anchor, exactly the pairs of its small blocks', () => {
    fc.assert(
      fc.property(someRules(ROWS), (rules) => {
        const plain = rules.map((rule) => rule.map(({ more: _more, ...atom }) => atom));
        const all = Uint32Array.from({ length: ROWS }, (_, row) => row);
        const { cost } = searchAnchors(plain, ROWS, all, 6);
        plain.forEach((rule, r) => expect(cost[r]).toBeCloseTo(pairsByHand([rule], ROWS, 6).size, 9));
      }),
      { seed: 66, numRuns: 40 },
    );
  });
});

function sharesKey(rule: Parameters<typeof keysOf>[0], pair: string): boolean {
  const [i, j] = pair.split(',').map(Number);
  const keys = keysOf(rule, j!);
  return keysOf(rule, i!).some((key) => key !== null && keys.includes(key));
}
