import type { PairScore } from '../people/score-pair.js';

const WORDS: [atLeast: number, words: string][] = [
  [0.999, 'almost certainly the same person'],
  [0.95, 'very likely the same person'],
  [0.75, 'likely the same person'],
  [0.4, 'may or may not be the same person'],
  [0.1, 'unlikely to be the same person'],
  [0.01, 'very unlikely to be the same person'],
];

/** A phrase for the top of a page; the number belongs beside it, not instead of it. */
export function likelihoodInWords(score: Pick<PairScore, 'probability'>): string {
  return WORDS.find(([atLeast]) => score.probability >= atLeast)?.[1] ?? 'almost certainly two people';
}
