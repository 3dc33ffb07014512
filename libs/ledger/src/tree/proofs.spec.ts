import { describe, expect, it } from '@jest/globals';
import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import {
  consistencyProof,
  inclusionProof,
  leafHash,
  logFiles,
  nodeHash,
  rowProof,
  rowsRoot,
  tileReader,
  TreeState,
  treeStateAt,
  verifyConsistency,
  verifyInclusion,
  verifyRow,
  type TileReader,
} from '../index.js';

const SEED = { seed: 20261101, numRuns: 60 };
const MOST = 600;
const ENTRIES = Array.from({ length: MOST }, (_, at) => Buffer.from(`entry ${at}`));
const HASHES = ENTRIES.map(leafHash);
const { privateKey } = generateKeyPairSync('ed25519');

/** Written from the RFC's definition, to hold the fast one against. */
function naiveRoot(hashes: Buffer[]): Buffer {
  if (hashes.length === 1) return hashes[0] as Buffer;
  let k = 1;
  while (k * 2 < hashes.length) k *= 2;
  return nodeHash(naiveRoot(hashes.slice(0, k)), naiveRoot(hashes.slice(k)));
}

const readers = new Map<number, TileReader>();
function readerOf(size: number): TileReader {
  const known = readers.get(size);
  if (known) return known;
  const files = logFiles({ origin: 'mash-hub/test', entries: ENTRIES.slice(0, size), privateKey });
  const reader = tileReader(async (path) => files.get(path) ?? null);
  readers.set(size, reader);
  return reader;
}

function flip(bytes: Buffer, bit: number): Buffer {
  const changed = Buffer.from(bytes);
  const at = Math.floor(bit / 8) % bytes.length;
  changed[at] = (changed[at] as number) ^ (1 << (bit % 8));
  return changed;
}

const sizes = fc.integer({ min: 1, max: MOST });
const bits = fc.integer({ min: 0, max: 255 });

