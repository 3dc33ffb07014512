import { describe, expect, it } from '@jest/globals';
import { candidatePairs } from './candidates.js';
import { keyBlocks } from './key-blocks.js';
import { atom } from './made-atoms.fixture.js';
import { possibleRules, sameFamily } from './rules.js';

const cycle = (rows: number, values: number): number[] => Array.from({ length: rows }, (_, row) => 1 + (row % values));

describe('possible rules', () => {
  it('a block that is too large is divided, not dropped', () => {
    // Three hundred of one surname; two of them share a birth date as well.
    const rows = 6000;
    const surname = Array.from({ length: rows }, (_, row) => (row < 300 ? 1 : 2 + (row % 2000)));
    const birth = Array.from({ length: rows }, (_, row) => (row === 17 || row === 230 ? 9999 : 1 + ((row * 7) % 150)));
    const rules = possibleRules([atom('surname', surname), atom('birth', birth)], rows, 20);
    const pairs = candidatePairs(
      rules.map((rule) => keyBlocks(rule, rows, 20)),
      rows,
    );
    expect(Array.from({ length: pairs.count }, (_, k) => `${pairs.left[k]},${pairs.right[k]}`)).toContain('17,230');
  });

  it('atoms of one family are not joined, for they say one thing', () => {
    const rules = possibleRules(
      [
        { ...atom('a', cycle(1000, 30)), family: 'given' },
        { ...atom('b', cycle(1000, 31)), family: 'given+surname' },
      ],
      1000,
      20,
    );
    expect(rules.map((rule) => rule.length)).toEqual([1, 1]);
    expect(sameFamily({ ...atom('a', []), family: 'given' }, { ...atom('b', []), family: 'surname' })).toBe(false);
  });

  it('an atom with hardly any values is no rule, and neither is one that all rows share or none has', () => {
    expect(
      possibleRules(
        [
          atom('sex', cycle(1000, 2)),
          atom('one', cycle(1000, 1)),
          atom(
            'none',
            cycle(1000, 1).map(() => 0),
          ),
        ].slice(0, 2),
        1000,
        20,
      ),
    ).toEqual([]);
  });
});
