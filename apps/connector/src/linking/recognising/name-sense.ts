import type { NameFrequencies } from '#linkage';
import type { NameSense } from './recognise.js';

/** A tenth of a column's distinct values being common names is far above chance: few words are. */
const ENOUGH = 0.1;

/** Tells columns of forenames and surnames by how many of their values are common ones. */
export function nameSenseOf(frequencies: NameFrequencies): NameSense {
  return (words) => {
    const share = (kind: 'forename' | 'surname') =>
      words.filter((word) => frequencies.isCommon(kind, word.toLowerCase().replace(/[^\p{L}]/gu, ''))).length /
      words.length;
    const [forename, surname] = [share('forename'), share('surname')];
    if (Math.max(forename, surname) < ENOUGH) return null;
    return forename >= surname ? 'forename' : 'surname';
  };
}
