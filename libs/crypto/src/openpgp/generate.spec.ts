import { describe, expect, it } from '@jest/globals';
import { armor, enums, readPrivateKey, type SecretKeyPacket } from 'openpgp';
import { fingerprintForReadOut, fingerprintOf } from './fingerprint.js';
import { generateAgencyKey, generateHubKey } from './generate.js';
import { readPublicKey, readRegisteredKey, readSecretKey } from './read-keys.js';

describe('an agency key', () => {
  it('is a version 4 Curve25519 key with a separate encryption subkey, and expires', async () => {
    const date = new Date('2026-11-02T09:00:00Z');
    const made = await generateAgencyKey({ agency: 'ashfield', name: 'Ashfield', expiresInDays: 30, date });
    const key = await readPublicKey(made.publicKeyArmored);
    expect(key.keyPacket.version).toBe(4);
    expect(key.getAlgorithmInfo()).toMatchObject({ algorithm: 'eddsaLegacy', curve: 'ed25519Legacy' });
    expect(key.subkeys.map((subkey) => subkey.getAlgorithmInfo())).toMatchObject([
      { algorithm: 'ecdh', curve: 'curve25519Legacy' },
    ]);
    expect(key.getUserIDs()).toEqual(['Ashfield (ashfield)']);
    expect(await key.getExpirationTime()).toEqual(new Date('2026-12-02T09:00:00Z'));
    expect(made.fingerprint).toMatch(/^[0-9A-F]{40}$/);
    expect(made.fingerprint).toBe(fingerprintOf(key));
  });

  it('can be locked with a passphrase', async () => {
    const made = await generateAgencyKey({ agency: 'ashfield', name: 'Ashfield', passphrase: 'correct horse' });
    await expect(readSecretKey(made.privateKeyArmored)).rejects.toMatchObject({ code: 'key_locked' });
    await expect(readSecretKey(made.privateKeyArmored, 'wrong')).rejects.toMatchObject({ code: 'key_locked' });
    expect((await readSecretKey(made.privateKeyArmored, 'correct horse')).isDecrypted()).toBe(true);
  });

  it('takes no name that could be read as another user id', async () => {
    for (const name of ['', ' ', 'A (b)', 'A <a@example.org>', 'A\nB']) {
      await expect(generateAgencyKey({ agency: 'ashfield', name })).rejects.toMatchObject({ code: 'bad_name' });
    }
  });

  it('is not registered when it is private, several, expired or no key', async () => {
    const one = await generateAgencyKey({ agency: 'ashfield', name: 'One', expiresInDays: 1 });
    const register = (text: string, now = new Date()) => readRegisteredKey('ashfield', text, now);
    await expect(register('hello')).rejects.toMatchObject({ code: 'not_a_public_key' });
    await expect(register(one.privateKeyArmored)).rejects.toMatchObject({ code: 'not_a_public_key' });
    const { publicKeyArmored } = await generateAgencyKey({ agency: 'ashfield', name: 'Two' });
    const packets = await Promise.all([one.publicKeyArmored, publicKeyArmored].map((text) => readPublicKey(text)));
    const two = armor(enums.armor.publicKey, Buffer.concat(packets.map((key) => key.write())));
    await expect(register(two)).rejects.toMatchObject({ code: 'several_keys' });
    await expect(register(one.publicKeyArmored, new Date(Date.now() + 2 * 86_400_000))).rejects.toMatchObject({
      code: 'key_expired_or_revoked',
    });
    await expect(readSecretKey(one.publicKeyArmored)).rejects.toMatchObject({ code: 'not_a_private_key' });
  });
});

describe('the hub key', () => {
  it('is one certificate whose parts hold only the secrets of their duty', async () => {
    const hub = await generateHubKey({ hubId: 'test' });
    const certificate = await readPublicKey(hub.publicKeyArmored);
    const [encryption, receipts, packs] = certificate.subkeys.map((subkey) => subkey.getFingerprint());
    expect(certificate.subkeys).toHaveLength(3);

    for (const [armoredKey, secrets] of [
      [hub.openingKeyArmored, [encryption, receipts]],
      [hub.packsKeyArmored, [packs]],
    ] as const) {
      const part = await readPrivateKey({ armoredKey });
      expect(fingerprintOf(part)).toBe(hub.fingerprint);
      expect((part.keyPacket as SecretKeyPacket).isDummy()).toBe(true);
      expect(part.subkeys.map((subkey) => subkey.getFingerprint())).toEqual(secrets);
      expect(part.subkeys.every((subkey) => subkey.isDecrypted())).toBe(true);
    }
  });
});

it('a fingerprint is read out in groups of four', () => {
  expect(fingerprintForReadOut('0123456789abcdef')).toBe('0123 4567 89AB CDEF');
});
