import { createCipheriv, createHash, randomBytes } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import { createMessage, encryptSessionKey, sign, type PrivateKey, type PublicKey } from 'openpgp';

/** One packet with a four-octet length: the way to make sequences no honest library would write. */
export function packet(tag: number, body: Uint8Array): Buffer {
  const header = Buffer.alloc(6);
  header.writeUInt8(0xc0 | tag);
  header.writeUInt8(0xff, 1);
  header.writeUInt32BE(body.length, 2);
  return Buffer.concat([header, body]);
}

/** A literal data packet (binary, no name, no date). */
export function literal(payload: Uint8Array): Buffer {
  return packet(11, Buffer.concat([Buffer.from([0x62, 0, 0, 0, 0, 0]), payload]));
}

/** A compressed data packet (ZIP) round any packets. */
export function compressed(packets: Uint8Array): Buffer {
  return packet(8, Buffer.concat([Buffer.of(1), deflateRawSync(packets, { level: 9 })]));
}

export async function signedPackets(payload: Uint8Array, signingKeys: PrivateKey[], date?: Date): Promise<Buffer> {
  const message = await createMessage({ binary: payload });
  return Buffer.from(await sign({ message, signingKeys, format: 'binary', ...(date ? { date } : {}) }));
}

export interface RawEncryption {
  sessionKeys: Buffer;
  protectedData: Buffer;
  unprotectedData: Buffer;
}

/** Encrypts any packets, well-formed or not, as RFC 9580 sections 5.13.1 (with integrity) and 5.7 (without) say. */
export async function encryptRaw(inner: Uint8Array, recipients: PublicKey[], wildcard = false): Promise<RawEncryption> {
  const key = randomBytes(32);
  const sessionKeys = Buffer.from(
    await encryptSessionKey({ data: key, algorithm: 'aes256', encryptionKeys: recipients, format: 'binary', wildcard }),
  );
  const random = randomBytes(16);
  const open = Buffer.concat([random, random.subarray(14), inner, Buffer.of(0xd3, 0x14)]);
  const whole = Buffer.concat([open, createHash('sha1').update(open).digest()]);
  const cfb = createCipheriv('aes-256-cfb', key, Buffer.alloc(16));
  const sealed = Buffer.concat([cfb.update(whole), cfb.final()]);
  return {
    sessionKeys,
    protectedData: packet(18, Buffer.concat([Buffer.of(1), sealed])),
    unprotectedData: packet(9, sealed),
  };
}

/** The usual message round any packets. */
export async function sealRaw(inner: Uint8Array, recipients: PublicKey[]): Promise<Buffer> {
  const { sessionKeys, protectedData } = await encryptRaw(inner, recipients);
  return Buffer.concat([sessionKeys, protectedData]);
}
