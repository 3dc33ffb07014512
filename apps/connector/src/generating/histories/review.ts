import type { FeedRows } from '#contracts';
import type { IsoDate } from '../dates.js';

export interface HistoryAnswer {
  agency: string;
  about: 'victim' | 'perpetrator';
  personId: string;
  /** `requestRef` is the review's id: whoever asks puts the true request's there. */
  row: FeedRows['agency-history'];
}

/** A death that a review asks every agency about, and what each would answer. */
export interface ReviewCase {
  id: string;
  district: string;
  victim: string;
  perpetrator: string;
  died: IsoDate;
  answers: HistoryAnswer[];
}
