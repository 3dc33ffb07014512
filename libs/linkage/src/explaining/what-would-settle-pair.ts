import type { TrainedModel } from '../linking/trained-model.js';
import { answerOf, type PairAnswer } from './explain-pair.js';
import { capitalised, inBits } from './figures.js';
import { pairWeight } from './pair-bits.js';
import { type IfKnown, thatSettle } from './settling.js';
import { type Unknown, unknownsOf } from './unknowns.js';
import { withLevel } from './with-level.js';

/** What to ask for, and what either answer would make of the pair. Bits of the whole pair. */
export interface SettlingField extends IfKnown {
  /** Name of the model's field. */
  field: string;
  /** In words: "date of birth", "full given name". */
  wanted: string;
  /** Agreement on a value of usual rarity is `ifAgreeWeight`; this is for the commonest value. */
  ifAgreeOnCommonWeight: number;
  ifAgree: PairAnswer;
  ifDisagree: PairAnswer;
}

/**
 * What one of the two records does not say that would move the pair to another answer (linked, shown, apart) by agreeing
 * or by differing: the most telling first. Empty when nothing left out would change anything.
 */
export function whatWouldSettlePair(model: TrainedModel, levels: ArrayLike<number>): SettlingField[] {
  const asked = unknownsOf(model, levels).map((unknown): SettlingField => {
    const weightAt = (level: number): number => pairWeight(model, withLevel(model, levels, unknown.field, level));
    const ifAgreeWeight = weightAt(usualOf(model, unknown));
    const ifDisagreeWeight = weightAt(unknown.differ);
    return {
      field: model.fields[unknown.field]!.name,
      wanted: unknown.wanted,
      ifAgreeWeight,
      ifAgreeOnCommonWeight: weightAt(unknown.agree[0]!),
      ifDisagreeWeight,
      ifAgree: answerOf(model, ifAgreeWeight),
      ifDisagree: answerOf(model, ifDisagreeWeight),
    };
  });
  return thatSettle(asked, pairWeight(model, levels), (weight) => answerOf(model, weight));
}

/** Doubtful: shown but not linked, or linked by no more than a linked pair would have to lose to be doubtful. */
export function isDoubtful({ thresholds: { link, show } }: TrainedModel, weight: number): boolean {
  return weight >= show && weight < link + Math.max(link - show, 3);
}

const ANSWER: Record<PairAnswer, string> = {
  linked: 'they would be linked',
  shown: 'a person would be asked',
  apart: 'they would stay apart',
};

/** A line for each: "Date of birth: if it agreed they would be linked (+8.1 bits); if it differed …". */
export function settlingInWords(found: readonly SettlingField[]): string[] {
  return found.map(
    ({ wanted, ifAgree, ifAgreeWeight, ifAgreeOnCommonWeight, ifDisagree, ifDisagreeWeight }) =>
      `${capitalised(wanted)}: if it agreed, ${ANSWER[ifAgree]} (${inBits(ifAgreeWeight)} bits${
        ifAgreeWeight - ifAgreeOnCommonWeight >= 1 ? `, ${inBits(ifAgreeOnCommonWeight)} with a very common one` : ''
      }); if it differed, ${ANSWER[ifDisagree]} (${inBits(ifDisagreeWeight)} bits).`,
  );
}

/** Of a group's bands the one in whose middle matches' agreement lies. */
function usualOf(model: TrainedModel, { field, agree }: Unknown): number {
  const share = (level: number): number => model.fields[field]!.levels[level]!.m;
  const half = agree.reduce((sum, level) => sum + share(level), 0) / 2;
  let sum = 0;
  return agree.find((level) => (sum += share(level)) >= half) ?? agree[0]!;
}
