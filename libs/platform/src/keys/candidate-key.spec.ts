import { beforeAll, describe, expect, it } from '@jest/globals';
import { generateAgencyKey, readRegisteredKey, type RegisteredKey } from '#crypto';
import { generateKey, readKey } from 'openpgp';
import { readCandidateKey } from './candidate-key.js';

const NOW = new Date();
const made = (agency: string, options: { expiresInDays?: number; date?: Date } = {}) =>
  generateAgencyKey({ agency, name: `Test ${agency}`, date: new Date(NOW.getTime() - 60_000), ...options });
const foreign = async (options: object): Promise<string> =>
  (
    (await generateKey({ userIDs: [{ name: 'Test' }], format: 'armored', ...options } as never)) as {
      publicKey: string;
    }
  ).publicKey;

let known: RegisteredKey[];
let own: Awaited<ReturnType<typeof made>>;
let hub: Awaited<ReturnType<typeof made>>;
let gedling: Awaited<ReturnType<typeof made>>;
beforeAll(async () => {
  [own, hub, gedling] = await Promise.all([made('ashfield'), made('hub'), made('gedling')]);
  known = [
    await readRegisteredKey('hub', hub.publicKeyArmored),
    await readRegisteredKey('gedling', gedling.publicKeyArmored),
  ];
});

interface Refusal {
  code: string;
  message: string;
  status: number;
}
const refusal = (text: string, now = NOW): Promise<Refusal | null> =>
  readCandidateKey('ashfield', text, known, now).then(
    () => null,
    (error: Refusal) => error,
  );

describe('a key that is handed in', () => {
  it('is taken when it is an agency’s own, and told in words', async () => {
    const candidate = await readCandidateKey('ashfield', own.publicKeyArmored, known, NOW);
    expect(candidate).toMatchObject({ fingerprint: own.fingerprint, algorithms: 'Ed25519, Curve25519' });
    expect(Math.round((candidate.expiresAt!.getTime() - NOW.getTime()) / 86_400_000)).toBe(730);
    expect((await readKey({ armoredKey: candidate.publicKey })).getFingerprint().toUpperCase()).toBe(own.fingerprint);
  });

  it.each([
    ['rsa', { type: 'rsa', rsaBits: 3072 }, 'RSA 3072'],
    ['NIST', { type: 'ecc', curve: 'nistP384' }, 'NIST P-384'],
    ['the newer form of Curve25519', { type: 'curve25519' }, 'Ed25519, Curve25519'],
  ])(
    'may be of another strong kind: %s',
    async (_, options, words) => {
      expect((await readCandidateKey('ashfield', await foreign(options), known, new Date())).algorithms).toBe(words);
    },
    60_000,
  );

  it('written with anything else round it is kept as the key alone', async () => {
    const text = `Dear hub,\r\n\r\n${own.publicKeyArmored.replaceAll('\n', '\r\n')}\r\nKind regards`;
    const { publicKey } = await readCandidateKey('ashfield', text, known, NOW);
    expect(publicKey.trim()).toMatch(/^-----BEGIN PGP PUBLIC KEY BLOCK-----[^]*-----END PGP PUBLIC KEY BLOCK-----$/);
  });

  it.each([
    ['key_unreadable', (): string => 'hello'],
    ['key_unreadable', (): string => own.publicKeyArmored.replace(/\n[A-Za-z0-9+/]{20}/, '\n')],
    ['key_unreadable', (): string => ''],
    ['key_is_private', (): string => own.privateKeyArmored],
    ['key_several', (): string => own.publicKeyArmored + gedling.publicKeyArmored],
    ['key_too_large', (): string => own.publicKeyArmored + ' '.repeat(70_000)],
    ['key_of_hub', (): string => hub.publicKeyArmored],
    ['key_of_another', (): string => gedling.publicKeyArmored],
  ] as const)('%s', async (code, text) => {
    expect(await refusal(text())).toMatchObject({ code, status: 422 });
  });

  it('that has expired or is not valid yet is refused', async () => {
    const short = await made('ashfield', { expiresInDays: 1 });
    expect(await refusal(short.publicKeyArmored, new Date(NOW.getTime() + 2 * 86_400_000))).toMatchObject({
      code: 'key_not_valid',
    });
    const early = await made('ashfield', { date: new Date(NOW.getTime() + 3_600_000) });
    expect(await refusal(early.publicKeyArmored)).toMatchObject({ code: 'key_not_valid' });
  });

  it.each([
    ['RSA of 2048 bits', { type: 'rsa', rsaBits: 2048, config: { minRSABits: 2047 } }],
    ['a curve we do not take', { type: 'curve448' }],
    ['nothing to encrypt to', { type: 'ecc', curve: 'ed25519Legacy', subkeys: [] }],
  ])(
    'that is weak or cannot do its work is refused: %s',
    async (_, options) => {
      expect(await refusal(await foreign(options), new Date())).toMatchObject({ code: 'key_weak' });
    },
    60_000,
  );

  it('that has a part of another agency’s key bound to it is refused', async () => {
    const stolen = await readKey({ armoredKey: own.publicKeyArmored });
    const other = await readKey({ armoredKey: gedling.publicKeyArmored });
    stolen.subkeys.push(...other.subkeys);
    expect(await refusal(stolen.armor())).toMatchObject({ code: 'key_of_another' });
  });

  it('ends when the first of the parts it needs ends', async () => {
    const text = await foreign({ type: 'ecc', curve: 'ed25519Legacy', subkeys: [{ keyExpirationTime: 40 * 86_400 }] });
    const { expiresAt } = await readCandidateKey('ashfield', text, known, new Date());
    expect(Math.round((expiresAt!.getTime() - Date.now()) / 86_400_000)).toBe(40);
    const endless = await foreign({ type: 'ecc', curve: 'ed25519Legacy' });
    expect((await readCandidateKey('ashfield', endless, known, new Date())).expiresAt).toBeNull();
  });

  it('that is registered already is told apart from one that was revoked', async () => {
    const again = await readRegisteredKey('ashfield', own.publicKeyArmored);
    known.push(again);
    expect((await refusal(own.publicKeyArmored))?.message).toContain('already');
    known[known.length - 1] = { ...again, revokedAt: NOW };
    expect((await refusal(own.publicKeyArmored))?.message).toContain('before');
    known.pop();
  });

  it('no refusal repeats what was handed in', async () => {
    const error = await refusal(
      `${own.publicKeyArmored}\nMary Sample`.replace('BEGIN PGP PUBLIC', 'BEGIN PGP PRIVATE'),
    );
    expect(`${error?.message}`).not.toContain('Sample');
  });
});
