import { HubError, packSchema, type Pack } from '#contracts';
import { openMessage } from '#crypto';
import { LedgerError, parseEntry, verifyProof, type LedgerEntry } from '#ledger';
import { createHash } from 'node:crypto';
import type { PrivateKey, PublicKey } from 'openpgp';

export interface OpenPackKeys {
  agencyKey: PrivateKey;
  /** the hub's certificate; during a rotation the old one too */
  hubKeys: readonly PublicKey[];
  /** the audit log's verifier key (`log.vkey`) */
  vkey: string;
  /** who opens it: a pack made for somebody else is refused. Without it that is not checked */
  agency?: string;
}

/** A pack whose signature and proof were verified. */
export interface OpenedPack {
  pack: Omit<Pack, 'pdf'>;
  /** the document; null where the pack was too large to carry it */
  pdf: Buffer | null;
  /** where the sending stands in the hub's audit log, and what the entry says */
  audit: { index: number; size: number; origin: string; entry: LedgerEntry };
  /** SHA-256 of the opened bytes, hex: what an acknowledgement names */
  sha256: string;
  signedAt: Date;
}

/**
 * Opens a pack offline: decrypted with the agency's key, signed by the hub, its sending proved to stand in the hub's audit log.
 * @throws HubError with why it cannot be trusted: `wrong_recipient` · `manifest_invalid` · `integrity` (no proof, or of another
 *   act) · the codes of openMessage (`unknown_signer`, `bad_signature`, `not_encrypted_to_hub` when it is not for this key, …)
 */
export async function openPack(message: Uint8Array, keys: OpenPackKeys): Promise<OpenedPack> {
  const opened = await openMessage({
    message,
    decryptionKeys: [keys.agencyKey],
    now: new Date(),
    signers: keys.hubKeys.map((publicKey) => ({
      agency: 'hub',
      publicKey,
      fingerprint: publicKey.getFingerprint().toUpperCase(),
    })),
  });
  if (!opened.ok) throw new HubError(opened.code, `The pack cannot be opened: ${REFUSED[opened.code] ?? opened.code}.`);
  const { pdf, ...pack } = readPack(opened.payload);
  // A recipient could seal what the hub signed to somebody else: who it is for stands inside the signature.
  if (keys.agency !== undefined && pack.recipient !== keys.agency)
    throw new HubError('wrong_recipient', 'This pack was made for another agency. Do not read it; tell the hub.');
  return {
    pack,
    pdf: pdf === undefined ? null : Buffer.from(pdf, 'base64'),
    audit: verifySending(pack, keys.vkey),
    sha256: createHash('sha256').update(opened.payload).digest('hex'),
    signedAt: opened.signedAt,
  };
}

const REFUSED: Readonly<Record<string, string>> = {
  not_encrypted_to_hub: 'it is not sealed to this agency’s key',
  unknown_signer: 'it is not signed with the hub’s key (hub.pub.asc). Tell the hub; do not trust the file',
  bad_signature: 'the hub’s signature does not fit its content. Tell the hub; do not trust the file',
  unsigned: 'it is not signed. Tell the hub; do not trust the file',
  malformed: 'the file is damaged, or is no pack',
};

function readPack(payload: Uint8Array): Pack {
  try {
    return packSchema.parse(JSON.parse(Buffer.from(payload).toString('utf8')));
  } catch {
    // Not as a cause: a parser's message quotes what it was given.
    throw new HubError(
      'manifest_invalid',
      'The message is not a pack this program can read. Is there a newer version of it?',
    );
  }
}

/** The proof is held against the log's key, and the entry against the pack: another pack's proof proves nothing here. */
function verifySending(pack: Omit<Pack, 'pdf'>, vkey: string): OpenedPack['audit'] {
  if (!pack.audit) throw new HubError('integrity', 'The pack carries no proof that its sending was logged.');
  try {
    const bytes = Buffer.from(pack.audit.entry, 'base64');
    const { index, size, origin } = verifyProof(bytes, pack.audit.proof, vkey);
    const entry = parseEntry(bytes);
    const { action, object, detail } = entry;
    if (action === 'PackSent' && object.id === pack.id && detail?.['recipient'] === pack.recipient)
      return { index, size, origin, entry };
  } catch (cause) {
    if (!(cause instanceof LedgerError)) throw cause;
    throw new HubError(
      'integrity',
      `The proof that the pack’s sending was logged is wrong (${cause.code}). Tell the hub.`,
      { cause },
    );
  }
  throw new HubError('integrity', 'The proof in the pack is of another act than its sending. Tell the hub.');
}
