import type { PairList } from '../blocking/candidates.js';
import { chooseRules } from '../blocking/choose-rules.js';
import { possibleRules } from '../blocking/rules.js';
import { averageLinkage, type Constraints, type JoinRule } from '../clustering/average-linkage.js';
import type { Atom } from '../fields/field.js';
import { impliedFields } from '../fields/implied.js';
import { PairComparer } from '../scoring/pair-levels.js';
import { PairModel } from '../scoring/pair-model.js';
import { fitClasses, startMixture } from '../training/classes.js';
import type { Mixture } from '../training/mixture.js';
import { comparisonsOf, modelFile } from '../training/model-file.js';
import { patternsOf } from '../training/patterns.js';
import { randomAgreement } from '../training/random-pairs.js';
import { autoThresholds, expectedOf } from '../training/thresholds.js';
import { twins } from '../clustering/twin-guard.js';
import { keptPairs } from './kept-pairs.js';
import { expected, selfTrain } from '../training/self-training.js';
import { Helper } from '../threads/helper.js';
import { anchorsSearched, candidates, prepared } from '../threads/shared-work.js';
import type { LinkRequest, LinkResult, LinkStage } from './link-request.js';

/** Up to so many rows every possible rule is used; above, rules are chosen by looking around a sample. */
const FEW_ROWS = 60_000;
/** The same with `fast`. */
const VERY_FEW_ROWS = 6_000;
const SMALL_BLOCK = 20;
const BLOCK = 30;
const ANCHORS = 1_200;
const RANDOM_PAIRS = 200_000;
/** A second thread takes longer to start than a small table takes. */
const ROWS_FOR_TWO = 30_000;
const SELF_TRAINING_ROUNDS = 2;
/** Bits by which a cluster that was there before may fall under what it would need to form. */
const HYSTERESIS = 2;

