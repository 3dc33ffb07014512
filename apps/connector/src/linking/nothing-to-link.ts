import type { LinkResult, LinkSettings } from '#linkage';
import type { IdSpace } from './judging/id-pairs.js';
import { LinkError } from './link-error.js';

/** An answer; where nothing was learned there is no model. */
export type Answer = Omit<LinkResult, 'model'> & { model: LinkResult['model'] | null };

/**
 * The answer where no two rows can be compared: no rows, one row, or one of two files is empty. Null when there is work to do.
 * @throws LinkError when there are rows but nothing to compare them by
 */
export function nothingToLink({ rows, leftRows, type }: IdSpace, { comparisons }: LinkSettings): Answer | null {
  const pairs = type === 'link' ? leftRows * (rows - leftRows) : rows * (rows - 1);
  if (pairs > 0 && comparisons.length === 0)
    throw new LinkError(
      'bad_file',
      'No column can be compared: none holds names, dates, places or the like that differ from row to row. Name them in a settings file.',
    );
  if (pairs > 0) return null;
  return {
    pairs: { left: new Uint32Array(0), right: new Uint32Array(0), weight: new Float32Array(0) },
    clusters: Uint32Array.from({ length: rows }, (_, row) => row),
    threshold: 0,
    showThreshold: 0,
    pairsScored: 0,
    expected: { precision: 1, recall: 1, missedByBlocking: 0 },
    calibration: null,
    model: null,
    seconds: { prepare: 0, block: 0, train: 0, score: 0, cluster: 0 },
    ambiguous: [],
  };
}
