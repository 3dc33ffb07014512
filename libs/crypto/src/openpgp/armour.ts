import { enums, unarmor } from 'openpgp';
import { strictConfig } from './config.js';
import { Refusal } from './refusal.js';

/** A binary packet always has the top bit of its first byte set (RFC 9580 section 4.2); armour is ASCII. */
const PACKET_BIT = 0x80;
/** How far into a text the armour's first line is looked for. */
const HEAD_BYTES = 4096;

/**
 * The binary packets of a message that may be ASCII-armoured (RFC 9580 section 6).
 * @throws Refusal `not_encrypted_to_hub` for a cleartext-signed text, `malformed` for anything else that is no message
 */
export async function withoutArmour(message: Uint8Array): Promise<Uint8Array> {
  const [first] = message;
  if (first === undefined) throw new Refusal('malformed');
  if (first & PACKET_BIT) return message;

  const bytes = Buffer.from(message.buffer, message.byteOffset, message.byteLength);
  if (/^-----BEGIN PGP SIGNED MESSAGE-----/m.test(bytes.toString('latin1', 0, HEAD_BYTES))) {
    throw new Refusal('not_encrypted_to_hub');
  }
  try {
    const { type, data } = await unarmor(bytes.toString('latin1'), strictConfig);
    if (type === enums.armor.message && data instanceof Uint8Array && data.length > 0) return data;
  } catch (cause) {
    throw new Refusal('malformed', { cause });
  }
  throw new Refusal('malformed');
}
