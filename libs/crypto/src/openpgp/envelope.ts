import { NotPackets, packetOutline, TAG } from './packet-outline.js';
import { Refusal } from './refusal.js';
import { requireExactSessionKey } from './session-key-packet.js';

const IGNORED = new Set<number>([TAG.marker, TAG.padding]);
const READABLE_BY_ANYONE = new Set<number>([TAG.signature, TAG.onePassSignature, TAG.compressed, TAG.literal]);

/**
 * Accepts only the outside of a message we take: 1..N public-key session keys, then one integrity-protected encrypted
 * packet, then nothing. Decided from the outline alone, before anything is parsed or tried.
 *
 * @throws Refusal `not_encrypted_to_hub`: plain, signed only, or (also) encrypted to a password, which someone else may
 *   know · `malformed`: too many session keys or one written
 *   another way than its exact one, no integrity protection (tag 9), the unstandardised AEAD packet
 *   (tag 20), anything before, between or after, truncated
 */
export function requireEnvelope(bytes: Uint8Array, maxSessionKeyPackets: number): void {
  let sessionKeys = 0;
  let sealed = false;
  try {
    for (const { tag, start, size } of packetOutline(bytes)) {
      if (sealed) throw new Refusal('malformed');
      if (IGNORED.has(tag)) continue;
      if (READABLE_BY_ANYONE.has(tag) || tag === TAG.passwordSessionKey) throw new Refusal('not_encrypted_to_hub');
      if (tag === TAG.publicKeySessionKey && ++sessionKeys <= maxSessionKeyPackets) {
        requireExactSessionKey(bytes.subarray(start, start + size));
        continue;
      }
      if (tag !== TAG.encryptedProtected) throw new Refusal('malformed');
      sealed = true;
    }
  } catch (cause) {
    throw cause instanceof NotPackets ? new Refusal('malformed', { cause }) : cause;
  }
  if (!sealed) throw new Refusal('malformed');
  if (sessionKeys === 0) throw new Refusal('not_encrypted_to_hub');
}