describe('tree states and proofs', () => {
  it('the compact state has the root of the naive tree, however its entries were appended and saved between', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 90 }), { maxLength: 8 }), (steps) => {
        let tree = TreeState.empty();
        for (const step of steps) {
          if (tree.size + step > MOST) break;
          tree.append(HASHES.slice(tree.size, tree.size + step));
          tree = TreeState.from(BigInt(tree.size), tree.edge());
          if (tree.size > 0) expect(tree.root()).toEqual(naiveRoot(HASHES.slice(0, tree.size)));
        }
      }),
      SEED,
    );
  });

  it('the state read back from tiles is the state that was appended to', async () => {
    for (const size of [1, 2, 255, 256, 257, 511, 512, 600]) {
      const state = await treeStateAt(size, readerOf(600), 600);
      expect(state.root()).toEqual(naiveRoot(HASHES.slice(0, size)));
      state.append(HASHES.slice(size, size + 3));
      expect(state.root()).toEqual(naiveRoot(HASHES.slice(0, size + 3)));
    }
  });

  it('a state whose edge does not belong to its size is refused', () => {
    const tree = TreeState.empty();
    tree.append(HASHES.slice(0, 6));
    expect(() => TreeState.from(7, tree.edge())).toThrow(expect.objectContaining({ code: 'edge_invalid' }));
    expect(() => TreeState.from(2 ** 53, [])).toThrow(expect.objectContaining({ code: 'size_invalid' }));
    expect(() => TreeState.from(1, [Buffer.alloc(3)])).toThrow(expect.objectContaining({ code: 'hash_invalid' }));
  });

  it('every inclusion proof verifies, and none does with one bit, the place or the size changed', async () => {
    await fc.assert(
      fc.asyncProperty(sizes, fc.nat(), bits, fc.nat(), async (size, pick, bit, which) => {
        const index = pick % size;
        const root = naiveRoot(HASHES.slice(0, size));
        const leaf = HASHES[index] as Buffer;
        const proof = await inclusionProof(index, size, readerOf(size));
        expect(verifyInclusion(leaf, index, size, proof, root)).toBe(true);
        expect(verifyInclusion(flip(leaf, bit), index, size, proof, root)).toBe(false);
        expect(verifyInclusion(leaf, index, size, proof, flip(root, bit))).toBe(false);
        expect(verifyInclusion(leaf, index, size, [...proof, root], root)).toBe(false);
        if (size > 1) {
          const at = which % proof.length;
          expect(verifyInclusion(leaf, index, size, proof.with(at, flip(proof[at] as Buffer, bit)), root)).toBe(false);
          expect(verifyInclusion(leaf, (index + 1) % size, size, proof, root)).toBe(false);
          expect(verifyInclusion(leaf, index, size, proof.slice(1), root)).toBe(false);
        }
      }),
      SEED,
    );
  });

  it('every consistency proof verifies, and none does with one bit changed or a hash more or less', async () => {
    await fc.assert(
      fc.asyncProperty(sizes, sizes, bits, fc.nat(), async (one, other, bit, which) => {
        const [a, b] = [Math.min(one, other), Math.max(one, other)];
        const [rootA, rootB] = [naiveRoot(HASHES.slice(0, a)), naiveRoot(HASHES.slice(0, b))];
        const proof = await consistencyProof(a, b, readerOf(b));
        expect(verifyConsistency(a, b, rootA, rootB, proof)).toBe(true);
        expect(verifyConsistency(a, b, flip(rootA, bit), rootB, proof)).toBe(false);
        expect(verifyConsistency(a, b, rootA, flip(rootB, bit), proof)).toBe(false);
        expect(verifyConsistency(a, b, rootA, rootB, [...proof, rootA])).toBe(false);
        if (a < b) expect(verifyConsistency(b, a, rootB, rootA, proof)).toBe(false);
        if (proof.length > 0) {
          const at = which % proof.length;
          expect(verifyConsistency(a, b, rootA, rootB, proof.with(at, flip(proof[at] as Buffer, bit)))).toBe(false);
          expect(verifyConsistency(a, b, rootA, rootB, proof.slice(1))).toBe(false);
        }
      }),
      SEED,
    );
  });

  it('the empty log begins every log, without a proof', async () => {
    const empty = TreeState.empty().root();
    const root = naiveRoot(HASHES.slice(0, 5));
    expect(await consistencyProof(0, 5, readerOf(5))).toEqual([]);
    expect(verifyConsistency(0, 5, empty, root, [])).toBe(true);
    expect(verifyConsistency(0, 5, root, root, [])).toBe(false);
    expect(verifyConsistency(0, 0, empty, empty, [])).toBe(true);
  });

  it('asks in vain for an entry or a size that is not there', async () => {
    await expect(inclusionProof(5, 5, readerOf(5))).rejects.toMatchObject({ code: 'index_out_of_range' });
    await expect(consistencyProof(6, 5, readerOf(5))).rejects.toMatchObject({ code: 'size_invalid' });
    await expect(inclusionProof(3, 300, readerOf(5))).rejects.toMatchObject({ code: 'tile_missing' });
  });

  it('proofs do not overflow beyond 2^32 entries', () => {
    const size = 2 ** 40 + 1;
    const [leaf, root] = [HASHES[0] as Buffer, nodeHash(HASHES[1] as Buffer, HASHES[0] as Buffer)];
    expect(verifyInclusion(leaf, size - 1, size, [HASHES[1] as Buffer], root)).toBe(true);
    expect(verifyInclusion(leaf, 0, size, [HASHES[1] as Buffer], root)).toBe(false);
  });

  it('any row of a bulk act is proved against the root, and no other passes for it', () => {
    const rows = Array.from({ length: 37 }, (_, at) => Buffer.from(`row ${at}`));
    const root = rowsRoot(rows);
    rows.forEach((row, index) => {
      const proof = rowProof(rows, index);
      expect(verifyRow(row, index, 37, proof, root)).toBe(true);
      expect(verifyRow(Buffer.from('another'), index, 37, proof, root)).toBe(false);
    });
  });
});
