import type { Receipt } from '#contracts';
import { stringify } from 'csv-stringify/sync';

/** The rows to correct, for a spreadsheet: what a cell would run as a formula is made plain text. */
export function correctionsCsv(receipts: Receipt[]): string {
  const rows = receipts.flatMap((receipt) =>
    [...receipt.quarantined, ...(receipt.fieldsQuarantined ?? [])].flatMap(({ row, recordRef, errors }) =>
      errors.map((error) => [
        receipt.submission,
        receipt.batch,
        row,
        recordRef ?? '',
        error.path,
        error.code,
        error.message,
      ]),
    ),
  );
  return stringify([['submission', 'batch', 'row', 'recordRef', 'field', 'code', 'message'], ...rows], {
    escape_formulas: true,
  });
}
