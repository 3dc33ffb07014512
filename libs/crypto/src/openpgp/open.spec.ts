import { beforeAll, describe, expect, it } from '@jest/globals';
import {
  createCleartextMessage,
  createMessage,
  encrypt,
  generateKey,
  readPrivateKey,
  revokeKey,
  sign,
  enums,
  type PrivateKey,
} from 'openpgp';
import { CryptoError } from '../crypto-error.js';
import { generateAgencyKey, generateHubKey, type GeneratedHubKey, type GeneratedKey } from './generate.js';
import { compressed, encryptRaw, literal, packet, sealRaw, signedPackets } from './hostile-messages.fixture.js';
import { openMessage, type OpenRequest } from './open.js';
import { readRegisteredKey, readSecretKey, type RegisteredKey } from './read-keys.js';
import { sealMessage } from './seal.js';

const NOW = new Date('2026-11-02T09:00:00Z');
const MADE = new Date('2026-10-01T00:00:00Z');
const payload = Buffer.from('{"format":"mash.feed/1"}\n{"recordRef":"R-1"}\n');
const minutes = (count: number) => new Date(NOW.getTime() + count * 60_000);

let hub: GeneratedHubKey;
let opening: PrivateKey;
let hubPublic: RegisteredKey;
let ashfieldKey: GeneratedKey;
let ashfield: RegisteredKey;
let ashfieldSecret: PrivateKey;
let gedlingKey: GeneratedKey;
let gedling: RegisteredKey;
let gedlingSecret: PrivateKey;

beforeAll(async () => {
  hub = await generateHubKey({ hubId: 'test', date: MADE });
  opening = await readSecretKey(hub.openingKeyArmored);
  hubPublic = await readRegisteredKey('hub', hub.publicKeyArmored, NOW);
  ashfieldKey = await generateAgencyKey({ agency: 'ashfield', name: 'Ashfield test council', date: MADE });
  ashfield = await readRegisteredKey('ashfield', ashfieldKey.publicKeyArmored, NOW);
  ashfieldSecret = await readSecretKey(ashfieldKey.privateKeyArmored);
  gedlingKey = await generateAgencyKey({ agency: 'gedling', name: 'Gedling test council', date: MADE });
  gedling = await readRegisteredKey('gedling', gedlingKey.publicKeyArmored, NOW);
  gedlingSecret = await readSecretKey(gedlingKey.privateKeyArmored);
});

const open = (message: Uint8Array, changes: Partial<OpenRequest> = {}) =>
  openMessage({
    message,
    decryptionKeys: [opening],
    now: NOW,
    signers: [ashfield],
    allKnownSigners: [ashfield, gedling],
    ...changes,
  });
const seal = (changes: Partial<Parameters<typeof sealMessage>[0]> = {}) =>
  sealMessage({
    payload,
    recipients: [hub.publicKeyArmored],
    signer: ashfieldKey.privateKeyArmored,
    date: NOW,
    ...changes,
  });
const refusal = (code: string) => ({ ok: false, code });

describe('a message that is as it should be', () => {
  it('opens, and names its signer and the time of signing', async () => {
    const result = await open(await seal());
    expect(result).toMatchObject({
      ok: true,
      signedAt: NOW,
      signer: {
        agency: 'ashfield',
        fingerprint: ashfieldKey.fingerprint,
        keyId: ashfieldKey.fingerprint.slice(-16),
      },
    });
    expect(result.ok && Buffer.from(result.payload)).toEqual(payload);
  });

  it('opens when it is ASCII-armoured', async () => {
    const message = await seal({ armor: true });
    expect(Buffer.from(message).toString('ascii')).toMatch(/^-----BEGIN PGP MESSAGE-----/);
    expect(await open(message)).toMatchObject({ ok: true });
  });

  it('opens for each of its recipients', async () => {
    const message = await seal({ recipients: [hub.publicKeyArmored, gedlingKey.publicKeyArmored] });
    expect(await open(message)).toMatchObject({ ok: true });
    expect(await open(message, { decryptionKeys: [gedlingSecret] })).toMatchObject({ ok: true });
  });

  it('opens with an empty payload', async () => {
    expect(await open(await seal({ payload: new Uint8Array() }))).toMatchObject({
      ok: true,
      payload: new Uint8Array(),
    });
  });

  it('opens when it is compressed once, within the bound', async () => {
    const inner = compressed(await signedPackets(payload, [ashfieldSecret], NOW));
    expect(await open(await sealRaw(inner, [hubPublic.publicKey]))).toMatchObject({ ok: true });
  });

  it('opens when its recipient is hidden', async () => {
    const inner = await signedPackets(payload, [ashfieldSecret], NOW);
    const { sessionKeys, protectedData } = await encryptRaw(inner, [hubPublic.publicKey], true);
    const message = Buffer.concat([sessionKeys, protectedData]);
    expect(await open(message)).toMatchObject({ ok: true });
    expect(await open(message, { decryptionKeys: [gedlingSecret] })).toEqual(refusal('not_encrypted_to_hub'));
  });

  it('goes the other way: an agency opens what the receipts key and the packs key of the hub signed', async () => {
    for (const signer of [hub.openingKeyArmored, hub.packsKeyArmored]) {
      const message = await seal({ recipients: [ashfieldKey.publicKeyArmored], signer });
      const result = await open(message, { decryptionKeys: [ashfieldSecret], signers: [hubPublic] });
      expect(result).toMatchObject({ ok: true, signer: { fingerprint: hub.fingerprint } });
    }
  });
});

