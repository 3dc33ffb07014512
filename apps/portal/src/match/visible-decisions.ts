import type { DecisionRow, Standing } from '../deciding/standing.js';

/**
 * The decisions a reviewer may see. While a match is open everybody sees only their own and those that were taken back: whoever
 * comes second must not know what the first one thought, nor that there was one. When it is decided, all are shown.
 */
export function visibleDecisions(
  standing: Standing,
  decisions: readonly DecisionRow[],
  reviewer: string,
): DecisionRow[] {
  if (standing.state === 'linked' || standing.state === 'rejected' || standing.state === 'closed')
    return [...decisions];
  return decisions.filter(
    (row) =>
      row.reviewer === reviewer ||
      row.undoneAt !== null ||
      (standing.state === 'parked' && row.outcome === 'need-more'),
  );
}
