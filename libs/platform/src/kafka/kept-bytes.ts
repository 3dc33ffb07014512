import { agencyOfTopic } from '#contracts';
import { isUtf8 } from 'node:buffer';

const ARMOUR = '-----BEGIN PGP ';

/**
 * What of a message may lie in the database until somebody looks at it. Events between services hold ids only, sealed messages nobody
 * can read. What an agency sent in plain text may be anything, a name too: then only its length and digest are kept.
 * @returns the bytes, or none
 */
export function keptBytes(topic: string, value: Buffer): Buffer {
  const plain = agencyOfTopic(topic) !== null && isUtf8(value) && value.toString('latin1', 0, 15) !== ARMOUR;
  return plain ? Buffer.alloc(0) : value;
}
