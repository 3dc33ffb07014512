import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readLines, type Line } from './lines.js';

async function all(pieces: Buffer[], longest?: number): Promise<Line[]> {
  async function* stream(): AsyncGenerator<Buffer> {
    yield* pieces;
  }
  const lines: Line[] = [];
  for await (const some of readLines(stream(), longest)) lines.push(...some);
  return lines;
}

describe('readLines', () => {
  it('gives the same lines however the bytes are cut', async () => {
    const text = fc.array(
      fc.string({ unit: 'grapheme' }).map((s) => s.replace(/[\r\n]/g, '')),
      { maxLength: 8 },
    );
    await fc.assert(
      fc.asyncProperty(text, fc.array(fc.nat(200), { maxLength: 10 }), async (lines, cuts) => {
        const bytes = Buffer.from(lines.join('\n'));
        const at = [0, ...cuts.map((cut) => Math.min(cut, bytes.length)).toSorted((a, b) => a - b), bytes.length];
        const pieces = at.slice(1).map((end, i) => bytes.subarray(at[i], end));
        expect(await all(pieces)).toEqual(await all([bytes]));
      }),
      { seed: 10, numRuns: 300 },
    );
  });

  it('says that a line is too large, keeps nothing of it, and goes on', async () => {
    const pieces = ['aaaa', 'aaaa', 'aaaa\nbb\n', 'cccccccccc\nd'].map((piece) => Buffer.from(piece));
    expect(await all(pieces, 8)).toEqual([
      { problem: 'too_large' },
      { text: 'bb' },
      { problem: 'too_large' },
      { text: 'd' },
    ]);
  });

  it('drops a byte order mark, also that of a second file put behind the first', async () => {
    expect(await all([Buffer.from('\uFEFF'), Buffer.from('a\r\n\uFEFFb')])).toEqual([{ text: 'a' }, { text: 'b' }]);
  });
});
