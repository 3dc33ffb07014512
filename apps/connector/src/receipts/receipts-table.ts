import { refusalWords, type Receipt } from '#contracts';
import Table from 'cli-table3';
import type { AgencyFolder } from '../agency/agency-folder.js';
import { sentSubmission } from '../sending/sending-state.js';
import type { KeptReceipt } from './receipt-store.js';

/** Receipts for people: a table, and under it in words why something was refused and how to mend it. */
export async function receiptsTable(folder: AgencyFolder, receipts: readonly KeptReceipt[]): Promise<string[]> {
  const table = new Table({
    head: ['received', 'feed', 'submission', 'batch', 'outcome', 'rows taken', 'to correct', 'audit entry'],
    style: { head: [], border: [] },
  });
  for (const { receipt, signedAt } of receipts) {
    const sent = receipt.submission ? await sentSubmission(folder, receipt.submission) : null;
    table.push([
      signedAt.toISOString().slice(0, 19).replace('T', ' '),
      sent?.feed ?? '',
      receipt.submission ?? 'not read',
      receipt.batch === null ? '' : sent ? `${receipt.batch} of ${sent.batches.length}` : String(receipt.batch),
      receipt.reason ? `refused: ${receipt.reason}` : receipt.status,
      receipt.accepted,
      toCorrect(receipt),
      receipt.audit.index,
    ]);
  }
  const reasons = new Set(receipts.flatMap(({ receipt }) => receipt.reason ?? []));
  return [
    table.toString(),
    ...[...reasons].map((reason) => `${reason}: ${refusalWords[reason].means} ${refusalWords[reason].mend}`),
  ];
}

/** Rows with something to correct: refused ones, ones with a field left out, and those there was no room to list. */
export function toCorrect({ quarantined, fieldsQuarantined = [], notListed = 0 }: Receipt): number {
  return quarantined.length + fieldsQuarantined.length + notListed;
}
