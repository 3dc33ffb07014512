import type { Receipt } from '#contracts';
import type { AgencyFolder } from '../agency/agency-folder.js';
import { lineOfRow } from '../sealing/line-runs.js';
import { sentSubmission, type SendingState } from '../sending/sending-state.js';

/** Where a receipt's row and field stand in the file it was read from. */
export interface Place {
  /** line number as an editor shows it; null where the file was sent from elsewhere */
  line: number | null;
  /** heading of the column or columns; '' where the field has none (a value that is missing, or a file of NDJSON) */
  column: string;
}

export type PlaceOf = (receipt: Receipt, row: number, path: string) => Place;

/** Reads what was kept when the receipts' submissions were sent. */
export async function placesOf(folder: AgencyFolder, receipts: readonly Receipt[]): Promise<PlaceOf> {
  const sent = new Map<string, SendingState>();
  for (const { submission } of receipts) {
    if (!submission || sent.has(submission)) continue;
    const state = await sentSubmission(folder, submission);
    if (state) sent.set(submission, state);
  }
  return ({ submission, batch }, row, path) => {
    const state = submission ? sent.get(submission) : undefined;
    if (!state) return { line: null, column: '' };
    const runs = state.batches.find((one) => one.batch === batch)?.lines ?? [];
    return { line: lineOfRow(runs, row), column: columnOf(state.columns, path) };
  };
}

/** The heading a field was read from: the very one, else those of its parts, else that of what it is a part of. */
export function columnOf(columns: Readonly<Record<string, string>>, path: string): string {
  const headings = (fits: (field: string) => boolean) =>
    Object.entries(columns)
      .filter(([, field]) => fits(field))
      .map(([heading]) => heading)
      .join(' / ');
  return (
    headings((field) => field === path) ||
    (path && headings((field) => field.startsWith(`${path}.`))) ||
    headings((field) => path.startsWith(`${field}.`))
  );
}
