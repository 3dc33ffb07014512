import type { IsoDate } from '../dates.js';
import type { Care } from './birth.js';

/** How an agency came to write a person down. Likelihoods are shares of 1, absent is never. */
export interface Sighting {
  /** The day: decides the name and address of the time. */
  on: IsoDate;
  nhsNumber?: number;
  niNumber?: number;
  telephone?: number;
  email?: number;
  uprn?: number;
  alias?: number;
  /** `poor`: described by someone else, more is missing. `careful`: asked for because of a risk. Default `usual`. */
  care?: Care;
  /** Where the address must not be held or is not asked (a refuge). */
  noAddress?: boolean;
}