describe('not_encrypted_to_hub', () => {
  it('refuses a message encrypted to someone else', async () => {
    const message = await seal({ recipients: [gedlingKey.publicKeyArmored] });
    expect(await open(message)).toEqual(refusal('not_encrypted_to_hub'));
  });

  it('refuses a message that is only signed', async () => {
    const signed = await signedPackets(payload, [ashfieldSecret], NOW);
    expect(await open(signed)).toEqual(refusal('not_encrypted_to_hub'));
    expect(await open(compressed(signed))).toEqual(refusal('not_encrypted_to_hub'));
  });

  it('refuses a plain message', async () => {
    expect(await open(literal(payload))).toEqual(refusal('not_encrypted_to_hub'));
  });

  it('refuses a cleartext-signed text', async () => {
    const message = await createCleartextMessage({ text: 'rows' });
    const text = await sign({ message, signingKeys: ashfieldSecret, date: NOW });
    expect(await open(Buffer.from(text))).toEqual(refusal('not_encrypted_to_hub'));
  });

  it('refuses a message encrypted to a password, alone or beside the hub key', async () => {
    const options = {
      message: await createMessage({ binary: payload }),
      signingKeys: ashfieldSecret,
      passwords: ['hunter2'],
      date: NOW,
      format: 'binary' as const,
    };
    expect(await open(await encrypt(options))).toEqual(refusal('not_encrypted_to_hub'));
    const both = await encrypt({ ...options, encryptionKeys: hubPublic.publicKey });
    expect(await open(both)).toEqual(refusal('not_encrypted_to_hub'));
  });

  it('refuses, with only the packs key, what is sealed to the hub', async () => {
    const packs = await readSecretKey(hub.packsKeyArmored);
    expect(await open(await seal(), { decryptionKeys: [packs] })).toEqual(refusal('not_encrypted_to_hub'));
  });
});

describe('unsigned', () => {
  it('refuses a message without a signature', async () => {
    expect(await open(await sealRaw(literal(payload), [hubPublic.publicKey]))).toEqual(refusal('unsigned'));
    expect(await open(await sealRaw(compressed(literal(payload)), [hubPublic.publicKey]))).toEqual(refusal('unsigned'));
  });
});

describe('bad_signature', () => {
  it('refuses a signature over other data', async () => {
    const signed = await signedPackets(payload, [ashfieldSecret], NOW);
    const at = signed.indexOf('R-1');
    signed.write('R-2', at);
    expect(await open(await sealRaw(signed, [hubPublic.publicKey]))).toEqual(refusal('bad_signature'));
  });

  it('refuses two signatures, though both are good', async () => {
    const signed = await signedPackets(payload, [ashfieldSecret, gedlingSecret], NOW);
    expect(await open(await sealRaw(signed, [hubPublic.publicKey]))).toEqual(refusal('bad_signature'));
  });

  it('refuses a second signature of a version it does not know', async () => {
    const signed = await signedPackets(payload, [ashfieldSecret], NOW);
    const message = await sealRaw(Buffer.concat([packet(2, Buffer.of(99, 0, 0, 0)), signed]), [hubPublic.publicKey]);
    expect(await open(message)).toEqual(refusal('bad_signature'));
  });

  it('refuses a text signature, which does not cover the line ends', async () => {
    const message = await createMessage({ text: payload.toString() });
    const signed = await sign({ message, signingKeys: ashfieldSecret, format: 'binary', date: NOW });
    expect(await open(await sealRaw(signed, [hubPublic.publicKey]))).toEqual(refusal('bad_signature'));
  });
});

