import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parse } from 'csv-parse/sync';
import { correctionsCsv } from './corrections.js';

const errors = [{ path: 'balance', code: 'invalid_type', message: 'Balance must be a number' }];

describe('the rows to correct', () => {
  it('are the file’s own rows with the line and what is wrong behind', () => {
    expect(correctionsCsv(['Ref', 'Balance'], [{ line: 3, cells: ['A2', 'lots, "really"'], errors }])).toBe(
      '\ufeffRef,Balance,Line in the file,What is wrong\r\nA2,"lots, ""really""",3,Balance must be a number\r\n',
    );
  });

  it('hold no cell that a spreadsheet would run', () => {
    const start = fc.constantFrom('=', '+', '-', '@', '\t', '\r', '\uff1d', '\uff0b');
    fc.assert(
      fc.property(start, fc.string(), (first, rest) => {
        const text = correctionsCsv(['=a'], [{ line: 2, cells: [first + rest], errors }]);
        const [head, row] = parse(text, { bom: true }) as string[][];
        expect(head![0]).toBe("'=a");
        expect(row![0]).toMatch(/^'|^[+-]\d[\d\s.,]*$/);
      }),
      { seed: 7 },
    );
  });

  it('keep amounts and telephone numbers as they are', () => {
    expect(correctionsCsv(['a', 'b'], [{ line: 2, cells: ['-12.50', '+44 1632 960123'], errors }])).toContain(
      '\r\n-12.50,+44 1632 960123,',
    );
  });
});
