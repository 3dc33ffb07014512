import { averageLinkage, type Clustering, type Constraints } from '../clustering/average-linkage.js';
import { HYSTERESIS, joinRuleAt, joinRuleFor } from '../clustering/join-rule.js';
import { DecisionsConflict } from '../clustering/decisions-conflict.js';
import { oneToOneClusters } from '../clustering/one-to-one.js';
import { twins } from '../clustering/twin-guard.js';
import { impliedAsIn, impliedFields } from '../fields/implied.js';
import { PairComparer } from '../scoring/pair-levels.js';
import { PairModel } from '../scoring/pair-model.js';
import { Helper } from '../threads/helper.js';
import { prepared } from '../threads/prepared.js';
import { learnFrom } from '../training/decisions.js';
import { comparisonsOf, fits, modelFile, pairModelOf } from '../training/model-file.js';
import { randomAgreement, randomPairs, randomPairsAcross } from '../training/random-pairs.js';
import { selfTrain } from '../training/self-training.js';
import { autoThresholds, expectedOf } from '../training/thresholds.js';
import { canonicalOrder } from './canonical-order.js';
import { decidedPairs, inOrder, outOfOrder } from './rows-in-order.js';
import {
  allPairsOf,
  findByColumns,
  findBySample,
  findThoroughly,
  type FoundPairs,
  type Linking,
} from './find-pairs.js';
import { keptPairs } from './kept-pairs.js';
import type { LinkRequest, LinkResult } from './link-request.js';
import { StageClock } from './stage-clock.js';

/** Up to so many rows every possible rule is used; above, rules are chosen by looking around a sample. */
const FEW_ROWS = { fast: 6_000, full: 60_000 };
/** Above so many rows every rule is used only where people are seen often: there records vouch for each other. */
const SURELY_FEW = 25_000;
const RANDOM_PAIRS = { fast: 40_000, few: 200_000, many: 50_000 };
/** A second thread takes longer to start than a small table takes. */
const ROWS_FOR_TWO = 30_000;
const SELF_TRAINING_ROUNDS = 2;
/** Matches a row from which clusters are worth learning from. */
const SEEN_OFTEN = 0.5;

/** The model given does not weigh the comparisons asked for. */
export class ModelMismatch extends Error {
  readonly code = 'model_mismatch';
}

/**
 * Record linkage without labels: which rows are one person. The answer depends on what is in the rows, not on their
 * order, nor on the order of two files, nor on the number of threads.
 * @throws ModelMismatch, DecisionsConflict
 */
export async function link(request: LinkRequest): Promise<LinkResult> {
  const clock = new StageClock(request.onProgress);
  const { settings } = request;
  // Begun first: a thread takes a while to start.
  const helper = new Helper(request.table.rows < ROWS_FOR_TWO ? 1 : settings.threads || 2);
  try {
    return await linkWith(request, helper, clock);
  } finally {
    await helper.end();
  }
}