describe('stale', () => {
  it('refuses a signature dated further ahead than the skew, and takes one within it', async () => {
    expect(await open(await seal({ date: minutes(4) }))).toMatchObject({ ok: true });
    expect(await open(await seal({ date: minutes(6) }))).toEqual(refusal('stale'));
    expect(await open(await seal({ date: minutes(1) }), { limits: { clockSkewMs: 0 } })).toEqual(refusal('stale'));
  });

  it('refuses a signature older than allowed; without a bound any age will do', async () => {
    const old = await seal({ date: minutes(-120) });
    expect(await open(old)).toMatchObject({ ok: true });
    expect(await open(old, { limits: { maxSignatureAgeMs: 119 * 60_000 } })).toEqual(refusal('stale'));
    expect(await open(old, { limits: { maxSignatureAgeMs: 121 * 60_000 } })).toMatchObject({ ok: true });
  });
});

describe('unknown_signer', () => {
  it('refuses a key registered for nobody', async () => {
    const stranger = await generateAgencyKey({ agency: 'stranger', name: 'Stranger', date: MADE });
    expect(await open(await seal({ signer: stranger.privateKeyArmored }))).toEqual(refusal('unknown_signer'));
  });

  it('refuses a registered key that had expired when it signed, and takes what it signed before', async () => {
    const short = await generateAgencyKey({ agency: 'ashfield', name: 'Short', expiresInDays: 10, date: MADE });
    const signers = [await readRegisteredKey('ashfield', short.publicKeyArmored, MADE)];
    // OpenPGP.js will not sign with an expired key, so the late one is made by a copy of the key that lasts longer.
    const date = new Date('2026-10-05T00:00:00Z');
    expect(await open(await seal({ signer: short.privateKeyArmored, date }), { signers })).toMatchObject({ ok: true });
    const late = await signedWithExpired(short.privateKeyArmored);
    expect(await open(late, { signers })).toEqual(refusal('unknown_signer'));
  });

  it('refuses a revoked key, whatever the date of the signature', async () => {
    const message = await seal();
    const { publicKey } = await revokeKey({
      key: await readPrivateKey({ armoredKey: ashfieldKey.privateKeyArmored }),
      reasonForRevocation: { flag: enums.reasonForRevocation.keyCompromised },
      date: NOW,
    });
    const revoked = { ...ashfield, publicKey: await readKeyOf(publicKey) };
    expect(await open(message, { signers: [revoked] })).toEqual(refusal('unknown_signer'));
  });

  it('refuses a key whose registration was revoked, or did not hold when it signed', async () => {
    const message = await seal();
    const registration = (dates: Partial<RegisteredKey>) => open(message, { signers: [{ ...ashfield, ...dates }] });
    expect(await registration({ revokedAt: minutes(-1) })).toEqual(refusal('unknown_signer'));
    expect(await registration({ validFrom: minutes(1) })).toEqual(refusal('unknown_signer'));
    expect(await registration({ validUntil: minutes(-1) })).toEqual(refusal('unknown_signer'));
    expect(await registration({ validFrom: minutes(-1), validUntil: minutes(1) })).toMatchObject({ ok: true });
  });
});

describe('wrong_sender', () => {
  it('refuses the good signature of another agency', async () => {
    expect(await open(await seal({ signer: gedlingKey.privateKeyArmored }))).toEqual(refusal('wrong_sender'));
  });

  it('says unknown_signer instead when it is not told of the other agency', async () => {
    const message = await seal({ signer: gedlingKey.privateKeyArmored });
    expect(await open(message, { allKnownSigners: [] })).toEqual(refusal('unknown_signer'));
  });
});

describe('too_large and too_compressed', () => {
  it('refuses a message over the bound unread', async () => {
    const message = await seal();
    expect(await open(message, { limits: { maxMessageBytes: message.length - 1 } })).toEqual(refusal('too_large'));
  });

  it('refuses a payload over the bound', async () => {
    const result = await open(await seal(), { limits: { maxPayloadBytes: payload.length - 1 } });
    expect(result).toEqual(refusal('too_large'));
  });

  it('refuses a decompression bomb', async () => {
    const inner = compressed(literal(Buffer.alloc(20 * 1024 * 1024)));
    expect(inner.length).toBeLessThan(32 * 1024);
    const message = await sealRaw(inner, [hubPublic.publicKey]);
    expect(await open(message, { limits: { maxPayloadBytes: 1024 * 1024 } })).toEqual(refusal('too_compressed'));
  });

  it('refuses compression inside compression', async () => {
    const signed = await signedPackets(payload, [ashfieldSecret], NOW);
    const message = await sealRaw(compressed(compressed(signed)), [hubPublic.publicKey]);
    expect(await open(message)).toEqual(refusal('too_compressed'));
  });
});

