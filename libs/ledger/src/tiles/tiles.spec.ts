import { describe, expect, it } from '@jest/globals';
import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import {
  decodeEntryBundle,
  encodeEntryBundle,
  growTiles,
  leafHash,
  logFiles,
  parseTilePath,
  partialTiles,
  tilePath,
  tilesFor,
  tileWidth,
} from '../index.js';

const SEED = { seed: 20261102, numRuns: 100 };

describe('tiles', () => {
  it('are named as tlog-tiles asks', () => {
    expect(tilePath(0, 0, 256)).toBe('tile/0/000');
    expect(tilePath(0, 1234067, 256)).toBe('tile/0/x001/x234/067');
    expect(tilePath(1, 1000, 17)).toBe('tile/1/x001/000.p/17');
    expect(tilePath('entries', 273, 112)).toBe('tile/entries/273.p/112');
    for (const bad of [
      () => tilePath(64, 0),
      () => tilePath(0, -1),
      () => tilePath(0, 0, 0),
      () => tilePath(0, 0, 257),
    ]) {
      expect(bad).toThrow(expect.objectContaining({ code: 'tile_path_invalid' }));
    }
  });

  it('a path is read back as what it was written from, and only so', () => {
    const level = fc.oneof(fc.constant('entries' as const), fc.integer({ min: 0, max: 63 }));
    fc.assert(
      fc.property(level, fc.nat(2 ** 40), fc.integer({ min: 1, max: 256 }), (l, n, w) => {
        expect(parseTilePath(tilePath(l, n, w))).toEqual({ level: l, index: n, width: w });
      }),
      SEED,
    );
    const others =
      'tile/0/00 tile/00/000 tile/0/x000/001 tile/0/000.p/0 tile/0/000.p/256 tile/0/000.p/01 tile/64/000 tile/0/001/002 tile/x/000';
    for (const path of others.split(' ')) expect(parseTilePath(path)).toBeNull();
  });

  it('a log of 70,000 entries has the tiles that the standard counts for it', () => {
    const tiles = tilesFor(0, 70_000);
    const count = (level: number | 'entries', full: boolean): number =>
      tiles.filter((tile) => tile.level === level && (tile.width === 256) === full).length;
    expect([count(0, true), count(1, true), count('entries', true)]).toEqual([273, 1, 273]);
    expect(partialTiles(70_000)).toEqual([
      { level: 0, index: 273, width: 112 },
      { level: 1, index: 1, width: 17 },
      { level: 2, index: 0, width: 1 },
    ]);
    expect(tilesFor(0, 256)).toEqual([
      { level: 'entries', index: 0, width: 256 },
      { level: 0, index: 0, width: 256 },
      { level: 1, index: 0, width: 1 },
    ]);
  });

  it('only what changes is named when a log grows', () => {
    expect(tilesFor(300, 300)).toEqual([]);
    expect(tilesFor(300, 301)).toEqual([
      { level: 'entries', index: 1, width: 45 },
      { level: 0, index: 1, width: 45 },
    ]);
  });

  it('grown in steps are those of the log made in one go', () => {
    const { privateKey } = generateKeyPairSync('ed25519');
    const entries = Array.from({ length: 1400 }, (_, at) => Buffer.from(`entry ${at}`));
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 700 }), { minLength: 1, maxLength: 6 }), (steps) => {
        const written = new Map<string, Buffer>();
        let size = 0;
        for (const step of steps) {
          const leaves = entries.slice(size, size + step).map(leafHash);
          const partials = partialTiles(size).map(({ level, index, width }) =>
            written.get(tilePath(level, index, width)),
          );
          const byLevel: (Buffer | undefined)[] = [];
          partialTiles(size).forEach(({ level }, at) => (byLevel[level] = partials[at]));
          const grown = growTiles(size, byLevel, leaves);
          const named = tilesFor(size, size + leaves.length).filter(({ level }) => level !== 'entries');
          expect(grown.map(({ level, index, width }) => ({ level, index, width }))).toEqual(named);
          for (const tile of grown) written.set(tilePath(tile.level, tile.index, tile.width), tile.bytes);
          size += leaves.length;
        }
        const whole = logFiles({ origin: 'mash-hub/test', entries: entries.slice(0, size), privateKey });
        for (const { level, index, width } of tilesFor(0, size)) {
          const path = tilePath(level, index, width);
          if (level !== 'entries') expect(written.get(path)?.equals(whole.get(path) as Buffer)).toBe(true);
        }
      }),
      { ...SEED, numRuns: 20 },
    );
  });

  it('do not grow from a partial tile of the wrong width', () => {
    expect(() => growTiles(300, [Buffer.alloc(32)], [Buffer.alloc(32)])).toThrow(
      expect.objectContaining({ code: 'tile_malformed' }),
    );
  });

  it('have no width where the tree has none', () => {
    expect(tileWidth(0, 2, 300)).toBe(0);
    expect(tileWidth(1, 0, 255)).toBe(0);
    expect(tileWidth(1, 0, 70_000)).toBe(256);
  });
});

describe('entry bundles', () => {
  it('give back what was put in, up to the longest entry', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 256 }), (entries) => {
        const decoded = decodeEntryBundle(encodeEntryBundle(entries), entries.length);
        expect(decoded.map((entry) => [...entry])).toEqual(entries.map((entry) => [...entry]));
      }),
      SEED,
    );
    expect(decodeEntryBundle(encodeEntryBundle([Buffer.alloc(65_535)]), 1)[0]).toHaveLength(65_535);
    expect(() => encodeEntryBundle([Buffer.alloc(65_536)])).toThrow(
      expect.objectContaining({ code: 'entry_too_large' }),
    );
  });

  it('length is two bytes, big end first', () => {
    expect(encodeEntryBundle([Buffer.alloc(258)]).subarray(0, 2)).toEqual(Buffer.from([1, 2]));
  });

  it.each([
    ['an entry less', [Buffer.from('a')], 2, undefined],
    ['an entry more', [Buffer.from('a'), Buffer.from('b')], 1, undefined],
    ['half an entry', [Buffer.from('abc'), Buffer.from('def')], 2, -1],
    ['half a length', [Buffer.from('abc'), Buffer.alloc(0)], 2, -1],
  ])('with %s are refused', (_, entries, width, end) => {
    expect(() => decodeEntryBundle(encodeEntryBundle(entries).subarray(0, end), width)).toThrow(
      expect.objectContaining({ code: 'bundle_malformed' }),
    );
  });
});
