import { HubError, receiptSchema, type Receipt } from '#contracts';
import { openMessage } from '#crypto';
import { LedgerError, parseEntry, verifyProof } from '#ledger';
import type { PrivateKey, PublicKey } from 'openpgp';

export interface ReceiptKeys {
  agencyKey: PrivateKey;
  hubKey: PublicKey;
  /** the audit log's verifier key; without it the proof is not checked */
  vkey: string | null;
}

/**
 * Opens a receipt, verifies that the hub signed it, and that the taking of this very batch stands in the hub's audit log.
 * @throws HubError with the reason when it did not
 */
export async function openReceipt(message: Uint8Array, keys: ReceiptKeys): Promise<Receipt> {
  return (await openReceiptMessage(message, keys)).receipt;
}

/** The same, with when the hub signed it. */
export async function openReceiptMessage(
  message: Uint8Array,
  { agencyKey, hubKey, vkey }: ReceiptKeys,
): Promise<{ receipt: Receipt; signedAt: Date }> {
  const opened = await openMessage({
    message,
    decryptionKeys: [agencyKey],
    now: new Date(),
    signers: [{ agency: 'hub', publicKey: hubKey, fingerprint: hubKey.getFingerprint().toUpperCase() }],
  });
  if (!opened.ok)
    throw new HubError(opened.code, `A receipt could not be opened (${opened.code}). Tell the hub's administrator.`);
  const receipt = parsed(Buffer.from(opened.payload));
  if (vkey) verifyTaking(receipt, vkey);
  return { receipt, signedAt: opened.signedAt };
}

function parsed(payload: Buffer): Receipt {
  try {
    return receiptSchema.parse(JSON.parse(payload.toString('utf8')));
  } catch (cause) {
    throw new HubError('malformed', 'A message signed by the hub is no receipt this program knows. Is it up to date?', {
      cause,
    });
  }
}

/** The entry is in the log, and is about this batch: otherwise one entry could serve for every receipt. */
function verifyTaking(receipt: Receipt, vkey: string): void {
  const entry = Buffer.from(receipt.audit.entry ?? '', 'base64');
  try {
    verifyProof(entry, receipt.audit.proof, vkey);
    const { action, detail } = parseEntry(entry);
    const expected = receipt.status === 'rejected' ? 'BatchRefused' : 'BatchAccepted';
    const isOurs =
      (detail?.['submission'] ?? null) === receipt.submission && (detail?.['batch'] ?? null) === receipt.batch;
    if (action === expected && isOurs) return;
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
  }
  throw new HubError(
    'integrity',
    "A receipt's audit proof does not hold. Keep the receipt and tell the hub's administrator.",
  );
}
