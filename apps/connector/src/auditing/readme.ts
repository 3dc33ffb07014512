import { createHash } from 'node:crypto';
import type { TreeHead } from '#ledger';

const TITLE = 'AUDIT LOG OF A MASH HUB';
const SEAL = 'SHA-256 of the lines above: ';

/** The README.txt of an exported folder: what it is and how to check it, with or without this program. */
export function readmeFor({ origin, size, root }: TreeHead): Buffer {
  return sealed(`${TITLE}

Log      ${origin}
Entries  ${size}
Root     ${root.toString('base64')} (base64)

This folder is a complete copy of the log. Every act of the hub is one entry, in the order it happened. Entries hold no
person data: only ids, and salted hashes that prove a value without telling it. Nothing in it can be changed, taken out
or put in between without the check below failing.

To check it:

    mash audit verify THIS-FOLDER --key KEY

KEY is the hub's verifier key, as it was told to you on another way than this folder. The key.vkey in here is the one the
hub shows: using it only proves that the folder agrees with itself. To see that this log continues one you saw before,
add  --since OLD-CHECKPOINT  (the file named checkpoint of the older copy; keep them).

To check it with other tools: the folder is a C2SP tlog-tiles log (c2sp.org/tlog-tiles).

    checkpoint                  size and root of the log, signed (c2sp.org/tlog-checkpoint, Ed25519)
    key.vkey                    the verifier key (c2sp.org/signed-note)
    tile/entries/N[.p/W]        256 (or W) entries: two bytes of length, big end first, then canonical JSON (RFC 8785)
    tile/LEVEL/N[.p/W]          256 (or W) hashes of 32 bytes. LEVEL 0: SHA-256(00 entry). Above: the hash of each full
                                tile below, as a Merkle tree with nodes SHA-256(01 left right) (RFC 9162, 2.1)
`);
}

/**
 * What is wrong with a README.txt, or null. No signature covers it, but the line at its end shows an accident. A text
 * that someone else wrote under that name is not ours to judge.
 */
export function readmeProblem(bytes: Uint8Array): string | null {
  const readme = Buffer.from(bytes);
  if (readme.length === 0) return 'is empty';
  const seal = readme.lastIndexOf(SEAL);
  if (seal < 0 && !readme.includes(TITLE)) return null;
  const whole = seal >= 0 && sealed(readme.subarray(0, seal)).equals(readme);
  return whole ? null : 'was changed or cut since it was written';
}

function sealed(text: string | Uint8Array): Buffer {
  const body = Buffer.from(text as string);
  return Buffer.concat([body, Buffer.from(`${SEAL}${createHash('sha256').update(body).digest('hex')}\n`)]);
}
