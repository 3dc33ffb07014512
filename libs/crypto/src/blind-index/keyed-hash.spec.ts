import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createHmac } from 'node:crypto';
import { KeyedHash } from './keyed-hash.js';

const native = (key: Buffer, value: Buffer | string) => createHmac('sha256', key).update(value).digest();
const keys = fc.uint8Array({ maxLength: 64 }).map((bytes) => Buffer.from(bytes));

describe('a keyed hash', () => {
  it('is HMAC-SHA-256: test cases 1 to 4 of RFC 4231', () => {
    for (const [key, data, digest] of [
      ['0b'.repeat(20), '4869205468657265', 'b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7'],
      [
        '4a656665',
        '7768617420646f2079612077616e7420666f72206e6f7468696e673f',
        '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
      ],
      ['aa'.repeat(20), 'dd'.repeat(50), '773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe'],
      [
        '0102030405060708090a0b0c0d0e0f10111213141516171819',
        'cd'.repeat(50),
        '82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b',
      ],
    ] as const)
      expect(new KeyedHash(Buffer.from(key, 'hex')).bytes(Buffer.from(data, 'hex')).toString('hex')).toBe(digest);
  });

  it('of any bytes and any text is what the library makes of them', () => {
    const property = fc.property(
      keys,
      fc.uint8Array({ maxLength: 2_000 }),
      fc.string({ unit: 'binary' }),
      (key, bytes, text) => {
        const hash = new KeyedHash(key);
        expect(hash.bytes(Buffer.from(bytes))).toEqual(native(key, Buffer.from(bytes)));
        expect(hash.bytes(text, 16)).toEqual(native(key, text).subarray(0, 16));
        expect(hash.first64(text)).toBe(native(key, text).readBigInt64BE(0));
      },
    );
    fc.assert(property, { seed: 2401, numRuns: 400 });
  });

  it('is right at every length round the ends of blocks and the change to the library', () => {
    const key = Buffer.alloc(32, 7);
    const hash = new KeyedHash(key);
    for (let length = 0; length <= 1_200; length++) {
      const value = 'é'.repeat(length >> 2) + 'x'.repeat(length - (length >> 2));
      expect(hash.bytes(value).equals(native(key, value))).toBe(true);
      expect(hash.bytes(Buffer.from(value)).equals(native(key, value))).toBe(true);
    }
  });

  it('takes no key longer than a block', () => {
    expect(() => new KeyedHash(Buffer.alloc(65))).toThrow(RangeError);
  });
});