async function linkWith(request: LinkRequest, helper: Helper, clock: StageClock): Promise<LinkResult> {
  const { settings } = request;
  const decided = new Set([...(request.decisions?.mustLink ?? []), ...(request.decisions?.cannotLink ?? [])].flat());
  const ordered = canonicalOrder(
    request.table,
    settings.type === 'link' ? request.leftRows : request.table.rows,
    decided,
  );
  const { table } = ordered;
  const { rows } = table;
  const wanted = inOrder(request, ordered);
  try {
    const comparators = await prepared(table, settings.comparisons, helper);
    const comparer = new PairComparer(
      comparators,
      request.model === undefined ? impliedFields(comparators, rows) : impliedAsIn(request.model, comparators),
      helper,
    );
    clock.lap('prepare');
    const boundary = settings.type === 'link' ? ordered.leftRows : 0;
    const linking: Linking = { table, rows, boundary, comparer, helper, clock, fast: request.fast, seed: request.seed };
    const { found, trained } = await trainedOn(linking, { ...request, ...wanted });
    const { model, calibration } = await learnFrom(
      decidedPairs(wanted.decisions),
      trained.model,
      comparer,
      request.seed,
    );
    const { pairs, levels } = trained;
    let { weight } = trained;
    if (model !== trained.model) model.weigh(levels, pairs.count, (weight = new Float64Array(pairs.count)));
    clock.lap('train');

    const rule = {
      ...joinRuleFor(matchesPerRow(found, rows)),
      ...(request.model && { joinAbove: request.model.thresholds.join }),
    };
    const { link, show } = request.model?.thresholds ?? autoThresholds(weight, found.missed);
    const thresholds = { link, show };
    if (settings.threshold !== 'auto') {
      // A threshold of one's own is one for clusters too, whatever the engine's rule would be.
      Object.assign(rule, joinRuleAt(settings.threshold));
      thresholds.show = Math.min(thresholds.show, settings.threshold);
      thresholds.link = settings.threshold;
    }
    const constraints: Constraints = {
      ...wanted.decisions,
      boundary,
      heldApart: twins(comparer.fields, found.mixture, pairs, levels, weight, rows),
      ...(wanted.previous === undefined
        ? {}
        : { previous: { clusters: wanted.previous, fallBelow: rule.joinAbove - HYSTERESIS } }),
    };
    const edges = { ...pairs, weight };
    const clustering: Clustering =
      settings.oneToOne && boundary > 0
        ? { clusters: oneToOneClusters(edges, rows, thresholds.link, constraints), ambiguous: [] }
        : averageLinkage(edges, rows, rule, constraints);
    clock.lap('cluster');
    const expected = expectedOf({ ...pairs, weight }, clustering.clusters, found.missed);
    const answer = outOfOrder(keptPairs(pairs, weight, request.keep), clustering, ordered);
    clock.lap('cluster');
    return {
      ...answer,
      threshold: thresholds.link,
      showThreshold: thresholds.show,
      pairsScored: pairs.count,
      expected,
      calibration,
      // A model that was given is not one that was learned: it goes out as it came in.
      model:
        request.model ??
        modelFile(comparer, model, {
          trainedOn: { rows, fingerprint: request.fingerprint ?? null },
          comparisons: comparisonsOf(settings.comparisons),
          thresholds: { ...thresholds, join: rule.joinAbove },
          expected,
        }),
      seconds: clock.seconds,
    };
  } catch (error) {
    throw error instanceof DecisionsConflict
      ? new DecisionsConflict(ordered.from[error.left]!, ordered.from[error.right]!)
      : error;
  }
}

interface Weighed {
  model: PairModel;
  pairs: FoundPairs['pairs'];
  levels: Uint8Array;
  weight: Float32Array | Float64Array;
}

/** Finds pairs and a model for them: trained on these rows, or the one given. */
async function trainedOn(linking: Linking, request: LinkRequest): Promise<{ found: FoundPairs; trained: Weighed }> {
  const { comparer, rows, boundary, fast, seed, clock } = linking;
  const few = rows <= (fast ? FEW_ROWS.fast : FEW_ROWS.full);
  const wanted = fast ? RANDOM_PAIRS.fast : few ? RANDOM_PAIRS.few : RANDOM_PAIRS.many;
  const strangers = boundary === 0 ? randomPairs(rows, wanted, seed) : randomPairsAcross(rows, boundary, wanted, seed);
  const u = await randomAgreement(comparer, rows, wanted, seed, strangers);
  clock.lap('train');
  const { blocking } = request.settings;
  const found =
    blocking !== 'auto'
      ? await findByColumns(linking, blocking, u)
      : few && rows <= (fast ? FEW_ROWS.fast : SURELY_FEW)
        ? await findThoroughly(linking, u)
        : await findBySample(linking, u, (matchesPerRow) => few && matchesPerRow >= SEEN_OFTEN);
  const { pairs, levels } = found;
  if (request.model !== undefined) {
    if (!fits(request.model, comparer))
      throw new ModelMismatch('the model was made for other comparisons than these settings name');
    const model = pairModelOf(request.model, comparer, rows, allPairsOf(linking));
    return { found, trained: { model, pairs, levels, weight: weighed(model, levels, pairs.count) } };
  }
  const model = new PairModel(comparer.fields, found.mixture);
  if (few && !fast && seenOften(found, rows)) {
    const across = (i: number, j: number): boolean => boundary === 0 || i < boundary !== j < boundary;
    const trained = await selfTrain(
      model,
      comparer,
      pairs,
      levels,
      rows,
      joinRuleFor(matchesPerRow(found, rows)),
      { boundary },
      SELF_TRAINING_ROUNDS,
      seed,
      across,
    );
    clock.lap('train');
    return { found, trained };
  }
  return { found, trained: { model, pairs, levels, weight: found.weight } };
}

/** Clusters teach where records vouch for each other; where most people are seen once there is little to learn from. */
function seenOften(found: FoundPairs, rows: number): boolean {
  return matchesPerRow(found, rows) >= SEEN_OFTEN;
}

function weighed(model: PairModel, levels: Uint8Array, count: number): Float64Array {
  const weight = new Float64Array(count);
  model.weigh(levels, count, weight);
  return weight;
}

function matchesPerRow({ mixture }: FoundPairs, rows: number): number {
  return mixture.classes[0]!.pairs / rows;
}
