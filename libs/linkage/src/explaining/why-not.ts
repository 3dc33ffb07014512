import type { TrainedModel } from '../linking/trained-model.js';
import { type ClustersOfPair, neededToJoin } from './clusters-of-pair.js';
import { explainPair, type ExplainedPair } from './explain-pair.js';
import { capitalised, inBits, inSeries } from './figures.js';
import { areTwins } from './twin-pair.js';

/** What is known of a pair beside its levels; what is left out is not known. */
export interface WhyNotContext {
  /** People have decided that the two are not one person. */
  cannotLink?: boolean;
  /** Whether any key brought them together. */
  compared?: boolean;
  /** Kinds of keys that both have, as `sharedKeys` names them. */
  sharedKeys?: string[];
  /** Two people explain one of the records equally well: held apart for a person to decide. */
  ambiguous?: boolean;
  clusters?: ClustersOfPair;
  /** Each record has one partner at most: pairs are chosen, and no groups are joined. */
  oneToOne?: boolean;
  /** What rows are called in the words. */
  called?: (row: number) => string;
}

export type WhyNotReason =
  'decided' | 'never-compared' | 'twin-guard' | 'weight-below' | 'ambiguous' | 'clustered-apart' | 'linked' | 'unknown';

export type NeededBy = 'link' | 'join';

export interface WhyNot {
  /** What decided; `linked` and `unknown` when nothing known holds them apart. */
  reason: WhyNotReason;
  weight: number;
  /** Bits that would have been enough: where groups are known, what joins two records of no group. */
  needed: number;
  /** Which threshold those bits are: from which a pair is linked, or above which groups join. */
  neededBy: NeededBy;
  /** Plain words, a sentence each; no person data. */
  text: string[];
}

/**
 * Why two records were not linked. What stands before the others decided: a person's word, then blocking, the weight,
 * and the groups. In: levels per field, the bits from which pairs are linked. @throws ModelError
 */
export function whyNot(
  model: TrainedModel,
  levels: ArrayLike<number>,
  threshold: number = model.thresholds.link,
  context: WhyNotContext = {},
): WhyNot {
  const explained = explainPair(model, levels);
  const { weight } = explained;
  const { clusters, sharedKeys } = context;
  const join = clusters && !context.oneToOne ? neededToJoin(clusters, model.thresholds.join) : Infinity;
  const needed = Math.min(threshold, join);
  const neededBy: NeededBy = join < threshold ? 'join' : 'link';
  const told = (reason: WhyNotReason, ...text: string[]): WhyNot => ({ reason, weight, needed, neededBy, text });
  const enough = enoughInWords(needed, neededBy, threshold);
  const alone = inItself(weight, needed, enough);
  if (clusters?.together)
    return told('linked', weight >= needed ? 'They are linked: both records are in one group.' : LINKED_BY_OTHERS);
  if (context.cannotLink) return told('decided', 'A person has decided that they are two people.', alone);
  if (context.compared === false || (context.compared === undefined && sharedKeys?.length === 0))
    return told('never-compared', neverMet(sharedKeys), alone);
  if (areTwins(model, levels, weight)) return told('twin-guard', TWINS, alone);
  if (weight < needed) return told('weight-below', ...tooLittle(explained, enough, model));
  if (context.ambiguous) return told('ambiguous', AMBIGUOUS, alone);
  if (clusters) return told('clustered-apart', alone, ...apart(model, clusters, context));
  return told('unknown', alone, 'Whether they ended in one group is not known here.');
}

const LINKED_BY_OTHERS =
  'They are linked, although the two by themselves would not be: both fit other records of their group.';
const AMBIGUOUS =
  'Two people explain one of the records about equally well, so it was given to neither: a person has to decide.';
const TWINS =
  'One surname, one date of birth, one address and different given names: such pairs are mostly twins, and only a person may link them.';

/** How much is needed, and by which of the two thresholds. */
function enoughInWords(needed: number, by: NeededBy, threshold: number): string {
  return by === 'link'
    ? `${inBits(needed)} are needed (the threshold from which a pair is linked)`
    : `more than ${inBits(needed)} are needed (above that groups of records join, and that decided; the threshold from which a pair counts as linked, ${inBits(threshold)}, did not)`;
}

function inItself(weight: number, needed: number, enough: string): string {
  const figures = `${inBits(weight)} bits, where ${enough}`;
  return weight >= needed
    ? `By what the two records say they would be linked: ${figures}.`
    : `By what the two records say they would not be linked either: ${figures}.`;
}

function neverMet(keys: string[] | undefined): string {
  if (keys === undefined) return 'They were never compared.';
  return keys.length === 0
    ? 'They were never compared: they share no key by which records meet (a name, its sound, a date, a place, a number).'
    : `They were never compared: all they share is ${inSeries(keys)}, which too many other records share, and groups so large are not searched pair by pair.`;
}

/** So many of the strongest findings are told. */
const TOLD = 3;

function tooLittle({ weight, fields, missing }: ExplainedPair, enough: string, { thresholds }: TrainedModel): string[] {
  const against = fields
    .filter(({ kind, weight: bits }) => kind !== 'prior' && kind !== 'learned' && bits < -0.5)
    .sort((x, y) => x.weight - y.weight)
    .slice(0, TOLD);
  const agreeing = fields.some(({ kind, weight: bits }) => kind === 'field' && bits > 1);
  return [
    `Their weight is ${inBits(weight)} bits; ${enough}.${weight >= thresholds.show ? ' It is near enough to be shown to a person.' : ''}`,
    ...(against.length > 0
      ? [`Against it: ${inSeries(against.map(({ text, weight: bits }) => `${text} (${inBits(bits)})`))}.`]
      : [agreeing ? 'Nothing speaks against it, but what agrees is too little.' : 'Hardly anything in them agrees.']),
    ...(missing.length > 0 ? [`${capitalised(inSeries(missing))} could not be compared.`] : []),
  ];
}

function apart({ thresholds }: TrainedModel, found: ClustersOfPair, { called }: WhyNotContext): string[] {
  const { sizes, pairs, meanWeight, better, forbidden } = found;
  const fits = better.flatMap((one, at) =>
    one
      ? [
          `${called ? `Record ${called(one.row)}` : 'Another record'} fits the ${at === 0 ? 'first' : 'second'} better (${inBits(one.weight)} bits).`,
        ]
      : [],
  );
  if (pairs > 1 && meanWeight <= thresholds.join)
    return [
      `But they belong to groups of ${inSeries(sizes.map((size) => `${size}`))} records, and groups are joined only when their records fit on average: the ${pairs} pairs between these have a mean of ${inBits(meanWeight)} bits, where more than ${inBits(thresholds.join)} is needed.`,
      ...fits,
    ];
  if (forbidden)
    return [
      `But ${called ? `records ${inSeries(forbidden.map(called))}` : 'two other records'} of their groups may not be together, being taken for twins or decided by a person, and so the groups stay apart.`,
      ...fits,
    ];
  if (fits.length > 0) return ['But each record goes where it fits best.', ...fits];
  return [
    'Nothing in these figures holds them apart: it may be a decision about other records, the rule of one partner each, or groups that were made with another model.',
  ];
}
