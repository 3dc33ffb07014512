import type { CasePerson, Criteria } from '#policy';

/** What the hub packs for. */
export type Purpose = 'marac' | 'dhr';

/** A consent given or withdrawn, its person already the case's. */
export interface ConsentFact {
  id: string;
  person: string;
  at: Date;
  status: 'given' | 'withdrawn';
  purposes: string[];
  recipients: string[];
  categories: string[];
}

/** One person in one record that belongs to the case: the record's own subject, or a link a person confirmed. */
export interface Source {
  recordId: string;
  part: string;
  /** id of the case's person */
  person: string;
  /** the link it rests on; null for the subject's own record */
  matchId: string | null;
}

/** A case (for a review: the review itself) as the policy needs to know it. No person data: ids, times and codes. */
export interface CaseFacts {
  id: string;
  number: string;
  people: CasePerson[];
  /** every subject that is one of these people → the person: merged subjects are one */
  personOf: Map<string, string>;
  sources: Source[];
  criteria: Criteria;
  caldicott: boolean;
  review: { id: string; open: boolean } | null;
  /** decisions to share without consent, newest first; what they say is a sealed text */
  withoutConsent: { at: Date; textId: string }[];
  /** sealed text of necessity and proportionality */
  justification: string | null;
  consents: ConsentFact[];
}

/** What packs are made for: a meeting or a review, who is to have one, and its cases in the agenda's order. */
export interface Occasion {
  purpose: Purpose;
  id: string;
  number: string;
  heldAt: Date | null;
  recipients: string[];
  cases: CaseFacts[];
}
