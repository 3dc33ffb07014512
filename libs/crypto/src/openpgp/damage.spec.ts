import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { PrivateKey } from 'openpgp';
import { generateAgencyKey, generateHubKey } from './generate.js';
import { openMessage } from './open.js';
import { readRegisteredKey, readSecretKey, type RegisteredKey } from './read-keys.js';
import { sealMessage } from './seal.js';

const SEED = 20261102;
const NOW = new Date();
const payload = Buffer.from('{"format":"mash.feed/1"}\n{"recordRef":"R-1"}\n');

let opening: PrivateKey;
let signer: RegisteredKey;
let binary: Uint8Array;
let armoured: Uint8Array;

beforeAll(async () => {
  const hub = await generateHubKey({ hubId: 'test' });
  const agency = await generateAgencyKey({ agency: 'ashfield', name: 'Ashfield test council' });
  opening = await readSecretKey(hub.openingKeyArmored);
  signer = await readRegisteredKey('ashfield', agency.publicKeyArmored);
  const request = { payload, recipients: [hub.publicKeyArmored], signer: agency.privateKeyArmored };
  binary = await sealMessage(request);
  armoured = await sealMessage({ ...request, armor: true });
});

const open = (message: Uint8Array) =>
  openMessage({ message, decryptionKeys: [opening], now: new Date(NOW.getTime() + 60_000), signers: [signer] });

const flipped = (message: Uint8Array, at: number, bits: number) => {
  const copy = Uint8Array.from(message);
  copy[at]! ^= bits;
  return copy;
};

describe('a damaged message', () => {
  it('opens before it is damaged', async () => {
    expect(await open(binary)).toMatchObject({ ok: true });
    expect(await open(armoured)).toMatchObject({ ok: true });
  });

  it('never gives a payload after any one byte was changed', async () => {
    const change = fc.tuple(fc.nat(binary.length - 1), fc.integer({ min: 1, max: 255 }));
    const property = fc.asyncProperty(change, async ([at, bits]) => {
      expect((await open(flipped(binary, at, bits))).ok).toBe(false);
    });
    await fc.assert(property, { seed: SEED, numRuns: 400 });
  });

  it('never gives a payload after any one bit outside the protected data was changed', async () => {
    const beforeProtectedData = 2 + binary[1]!; // one session key packet with a one-octet length
    for (let at = 0; at < beforeProtectedData + 4; at++) {
      for (let bit = 0; bit < 8; bit++) expect(await open(flipped(binary, at, 1 << bit))).toMatchObject({ ok: false });
    }
  });

  it('never gives a payload when it is cut short', async () => {
    const property = fc.asyncProperty(fc.nat(binary.length - 1), async (length) => {
      expect((await open(binary.subarray(0, length))).ok).toBe(false);
    });
    await fc.assert(property, { seed: SEED, numRuns: 200 });
  });

  it('gives the payload that was signed or none when its armour was changed', async () => {
    const change = fc.tuple(fc.nat(armoured.length - 1), fc.integer({ min: 1, max: 255 }));
    const property = fc.asyncProperty(change, async ([at, bits]) => {
      const result = await open(flipped(armoured, at, bits));
      if (result.ok) expect(Buffer.from(result.payload)).toEqual(payload);
    });
    await fc.assert(property, { seed: SEED, numRuns: 300 });
  });

  it('is refused without throwing when it is any bytes at all', async () => {
    const property = fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
      expect((await open(bytes)).ok).toBe(false);
    });
    await fc.assert(property, { seed: SEED, numRuns: 500 });
  });
});
