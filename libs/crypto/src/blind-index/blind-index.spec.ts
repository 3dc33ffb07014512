import { describe, expect, it } from '@jest/globals';
import { createSecretKey, randomBytes } from 'node:crypto';
import { BlindIndex } from './blind-index.js';

const key = Buffer.from(Array.from({ length: 32 }, (_, i) => i));
const index = new BlindIndex(new Map([[1, key]]), 1);

describe('blind-index tokens', () => {
  it('are the format written above the codec (golden vectors made by another implementation)', () => {
    expect(index.tokens(['dob:1980-02-29', 'surname+dob:OKORO|1980-02-29'])).toEqual([
      7794609256256695847n,
      2331377871238428081n,
    ]);
    expect(index.tokenForRef('ashfield', 'housing', 'T-1').toString('hex')).toBe('27f23f8340de72843dc18651cc114e23');
  });

  it('are signed 64-bit integers, one for each key in order', () => {
    const keys = Array.from({ length: 200 }, (_, i) => `postcode:NG${i}`);
    const tokens = index.tokens(keys);
    expect(new Set(tokens).size).toBe(200);
    expect(tokens.every((token) => BigInt.asIntN(64, token) === token)).toBe(true);
    expect(tokens.some((token) => token < 0n)).toBe(true);
    expect(index.tokens([keys[7]!])).toEqual([tokens[7]]);
  });

  it('differ for the same value under another kind, and for another key', () => {
    const [a, b] = index.tokens(['mobile:07700900123', 'home:07700900123']);
    expect(a).not.toBe(b);
    expect(new BlindIndex(new Map([[1, randomBytes(32)]]), 1).tokens(['mobile:07700900123'])).not.toEqual([a]);
  });

  it('take everything after the first colon as the value', () => {
    const [a, b] = index.tokens(['k:x:y', 'k:x']);
    expect(a).not.toBe(b);
  });

  it('can be made under an older key while records are indexed anew', () => {
    const rotated = new BlindIndex(
      new Map([
        [1, createSecretKey(key)],
        [2, createSecretKey(randomBytes(32))],
      ]),
      2,
    );
    expect(rotated.versions).toEqual([1, 2]);
    expect(rotated.tokens(['dob:1980-02-29'], 1)).toEqual(index.tokens(['dob:1980-02-29']));
    expect(rotated.tokens(['dob:1980-02-29'])).not.toEqual(index.tokens(['dob:1980-02-29']));
  });

  it('are refused, without naming the value, where the kind is missing', () => {
    for (const bad of ['Okoro', ':Okoro', 'Surname:Okoro', '']) {
      expect(() => index.tokens([bad])).toThrow(expect.objectContaining({ code: 'bad_index_key' }));
      expect(() => index.tokens([bad])).not.toThrow(/Okoro/);
    }
  });

  it('are refused under kinds without end', () => {
    const flooded = new BlindIndex(new Map([[1, key]]), 1);
    const kinds = Array.from({ length: 300 }, (_, i) => `k${i}:x`);
    expect(() => flooded.tokens(kinds)).toThrow(expect.objectContaining({ code: 'bad_index_key' }));
  });
});

describe('tokens for record references', () => {
  it('have 16 octets and keep agency, feed and reference apart', () => {
    const one = index.tokenForRef('ashfield', 'housing', 'T1');
    expect(one).toHaveLength(16);
    expect(index.tokenForRef('ashfield', 'housingT', '1')).not.toEqual(one);
    expect(index.tokenForRef('ashfieldh', 'ousing', 'T1')).not.toEqual(one);
  });
});

it('an index is not built with a short key or without its current key', () => {
  expect(() => new BlindIndex(new Map([[1, Buffer.alloc(16)]]), 1)).toThrow(
    expect.objectContaining({ code: 'bad_key' }),
  );
  expect(() => new BlindIndex(new Map([[1, key]]), 2)).toThrow(
    expect.objectContaining({ code: 'unknown_key_version' }),
  );
});
