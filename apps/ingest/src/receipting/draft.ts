import type { BatchRefusal, Receipt } from '#contracts';
import { sealMessage, openMessage, type KeyProvider } from '#crypto';
import type { BatchOutcome } from './batch-outcome.js';

/** A receipt before its audit entry is sealed. */
export type DraftReceipt = Omit<Receipt, 'audit'>;

export function draftAccepted(submission: string, batch: number, outcome: BatchOutcome): DraftReceipt {
  const { accepted, quarantined, fieldsQuarantined, notListed } = outcome;
  return {
    format: 'mash.receipt/1',
    submission,
    batch,
    status: outcome.refused === 0 ? 'accepted' : 'partly',
    accepted,
    quarantined,
    ...(fieldsQuarantined.length > 0 ? { fieldsQuarantined } : {}),
    ...(notListed > 0 ? { notListed } : {}),
  };
}

export function draftRefused(reason: BatchRefusal, submission: string | null, batch: number | null): DraftReceipt {
  return { format: 'mash.receipt/1', submission, batch, status: 'rejected', reason, accepted: 0, quarantined: [] };
}

/** A draft waits in the database for its proof. It names the sender's rows, so it waits encrypted to the hub itself. */
export async function keepDraft(keys: KeyProvider, draft: DraftReceipt): Promise<Buffer> {
  const payload = Buffer.from(JSON.stringify(draft));
  const [recipient, signer] = [await keys.hubOpenPgpPublicKey(), await keys.hubOpenPgpOpeningKey()];
  return Buffer.from(await sealMessage({ payload, recipients: [recipient], signer }));
}

export async function readDraft(keys: KeyProvider, kept: Uint8Array): Promise<DraftReceipt> {
  const publicKey = await keys.hubOpenPgpPublicKey();
  const opened = await openMessage({
    message: kept,
    decryptionKeys: [await keys.hubOpenPgpOpeningKey()],
    now: new Date(),
    signers: [{ agency: 'hub', publicKey, fingerprint: publicKey.getFingerprint().toUpperCase() }],
  });
  if (!opened.ok) throw new Error(`a kept receipt does not open: ${opened.code}`);
  return JSON.parse(Buffer.from(opened.payload).toString('utf8')) as DraftReceipt;
}
