import { describe, expect, it } from '@jest/globals';
import { generateAgencyKey, readRegisteredKey, readSecretKey } from '#crypto';
import { makeSigningKey, takeSigningKey, unlock } from './signing-key.js';

const PASSPHRASE = 'turnip-lantern-quarry-eleven';

describe('a signing key in the browser', () => {
  it('is made locked, fit to be registered, and opens with its passphrase only', async () => {
    const key = await makeSigningKey('newark-sherwood', 'Newark and Sherwood (District) Council', PASSPHRASE);
    expect(await readRegisteredKey('newark-sherwood', key.publicKeyArmored)).toMatchObject({
      fingerprint: key.fingerprint,
    });
    await expect(readSecretKey(key.privateKeyArmored)).rejects.toMatchObject({ code: 'key_locked' });
    await expect(unlock(key.privateKeyArmored, 'something else entirely')).rejects.toMatchObject({
      code: 'key_locked',
    });
    expect((await unlock(key.privateKeyArmored, PASSPHRASE)).isDecrypted()).toBe(true);
    expect(key.readOut.replaceAll(' ', '')).toBe(key.fingerprint);
    expect(key.publicKeyArmored).not.toContain('PRIVATE');
  });

  it('that is brought without a passphrase is locked; with one it keeps its own', async () => {
    const open = await generateAgencyKey({ agency: 'ashfield', name: 'Ashfield' });
    const taken = await takeSigningKey(open.privateKeyArmored, PASSPHRASE);
    await expect(readSecretKey(taken.privateKeyArmored)).rejects.toMatchObject({ code: 'key_locked' });
    expect(taken.fingerprint).toBe(open.fingerprint);
    await expect(takeSigningKey(taken.privateKeyArmored, 'not the right one')).rejects.toMatchObject({
      code: 'key_locked',
    });
    expect((await takeSigningKey(taken.privateKeyArmored, PASSPHRASE)).privateKeyArmored).toBe(taken.privateKeyArmored);
  });

  it('needs a long passphrase, and a private key', async () => {
    const open = await generateAgencyKey({ agency: 'ashfield', name: 'Ashfield' });
    await expect(makeSigningKey('ashfield', 'Ashfield', 'short')).rejects.toThrow(/at least 14/);
    await expect(takeSigningKey(open.privateKeyArmored, 'short')).rejects.toThrow(/at least 14/);
    await expect(takeSigningKey(open.publicKeyArmored, PASSPHRASE)).rejects.toThrow(/public key/);
    await expect(takeSigningKey('nonsense', PASSPHRASE)).rejects.toThrow(/not an OpenPGP private key/);
  });
});
