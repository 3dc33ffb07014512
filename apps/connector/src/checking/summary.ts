import type { CheckedFile } from './check-file.js';
import { qualityWords } from './quality.js';

const number = (count: number) => count.toLocaleString('en-GB');

/** What a check found, in a few lines: counts only. */
export function summaryLines(checked: CheckedFile): string[] {
  const quality = qualityWords(checked.quality);
  return [
    `${number(checked.rows)} rows: ${number(checked.accepted)} the hub would accept, ${number(checked.quarantined)} it would quarantine, ${number(checked.rowsWithFieldProblems)} it would take without a field.`,
    ...(checked.confidentialDropped > 0
      ? [`${number(checked.confidentialDropped)} confidential addresses are left out here and never sent.`]
      : []),
    ...(quality.length > 0 ? ['Of the rows it would accept:', ...quality] : []),
  ];
}
