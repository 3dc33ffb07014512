import { createHash } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import { createCleartextMessage, readPrivateKey, reformatKey, sign, type PrivateKey } from 'openpgp';
import {
  compressed,
  encryptRaw,
  literal,
  packet,
  sealRaw,
  signedPackets,
} from '../../../libs/crypto/src/openpgp/hostile-messages.fixture.js';
import { DAY_MS, type Laboratory } from './laboratory.js';

const MB = 1024 * 1024;
/** 400 MiB of zeros in a literal packet, as `bzip2 -9` packs them: 349 octets. */
const BZIP2_BOMB = `
QlpoOTFBWSZTWYt+HnIFfjjBEMAAEAAAAIAIIABQZpoJqp6T3EVAS1JJBVXbUKgJfMUFZJlNZDgni3wFfjkAAwAAACCAAMIBNRkKgJakKgJcxQVkmU1kOCeL
fAV+OQADAAAAIIAAwgE1GQqAlqQqAlzFBWSZTWQ4J4t8BX45AAMAAAAggADCATUZCoCWpCoCXMUFZJlNZDgni3wFfjkAAwAAACCAAMIBNRkKgJakKgJcxQVk
mU1kOCeLfAV+OQADAAAAIIAAwgE1GQqAlqQqAlzFBWSZTWQ4J4t8BX45AAMAAAAggADCATUZCoCWpCoCXMUFZJlNZDgni3wFfjkAAwAAACCAAMIBNRkKgJak
KgJcxQVkmU1kOCeLfAV+OQADAAAAIIAAwgE1GQqAlqQqAlzFBWSZTWQ1fjbwAMIrgAMAAABAACCAAMMwFKaaSEFsKQgvF3JFOFCQC9FByw==`;

/** A literal packet of so many zeros, compressed by ZLIB. */
function zlib(size: number): Buffer {
  return packet(8, Buffer.concat([Buffer.of(2), deflateSync(literal(Buffer.alloc(size)), { level: 9 })]));
}

export const bombs = {
  zip: (lab: Laboratory) => sealRaw(compressed(literal(Buffer.alloc(200 * MB))), [lab.hubKey]),
  zlib: (lab: Laboratory) => sealRaw(zlib(200 * MB), [lab.hubKey]),
  bzip2: (lab: Laboratory) =>
    sealRaw(packet(8, Buffer.concat([Buffer.of(3), Buffer.from(BZIP2_BOMB, 'base64')])), [lab.hubKey]),
  nested: (lab: Laboratory) => sealRaw(compressed(compressed(literal(Buffer.alloc(200 * MB)))), [lab.hubKey]),
};

/** A batch compressed once, as gpg sends it: the way past the broker's limit for content that compresses. */
export async function sealedCompressed(lab: Laboratory, payload: Buffer): Promise<Buffer> {
  return sealRaw(compressed(await signedPackets(payload, [lab.key()])), [lab.hubKey]);
}

export async function twoSignatures(lab: Laboratory): Promise<Buffer> {
  const second = await lab.register();
  const message = await sealRaw(await signedPackets(lab.payload(), [lab.key(), second.secret]), [lab.hubKey]);
  await lab.unregister(second.fingerprint);
  return message;
}

/** What the sender sealed for somebody else, who opened it and sealed the signed part to the hub. */
export async function reencrypted(lab: Laboratory): Promise<Buffer> {
  const forAnother = lab.payload({
    manifest: { recipient: createHash('sha1').update('another').digest('hex').toUpperCase() },
  });
  return sealRaw(await signedPackets(forAnother, [lab.key()]), [lab.hubKey]);
}

/** Signed now by a key that has run out: the same secret under a self-signature that lets it live on. */
export async function byExpiredKey(lab: Laboratory): Promise<Buffer> {
  const made = new Date(Date.now() - 3 * DAY_MS);
  const { secret } = await lab.register({ made, expiresInDays: 1 });
  const { privateKey } = await reformatKey({
    privateKey: await readPrivateKey({ armoredKey: secret.armor() }),
    userIDs: [{ name: 'Hostile test', comment: 'ashfield' }],
    date: made,
    format: 'object',
  });
  return sealRaw(await signedPackets(lab.payload(), [privateKey]), [lab.hubKey]);
}

export async function withoutIntegrity(lab: Laboratory): Promise<Buffer> {
  const { sessionKeys, unprotectedData } = await encryptRaw(await signedPackets(lab.payload(), [lab.key()]), [
    lab.hubKey,
  ]);
  return Buffer.concat([sessionKeys, unprotectedData]);
}

export async function sessionKeys(lab: Laboratory, count: number): Promise<Buffer> {
  const raw = await encryptRaw(await signedPackets(lab.payload(), [lab.key()]), [lab.hubKey]);
  return Buffer.concat([...Array<Buffer>(count).fill(raw.sessionKeys), raw.protectedData]);
}

/**
 * A session key under a password whose Argon2 would take 2 TiB and 255 rounds (RFC 9580 sections 3.7.1.4 and 5.3), alone or beside one
 * for the hub.
 */
export async function costlyArgon2(lab: Laboratory, beside: boolean): Promise<Buffer> {
  const raw = await encryptRaw(await signedPackets(lab.payload(), [lab.key()]), [lab.hubKey]);
  const s2k = Buffer.concat([Buffer.of(4), Buffer.alloc(16, 7), Buffer.of(255, 255, 31)]);
  const skesk = packet(3, Buffer.concat([Buffer.of(4, 9), s2k, Buffer.alloc(33, 1)]));
  return Buffer.concat([skesk, ...(beside ? [raw.sessionKeys] : []), raw.protectedData]);
}

export async function cleartextSigned(lab: Laboratory): Promise<Buffer> {
  const message = await createCleartextMessage({ text: lab.payload().toString('utf8') });
  return Buffer.from(await sign({ message, signingKeys: lab.key() }));
}

export async function unsigned(lab: Laboratory): Promise<Buffer> {
  return sealRaw(literal(lab.payload()), [lab.hubKey]);
}

export async function signedOver(lab: Laboratory, signer: PrivateKey = lab.key()): Promise<Buffer> {
  const signed = await signedPackets(lab.payload({ rows: [{ recordRef: 'A-1' }] }), [signer]);
  signed.write('A-9', signed.indexOf('A-1'));
  return sealRaw(signed, [lab.hubKey]);
}

/** The hub's own key need not have been there at that date. */
export async function signedAt(lab: Laboratory, signer: PrivateKey, date: Date): Promise<Buffer> {
  return sealRaw(await signedPackets(lab.payload(), [signer], date), [lab.hubKey]);
}
