import { averageLinkage, type Constraints } from '../../clustering/average-linkage.js';
import { HYSTERESIS, joinRuleAt, joinRuleFor } from '../../clustering/join-rule.js';
import { oneToOneClusters } from '../../clustering/one-to-one.js';
import type { Ordered } from '../../linking/canonical-order.js';
import { keptPairs } from '../../linking/kept-pairs.js';
import type { LinkRequest, LinkResult } from '../../linking/link-request.js';
import { inOrder, outOfOrder } from '../../linking/rows-in-order.js';
import { StageClock } from '../../linking/stage-clock.js';
import { expected } from '../../training/self-training.js';
import { autoThresholds, expectedOf } from '../../training/thresholds.js';
import type { NotUnderstoodLevel } from './compiled-comparison.js';
import { blockingRules } from './splink-blocking.js';
import { SplinkFileError } from './splink-file-error.js';
import type { SplinkModel } from './splink-model.js';
import { either, pairsByRules, pairsByValues } from './splink-pairs.js';
import { SplinkWeights } from './splink-weights.js';

export interface SplinkLinkRequest extends Pick<
  LinkRequest,
  'table' | 'leftRows' | 'keep' | 'decisions' | 'previous' | 'onProgress'
> {
  settings: Pick<LinkRequest['settings'], 'type' | 'oneToOne' | 'threshold'>;
  splink: SplinkModel;
  /** Below 0 when the first row's id comes before the second's: Splink has the lower one on the left. */
  compareIds: (a: number, b: number) => number;
}

export interface SplinkLinkResult extends Omit<LinkResult, 'model'> {
  /** Levels that were taken for never true. */
  notUnderstood: NotUnderstoodLevel[];
  /** Rules by which pairs were found, and those that could not be read: then pairs that share rare values were added. */
  blocking: { rules: string[]; notUnderstood: { rule: string; why: string }[]; byValues: boolean };
}

/**
 * Links with an imported Splink model: pairs by the model's own rules, weights as Splink's, then thresholds and clusters
 * as ours.
 * @throws SplinkFileError `splink_nothing_understood`, BlockingTooLarge, DecisionsConflict
 */
export function linkWithSplink(request: SplinkLinkRequest): SplinkLinkResult {
  const clock = new StageClock(request.onProgress);
  const { settings, splink } = request;
  const ordered = orderedByIds(request);
  const { table } = ordered;
  const boundary = settings.type === 'link' ? request.leftRows : 0;
  const weights = new SplinkWeights(splink, table);
  const { notUnderstood } = weights.comparator;
  if (!weights.comparator.saysAnything)
    throw new SplinkFileError('none of its conditions can be read', 'splink_nothing_understood');
  clock.lap('prepare');

  const { rules, notUnderstood: unread } = blockingRules(splink, table);
  const byValues = rules.length === 0 || unread.length > 0;
  const named = pairsByRules(rules, table.rows, boundary);
  const pairs = byValues
    ? either(named, pairsByValues(weights.comparator.atoms, table.rows, boundary), table.rows)
    : named;
  clock.lap('block');
  const { weight } = weights.pairs(pairs.left, pairs.right);
  clock.lap('score');

  const auto = autoThresholds(weight, 0);
  const { threshold: wanted } = settings;
  const thresholds = wanted === 'auto' ? auto : { link: wanted, show: Math.min(auto.show, wanted) };
  const rule = wanted === 'auto' ? joinRuleFor(expected(weight) / table.rows) : joinRuleAt(wanted);
  const { decisions, previous } = inOrder(request, ordered);
  const constraints: Constraints = {
    ...decisions,
    boundary,
    ...(previous && { previous: { clusters: previous, fallBelow: rule.joinAbove - HYSTERESIS } }),
  };
  const edges = { ...pairs, weight };
  const clustering =
    settings.oneToOne && boundary > 0
      ? { clusters: oneToOneClusters(edges, table.rows, thresholds.link, constraints), ambiguous: [] }
      : averageLinkage(edges, table.rows, rule, constraints);
  const told = expectedOf(edges, clustering.clusters, 0);
  const answer = outOfOrder(keptPairs(pairs, weight, request.keep), clustering, ordered);
  clock.lap('cluster');
  return {
    ...answer,
    threshold: thresholds.link,
    showThreshold: thresholds.show,
    pairsScored: pairs.count,
    expected: told,
    calibration: null,
    seconds: clock.seconds,
    notUnderstood,
    blocking: { rules: rules.map(({ rule: text }) => text), notUnderstood: unread, byValues },
  };
}

/** Rows of either file by their ids, so that left and right of a pair are as Splink has them, whatever the rows' order. */
function orderedByIds({ table, leftRows, compareIds, settings }: SplinkLinkRequest): Ordered {
  const from = Uint32Array.from({ length: table.rows }, (_, row) => row);
  const parts = settings.type === 'link' ? [from.subarray(0, leftRows), from.subarray(leftRows)] : [from];
  for (const part of parts) part.sort(compareIds);
  const to = new Uint32Array(table.rows);
  from.forEach((row, at) => (to[row] = at));
  const columns = table.columns.map((column) => ({ ...column, codes: from.map((row) => column.codes[row]!) }));
  return { table: { rows: table.rows, columns }, leftRows, from, to, leftOut: new Uint32Array(0) };
}
