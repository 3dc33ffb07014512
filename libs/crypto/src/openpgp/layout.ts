import { UnparseablePacket, type AnyPacket, type BasePacket } from 'openpgp';
import type { OpenedMessage } from './decrypting.js';
import { TAG } from './packet-outline.js';
import { Refusal } from './refusal.js';

/**
 * Accepts only the inside of a message we take: optionally one layer of compression round everything, then exactly one
 * signature (as a one-pass announcement before the data, or whole before it) and one literal packet.
 *
 * With two signatures OpenPGP.js is content when either is good, so the count is checked here. Trailing signatures need
 * no counting: its grammar (`enforceGrammar`) wants exactly one for each announcement.
 *
 * @throws Refusal `unsigned` · `bad_signature` (more than one) · `malformed`
 */
export function requireOneSignature(message: OpenedMessage): void {
  const outer = message.packets.map(tagOf);
  if (outer.includes(TAG.compressed) && outer.length !== 1) throw new Refusal('malformed');

  const tags = message.unwrapCompressed().packets.map(tagOf);
  const data = tags.indexOf(TAG.literal);
  if (data === -1) throw new Refusal('malformed');
  const before = tags.slice(0, data);
  if (before.some((tag) => tag !== TAG.onePassSignature && tag !== TAG.signature)) throw new Refusal('malformed');
  if (before.length === 0) throw new Refusal('unsigned');
  if (before.length > 1) throw new Refusal('bad_signature');
}

/** Packets that could not be parsed carry their tag themselves: a signature of an unknown version counts as one too. */
function tagOf(packet: AnyPacket): number {
  return packet instanceof UnparseablePacket ? packet.tag : (packet.constructor as typeof BasePacket).tag;
}
