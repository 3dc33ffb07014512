import type { AgencyFolder } from '../agency/agency-folder.js';
import { sentSubmissions } from '../sending/sending-state.js';
import type { ReceiptStore } from './receipt-store.js';

/** What was sent longer ago than this and never answered is not asked about any more. */
const ASKED_MS = 7 * 24 * 3600 * 1000;

/**
 * Names under which receipts are still to come for what was sent from this folder: a submission some of whose batches have none, or
 * the name the hub gave one it could not read. The latest first.
 */
export async function awaited(folder: AgencyFolder, store: ReceiptStore): Promise<string[]> {
  const recent = (await sentSubmissions(folder)).filter(({ sealedAt }) => Date.now() - Date.parse(sealedAt) < ASKED_MS);
  if (recent.length === 0) return [];
  const answered = await store.answered();
  return recent.reverse().flatMap(({ submission, batches }) => {
    const open = batches.filter(
      ({ batch, acknowledgedAt }) => acknowledgedAt !== null && !answered.has(`${submission}/${batch}`),
    );
    if (open.length === 0) return [];
    return [submission, ...open.flatMap(({ receipt }) => receipt ?? [])];
  });
}
