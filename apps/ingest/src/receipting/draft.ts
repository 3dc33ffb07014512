import type { BatchRefusal, Receipt } from '#contracts';
import { sealMessage, openMessage, type KeyProvider } from '#crypto';
import type { ParsedRows, RefusedRow } from '../validating/rows.js';

/** A receipt before its audit entry is sealed. */
export type DraftReceipt = Omit<Receipt, 'audit'>;

/** What the lists of a receipt may take up, in characters: the broker takes 8 MiB, and a receipt it refuses would never go. */
const MAX_LISTED = 1024 * 1024;

export function draftAccepted(submission: string, batch: number, rows: ParsedRows): DraftReceipt {
  const quarantined = thatFit(rows.quarantined);
  const fieldsQuarantined = thatFit(rows.fieldsQuarantined);
  const notListed =
    rows.quarantined.length - quarantined.length + (rows.fieldsQuarantined.length - fieldsQuarantined.length);
  return {
    format: 'mash.receipt/1',
    submission,
    batch,
    status: rows.quarantined.length === 0 ? 'accepted' : 'partly',
    accepted: rows.taken.length + rows.deleted.length,
    quarantined,
    ...(fieldsQuarantined.length > 0 ? { fieldsQuarantined } : {}),
    ...(notListed > 0 ? { notListed } : {}),
  };
}

function thatFit(rows: RefusedRow[]): RefusedRow[] {
  let length = 0;
  const beyond = rows.findIndex((row) => (length += JSON.stringify(row).length + 1) > MAX_LISTED);
  return beyond === -1 ? rows : rows.slice(0, beyond);
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
