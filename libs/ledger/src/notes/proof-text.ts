import { LedgerError } from '../errors.js';
import { HASH_BYTES, leafHash, requireHash } from '../hashing/hash.js';
import { parseSize } from '../tree/size.js';
import { verifyInclusion } from '../tree/checking.js';
import { decodeBase64 } from '../text/strict.js';
import { verifyCheckpoint } from './checkpoint.js';

const FIRST_LINE = 'c2sp.org/tlog-proof@v1';

/** An inclusion proof that can be carried about and checked offline. */
export interface TlogProof {
  /** Of the entry, from 0. */
  index: number;
  /** From the leaf's sibling up to the root's child. */
  proof: Buffer[];
  /** The signed checkpoint, verbatim. */
  checkpoint: string;
  /** Opaque and not authenticated. */
  extra?: Buffer;
}

/**
 * Writes a proof as text (c2sp.org/tlog-proof, "Format"):
 *
 *     proof = "c2sp.org/tlog-proof@v1" LF [ "extra " base64 LF ] "index " number LF *( base64( hash ) LF ) LF checkpoint
 */
export function formatProof(proof: {
  index: number;
  proof: readonly Uint8Array[];
  checkpoint: string;
  extra?: Uint8Array;
}): string {
  proof.proof.forEach(requireHash);
  const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
  const extra = proof.extra ? [`extra ${base64(proof.extra)}`] : [];
  const lines = [
    FIRST_LINE,
    ...extra,
    `index ${parseSize(proof.index)}`,
    ...proof.proof.map(base64),
    '',
    proof.checkpoint,
  ];
  return lines.join('\n');
}

/** Reads a proof without verifying it. Throws `proof_malformed`. */
export function parseProof(text: string): TlogProof {
  const divide = text.indexOf('\n\n');
  const lines = text.slice(0, Math.max(divide, 0)).split('\n');
  if (divide < 0 || lines.shift() !== FIRST_LINE) throw malformed(`it does not begin with "${FIRST_LINE}"`);
  const extra = lines[0]?.startsWith('extra ') ? decodeBase64((lines.shift() as string).slice(6)) : undefined;
  if (extra === null) throw malformed('its extra data is not base64');
  const index = /^index (0|[1-9]\d*)$/.exec(lines.shift() ?? '')?.[1];
  if (index === undefined || !Number.isSafeInteger(Number(index))) throw malformed('its index is missing');
  const proof = lines.map((line) => {
    const hash = decodeBase64(line);
    if (hash?.length !== HASH_BYTES) throw malformed('one of its hashes is not 32 bytes of base64');
    return hash;
  });
  return { index: Number(index), proof, checkpoint: text.slice(divide + 2), ...(extra ? { extra } : {}) };
}

/**
 * Checks that an entry is in the log whose key this is, as the proof says. Throws what `parseProof` and
 * `verifyCheckpoint` throw, and `proof_invalid` when the hashes do not lead from the entry to the signed root.
 */
export function verifyProof(
  entry: Uint8Array,
  proofText: string,
  vkey: string,
): { index: number; size: number; origin: string; root: Buffer } {
  const { index, proof, checkpoint } = parseProof(proofText);
  const { origin, size, root } = verifyCheckpoint(checkpoint, vkey);
  if (!verifyInclusion(leafHash(entry), index, size, proof, root)) {
    throw new LedgerError('proof_invalid', `the proof does not show this entry at ${index} of ${size}`);
  }
  return { index, size, origin, root };
}

function malformed(why: string): LedgerError {
  return new LedgerError('proof_malformed', `not a proof: ${why}`);
}
