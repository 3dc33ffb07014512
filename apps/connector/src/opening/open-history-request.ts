import { historyRequestSchema, HubError, type HistoryRequest } from '#contracts';
import { openMessage } from '#crypto';
import type { PrivateKey, PublicKey } from 'openpgp';

/**
 * Opens what a review asks of this agency and verifies that the hub signed it for this agency.
 * @throws HubError with the reason when it did not
 */
export async function openHistoryRequest(
  message: Uint8Array,
  keys: { agency: string; agencyKey: PrivateKey; hubKey: PublicKey },
): Promise<HistoryRequest> {
  const { agency, agencyKey, hubKey } = keys;
  const fingerprint = hubKey.getFingerprint().toUpperCase();
  const opened = await openMessage({
    message,
    decryptionKeys: [agencyKey],
    now: new Date(),
    signers: [{ agency: 'hub', publicKey: hubKey, fingerprint }],
  });
  if (!opened.ok)
    throw new HubError(opened.code, `A history request could not be opened (${opened.code}). Tell the hub.`);
  const request = historyRequestSchema.parse(JSON.parse(Buffer.from(opened.payload).toString('utf8')));
  if (request.agency !== agency)
    throw new HubError('wrong_recipient', 'This request was made for another agency. Tell the hub.');
  return request;
}
