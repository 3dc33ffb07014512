import type { Receipt } from '#contracts';
import { stringify } from 'csv-stringify/sync';
import type { PlaceOf } from './places.js';

const NOWHERE: PlaceOf = () => ({ line: null, column: '' });

/** The rows to correct, for a spreadsheet: what a cell would run as a formula is made plain text. */
export function correctionsCsv(receipts: readonly Receipt[], placeOf: PlaceOf = NOWHERE): string {
  const rows = receipts.flatMap((receipt) =>
    [...receipt.quarantined, ...(receipt.fieldsQuarantined ?? [])].flatMap(({ row, recordRef, errors }) =>
      errors.map((error) => {
        const { line, column } = placeOf(receipt, row, error.path);
        return [
          receipt.submission,
          receipt.batch,
          row,
          line ?? '',
          recordRef ?? '',
          error.path,
          column,
          error.code,
          error.message,
        ];
      }),
    ),
  );
  return stringify(
    [['submission', 'batch', 'row', 'line', 'recordRef', 'field', 'column', 'code', 'message'], ...rows],
    { escape_formulas: true },
  );
}
