import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { stringify } from 'csv-stringify/sync';
import { MAX_FILE_BYTES, readTable, requireFits } from './csv-table.js';

const read = (text: string) => readTable(new TextEncoder().encode(text));

describe('a file chosen in a browser', () => {
  it('is read with its line numbers as an editor shows them, whatever separates its cells', () => {
    for (const separator of [',', ';', '\t']) {
      const table = read(`\ufeffRef${separator}Name\r\n1${separator}"two\r\nlines"\r\n\r\n2${separator}plain\r\n`);
      expect(table.headings).toEqual(['Ref', 'Name']);
      expect(table.rows.map(({ cells }) => cells)).toEqual([
        ['1', 'two\nlines'],
        ['2', 'plain'],
      ]);
      expect(table.rows[1]!.line).toBe(5);
    }
  });

  it('keeps every cell as it is', () => {
    const cell = fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\ufeff') && !/^\s*$|\r\n/.test(text));
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 20 }), (rows) => {
        const text = stringify([['a', 'b'], ...rows], { quoted: true });
        expect(read(text).rows.map(({ cells }) => cells)).toEqual(rows);
      }),
      { seed: 5 },
    );
  });

  it('with one heading twice keeps both columns', () => {
    expect(read('Telephone,Telephone\n1,2').headings).toEqual(['Telephone', 'Telephone 2']);
  });

  it('that is no table is refused with its line and without a value', () => {
    expect(() => read('a,b\n1,2\nSecret,3,4\n')).toThrow(/Line 3 is not a line of this table/);
    expect(() => read('a,b\n1,2\nSecret,3,4\n')).not.toThrow(/Secret/);
    expect(() => read('')).toThrow(/empty/);
  });

  it('that is a workbook, not UTF-8 or too large is refused with what to do', () => {
    expect(() => readTable(new Uint8Array([0x50, 0x4b, 3, 4]))).toThrow(/CSV UTF-8/);
    expect(() => readTable(new Uint8Array([0x61, 0x0a, 0xe9, 0x0a]))).toThrow(/not UTF-8/);
    expect(() => requireFits(MAX_FILE_BYTES + 1)).toThrow(/connector/);
    expect(() => read(`a\n${'1\n'.repeat(100_001)}`)).toThrow(/100,000 rows/);
  });
});
