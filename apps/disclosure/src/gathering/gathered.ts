import type { FeedName, FeedRows, HistoryEvent, Item } from '#contracts';
import type { Justification, WithoutConsentDecision } from '#policy';
import type { CaseFacts, Occasion } from './case-facts.js';

/** A record opened in memory. */
export interface OpenedRecord {
  id: string;
  agency: string;
  feed: FeedName;
  row: FeedRows[FeedName];
  receivedAt: Date;
}

/** One item of the case, with what it says. It lives in memory only, for as long as packs are being made. */
export interface GatheredItem extends Omit<Item, 'path' | 'namesThirdParty'> {
  /** `<record>/<place in the row>`, one in its case */
  id: string;
  person: string;
  recordId: string;
  matchId: string | null;
  source: string;
  category: FeedName;
  receivedAt: Date;
  /** people it names who are not the case's, each by a made-up id */
  thirdParties: string[];
  /** takes those people out of a text of this item */
  hide: (text: string) => string;
  /** the value without them, where that is more than hiding their names */
  redacted?: string;
  /** an event of an agency's history, for the chronology */
  event?: HistoryEvent;
}

export interface GatheredCase {
  facts: CaseFacts;
  items: GatheredItem[];
  withoutConsent: WithoutConsentDecision | null;
  justification: Justification | null;
}

/** Everything packs of one meeting or review may be made of, opened once for all recipients. */
export interface Gathered {
  occasion: Occasion;
  cases: GatheredCase[];
}
