import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { generateKeyPairSync } from 'node:crypto';
import { logFiles, TILE_WIDTH, tilesFor } from '#ledger';
import { LogTip } from './log-tip.js';

const privateKey = generateKeyPairSync('ed25519').privateKey;
const entriesOf = (count: number) => Array.from({ length: count }, (_, at) => Buffer.from(`entry ${at}`));

describe('the log tip', () => {
  it('in whatever portions entries come, the files are those of a log made in one go', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 700 }), { minLength: 1, maxLength: 5 }), (portions) => {
        const entries = entriesOf(portions.reduce((sum, portion) => sum + portion, 0));
        const written = new Map<string, string>();
        const tip = new LogTip();
        for (const portion of portions) {
          const added = entries.slice(tip.size, tip.size + portion);
          const head = tip.headWith(added);
          for (const file of tip.append(added)) written.set(file.path, Buffer.from(file.bytes).toString('hex'));
          expect(tip.root().equals(head.root)).toBe(true);
        }
        const whole = logFiles({ origin: 'log', entries, privateKey });
        for (const [path, bytes] of whole)
          if (path.startsWith('tile/')) expect(written.get(path)).toBe(bytes.toString('hex'));
      }),
      { seed: 2026, numRuns: 30 },
    );
  });

  it('an append gives the files that change, no others', () => {
    const tip = new LogTip();
    tip.append(entriesOf(TILE_WIDTH + 3));
    const refs = tip.append(entriesOf(2)).map(({ level, index, width }) => ({ level, index, width }));
    expect(refs).toEqual(tilesFor(TILE_WIDTH + 3, TILE_WIDTH + 5));
  });
});
