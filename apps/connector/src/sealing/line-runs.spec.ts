import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { lineOfRow, lineRuns } from './line-runs.js';

describe('where rows stand in the file', () => {
  it('is found again for every row, and for none beyond', () => {
    const gaps = fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 200 });
    fc.assert(
      fc.property(gaps, (steps) => {
        let line = 1;
        const lines = steps.map((step) => (line += step));
        const runs = lineRuns(lines);
        expect(lines.map((_, index) => lineOfRow(runs, index + 1))).toEqual(lines);
        expect(lineOfRow(runs, lines.length + 1)).toBeNull();
        expect(lineOfRow(runs, 0)).toBeNull();
      }),
      { seed: 20261124 },
    );
  });

  it('takes three numbers for rows that follow one another', () => {
    expect(lineRuns(Array.from({ length: 5000 }, (_, i) => i + 2))).toEqual([[1, 2, 5000]]);
  });
});
