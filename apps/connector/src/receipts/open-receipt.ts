import { HubError, receiptSchema, type Receipt } from '#contracts';
import { openMessage } from '#crypto';
import type { PrivateKey, PublicKey } from 'openpgp';

/** Opens a receipt and verifies that the hub signed it. @throws HubError with the reason when it did not */
export async function openReceipt(message: Uint8Array, agencyKey: PrivateKey, hubKey: PublicKey): Promise<Receipt> {
  const opened = await openMessage({
    message,
    decryptionKeys: [agencyKey],
    now: new Date(),
    signers: [{ agency: 'hub', publicKey: hubKey, fingerprint: hubKey.getFingerprint().toUpperCase() }],
  });
  if (!opened.ok)
    throw new HubError(opened.code, `A receipt could not be opened (${opened.code}). Tell the hub's administrator.`);
  return receiptSchema.parse(JSON.parse(Buffer.from(opened.payload).toString('utf8')));
}
