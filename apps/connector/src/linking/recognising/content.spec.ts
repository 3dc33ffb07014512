import { describe, expect, it } from '@jest/globals';
import { ReadColumn } from '../reading/read-column.js';
import { contentOf } from './content.js';

/** A column of these cells, each once. */
const columnOf = (...cells: string[]): ReadColumn => {
  const column = new ReadColumn('made up');
  cells.forEach((cell, row) => (column.codes[row] = column.dictionary.codeOf(Buffer.from(cell))));
  column.finish(cells.length);
  return column;
};

describe('what cells look like', () => {
  it.each([
    ['a code of many letters that ends in something else', `1${'a'.repeat(60)}!`],
    ['one word of a megabyte', 'x'.repeat(1_000_000)],
    ['many short words', 'a;b '.repeat(250_000)],
  ])('is told at once of %s', (_, cell) => {
    const column = columnOf(cell);
    const start = performance.now();
    contentOf(column);
    expect(performance.now() - start).toBeLessThan(1000);
  });

  it('is told by what stands in them', () => {
    const { shares } = contentOf(columnOf('AB-12/3', '4711', 'r000017', 'AB 12 CD'));
    expect(shares).toMatchObject({ code: 1, sentence: 0 });
    expect(contentOf(columnOf('12--3', '!', 'no code')).shares.code).toBe(0);
    expect(contentOf(columnOf('a note of five words')).shares.sentence).toBe(1);
  });
});
