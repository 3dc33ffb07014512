import type { Random } from '../../random.js';
import { Chooser } from '../chooser.js';
import type { KindOfPopulation } from './rates.js';

/** How one record came to be written: its errors come together when it was badly kept. */
export interface Writing {
  random: Random;
  /** Times the usual share of errors. */
  times: number;
  /** From before the person's last move or wedding. */
  early: boolean;
  style: Style;
}

/** Habits of the system a record was typed into. */
export interface Style {
  capitals: 'none' | 'surname' | 'all';
  postcodeSpace: boolean;
  abbreviates: boolean;
  phone: 'joined' | 'spaced' | 'abroad';
}

/** Whether an error happens to this record. */
export function errs({ random, times }: Writing, share: number): boolean {
  return random.chance(Math.min(0.6, share * times));
}

const STYLES = new Chooser<Style>([
  [{ capitals: 'none', postcodeSpace: true, abbreviates: false, phone: 'joined' }, 40],
  [{ capitals: 'none', postcodeSpace: true, abbreviates: true, phone: 'spaced' }, 25],
  [{ capitals: 'surname', postcodeSpace: true, abbreviates: false, phone: 'joined' }, 10],
  [{ capitals: 'all', postcodeSpace: true, abbreviates: true, phone: 'joined' }, 10],
  [{ capitals: 'none', postcodeSpace: false, abbreviates: false, phone: 'abroad' }, 15],
]);

/** Draws how records of a population are written. */
export function writings(random: Random, { care, early }: KindOfPopulation): () => Writing {
  const times = new Chooser(Object.values(care).map((kept) => [kept.times, kept.share] as const));
  return () => ({ random, times: times.pick(random), early: random.chance(early), style: STYLES.pick(random) });
}

/** Draws how many records someone has. */
export function sightings(random: Random, { sightings: { none, first, again, most } }: KindOfPopulation): () => number {
  const weights: [number, number][] = [];
  for (let count = first > 0 ? 1 : 2, weight = 1; count <= most; count++, weight *= again)
    weights.push([count, weight]);
  const counts = new Chooser(weights);
  return () => (random.chance(none) ? 0 : counts.pick(random));
}