describe('malformed', () => {
  it('refuses bytes that are no message', async () => {
    for (const bytes of [Buffer.alloc(0), Buffer.from('hello'), Buffer.alloc(100, 0xff), Buffer.from([0xc1])]) {
      expect(await open(bytes)).toEqual(refusal('malformed'));
    }
  });

  it('refuses armour of another kind, and a key', async () => {
    expect(await open(Buffer.from(ashfieldKey.publicKeyArmored))).toEqual(refusal('malformed'));
  });

  it('refuses encryption without integrity protection', async () => {
    const inner = await signedPackets(payload, [ashfieldSecret], NOW);
    const { sessionKeys, unprotectedData } = await encryptRaw(inner, [hubPublic.publicKey]);
    expect(await open(Buffer.concat([sessionKeys, unprotectedData]))).toEqual(refusal('malformed'));
  });

  it('refuses more session keys than the bound, before trying any', async () => {
    const inner = await signedPackets(payload, [ashfieldSecret], NOW);
    const { sessionKeys, protectedData } = await encryptRaw(inner, [hubPublic.publicKey]);
    const times = (count: number) => Buffer.concat([...Array<Buffer>(count).fill(sessionKeys), protectedData]);
    expect(await open(times(16))).toMatchObject({ ok: true });
    expect(await open(times(17))).toEqual(refusal('malformed'));
  });

  it('refuses two different session keys for us', async () => {
    const inner = await signedPackets(payload, [ashfieldSecret], NOW);
    const one = await encryptRaw(inner, [hubPublic.publicKey]);
    const other = await encryptRaw(inner, [hubPublic.publicKey]);
    expect(await open(Buffer.concat([one.sessionKeys, other.sessionKeys, one.protectedData]))).toEqual(
      refusal('malformed'),
    );
  });

  it('refuses anything after the encrypted data', async () => {
    const message = await seal();
    expect(await open(Buffer.concat([message, literal(payload)]))).toEqual(refusal('malformed'));
    expect(await open(Buffer.concat([message, message]))).toEqual(refusal('malformed'));
    expect(await open(Buffer.concat([message, Buffer.of(0)]))).toEqual(refusal('malformed'));
  });

  it('refuses packets inside that the grammar does not allow: two literals, a missing signature, a key', async () => {
    const signed = await signedPackets(payload, [ashfieldSecret], NOW);
    const afterLiteral = signed.length - lastPacketLength(signed);
    const inners = [
      Buffer.concat([signed, literal(payload)]),
      Buffer.concat([literal(payload), signed]),
      signed.subarray(0, afterLiteral),
      Buffer.concat([signed, packet(6, Buffer.alloc(10))]),
      await sealRaw(signed, [hubPublic.publicKey]),
    ];
    for (const inner of inners) {
      const result = await open(await sealRaw(inner, [hubPublic.publicKey]));
      expect(result.ok).toBe(false);
    }
  });
});

it('throws, instead of refusing every message, when it has no key to open with', async () => {
  const message = await seal();
  await expect(open(message, { decryptionKeys: [] })).rejects.toThrow(CryptoError);
});

it('will not seal to nobody, to a weak key, or with an expired one', async () => {
  await expect(seal({ recipients: [] })).rejects.toMatchObject({ code: 'no_recipient' });
  const weak = await generateKey({ type: 'rsa', rsaBits: 2048, userIDs: [{ name: 'Weak' }], date: MADE });
  await expect(seal({ recipients: [weak.publicKey] })).rejects.toMatchObject({ code: 'seal_failed' });
  await expect(readRegisteredKey('weak', weak.publicKey, NOW)).rejects.toMatchObject({ code: 'weak_key' });
  await expect(seal({ date: new Date('2040-01-01') })).rejects.toMatchObject({ code: 'seal_failed' });
});

async function readKeyOf(armored: string) {
  const { readPublicKey } = await import('./read-keys.js');
  return readPublicKey(armored);
}

/** Signs at NOW with a key that has expired: the same secret under a self-signature that lets it live on. */
async function signedWithExpired(privateKeyArmored: string): Promise<Buffer> {
  const { reformatKey } = await import('openpgp');
  const { privateKey } = await reformatKey({
    privateKey: await readPrivateKey({ armoredKey: privateKeyArmored }),
    userIDs: [{ name: 'Short', comment: 'ashfield' }],
    date: MADE,
    format: 'object',
  });
  return sealRaw(await signedPackets(payload, [privateKey], NOW), [hubPublic.publicKey]);
}

/** Octets of the trailing signature packet (new format, one- or two-octet length). */
function lastPacketLength(signed: Buffer): number {
  const start = signed.lastIndexOf(payload) + payload.length;
  return signed.length - start;
}