export async function link(request: LinkRequest): Promise<LinkResult> {
  const clock = new StageClock(request.onProgress);
  const { table, settings, fast, seed } = request;
  const { rows } = table;
  const boundary = settings.type === 'link' ? request.leftRows : 0;
  const across = (i: number, j: number): boolean => boundary === 0 || i < boundary !== j < boundary;
  const helper = new Helper(rows >= ROWS_FOR_TWO ? (settings.threads === 0 ? 2 : settings.threads) : 1);
  const comparisons = await prepared(table, settings.comparisons, helper);
  const comparer = new PairComparer(comparisons, impliedFields(comparisons, rows));
  const { fields } = comparer;
  const thorough = rows <= (fast ? VERY_FEW_ROWS : FEW_ROWS);
  const rules = possibleRules(comparisons.flatMap(({ atoms }) => atoms), rows, thorough ? SMALL_BLOCK : BLOCK);
  const allPairs = boundary === 0 ? (rows * (rows - 1)) / 2 : boundary * (rows - boundary);
  clock.lap('prepare');

  const u = randomAgreement(comparer, rows, fast ? RANDOM_PAIRS / 5 : thorough ? RANDOM_PAIRS : RANDOM_PAIRS / 4, seed);
  clock.lap('train');
  let pairs: PairList;
  let levels: Uint8Array;
  let mixture: Mixture;
  let missed = 0;
  if (thorough) {
    pairs = await candidates(rules, rows, SMALL_BLOCK, boundary, helper);
    clock.lap('block');
    levels = comparer.all(pairs);
    clock.lap('score');
    mixture = startMixture(fields, u, allPairs, rows);
    fitClasses(mixture, patternsOf(levels, pairs.count, fields.length), fields, 60);
    clock.lap('train');
  } else {
    const count = Math.min(rows, fast ? ANCHORS / 2 : ANCHORS);
    const anchors = Uint32Array.from({ length: count }, (_, at) => Math.floor((at * rows) / count));
    const search = await anchorsSearched(rules, rows, anchors, BLOCK, helper);
    clock.lap('block');
    const sample = comparer.all(search.pairs);
    const patterns = patternsOf(sample, search.pairs.count, fields.length);
    mixture = startMixture(fields, u, count * rows, count);
    fitClasses(mixture, patterns, fields, 60);
    const likely = likelihoods(new PairModel(fields, mixture), sample, search.pairs.count);
    clock.lap('train');
    const scale = rows / count / 2;
    const chosen = chooseRules(rules, search, likely, scale, { budget: 30 * rows, worth: fast ? 300 : 1000 });
    missed = chosen.missed;
    for (const one of mixture.classes) one.pairs *= one.name === 'random' ? allPairs / (count * rows) : scale;
    if (process.env['LINK_DEBUG']) console.error(chosen.rules.map((rule: Atom[]) => rule.map(({ name }) => name).join(' + ')).join('; '), chosen.cost, chosen.missed);
    pairs = await candidates(chosen.rules, rows, BLOCK, boundary, helper);
    clock.lap('block');
    levels = comparer.all(pairs);
    clock.lap('score');
  }
  await helper.end();
  let model = new PairModel(fields, mixture);
  const start = new Float32Array(pairs.count);
  model.weigh(levels, pairs.count, start);
  clock.lap('score');
  const rule: JoinRule = { joinAbove: -3 * Math.min(1, Math.max(0, (mixture.classes[0]!.pairs / rows - 0.3) / 0.7)), unknown: -8, most: 10 };
  const constraints: Constraints = { ...request.decisions, boundary, ...(request.previous === undefined ? {} : { previous: { clusters: request.previous, fallBelow: rule.joinAbove - HYSTERESIS } }) };
  let weight: Float32Array = start;
  if (rows <= FEW_ROWS && !fast) {
    const trained = selfTrain(model, comparer, pairs, levels, rows, rule, constraints, SELF_TRAINING_ROUNDS, seed, across);
    ({ model, pairs, levels, weight } = trained);
    clock.lap('train');
  }
  const thresholds = autoThresholds(weight, missed);
  if (settings.threshold !== 'auto') {
    rule.joinAbove += settings.threshold - thresholds.link;
    thresholds.link = settings.threshold;
  }
  const apart = twins(fields, mixture, pairs, levels, weight, rows);
  const { clusters, ambiguous } = averageLinkage({ ...pairs, weight }, rows, rule, { ...constraints, cannotLink: [...(constraints.cannotLink ?? []), ...apart] });
  clock.lap('cluster');
  const expectation = expectedOf({ ...pairs, weight }, clusters, missed);
  if (process.env['LINK_DEBUG']) console.error(mixture.classes.map((c) => `${c.name} ${Math.round(c.pairs)}`).join('; '), 'expected', expected(weight), 'join', rule.joinAbove, 'pairs', pairs.count, 'twins', apart.length, 'ambiguous', ambiguous.length, thresholds, expectation);
  return {
    pairs: keptPairs(pairs, weight, request.keep, rows),
    clusters,
    threshold: thresholds.link,
    showThreshold: thresholds.show,
    pairsScored: pairs.count,
    expected: expectation,
    model: modelFile(comparer, model, {
      trainedOn: { rows, fingerprint: request.fingerprint ?? null },
      comparisons: comparisonsOf(settings.comparisons),
      thresholds: { ...thresholds, join: rule.joinAbove },
      expected: expectation,
    }),
    seconds: clock.seconds,
    ambiguous,
  };
}

function likelihoods(model: PairModel, levels: Uint8Array, count: number): Float32Array {
  const likely = new Float32Array(count);
  model.weigh(levels, count, likely);
  for (let k = 0; k < count; k++) likely[k] = 1 / (1 + 2 ** -likely[k]!);
  return likely;
}

/** Seconds by stage, and the stages told as they end. */
class StageClock {
  readonly seconds: Record<LinkStage, number> = { prepare: 0, block: 0, train: 0, score: 0, cluster: 0 };
  private last = performance.now();

  constructor(private readonly tell?: (stage: LinkStage, done: number) => void) {}

  lap(stage: LinkStage): void {
    const now = performance.now();
    this.seconds[stage] += (now - this.last) / 1000;
    this.last = now;
    this.tell?.(stage, 1);
  }
}
