import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { breakLines } from './lines.js';

const measure = (text: string) => [...text].length;

describe('lines', () => {
  it('break at spaces, at line ends, and within a word that is too long', () => {
    expect(breakLines('one two three', 7, measure)).toEqual(['one two', 'three']);
    expect(breakLines('one\ntwo', 20, measure)).toEqual(['one', 'two']);
    expect(breakLines('x'.repeat(200), 80, measure).map(measure)).toEqual([80, 80, 40]);
    expect(breakLines('', 10, measure)).toEqual(['']);
  });

  it('are never wider than asked, and lose nothing but spaces', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300 }), fc.integer({ min: 1, max: 40 }), (text, width) => {
        const lines = breakLines(text, width, (part) => part.length);
        const squeeze = (value: string) => value.replace(/\s+/g, '');
        return (
          squeeze(lines.join(' ')) === squeeze(text) &&
          lines.every((line) => line.length <= width || [...new Intl.Segmenter().segment(line)].length === 1)
        );
      }),
      { seed: 7, numRuns: 300 },
    );
  });
});
