import type { IsoDate } from '../dates.js';
import type { Household, Person } from '../people/person.js';

/** Who refers to a MARAC besides the councils. */
export type Referrer = string;

export interface Referral {
  agency: Referrer;
  on: IsoDate;
}

export type ConsentStatus = 'given' | 'withdrawn' | 'refused' | 'not-asked';

/** Abuse of one person by another, as it truly is; agencies know parts of it. */
export interface Situation {
  victim: Person;
  perpetrator: Person;
  /** What the perpetrator is to the victim. */
  relationship: 'husband' | 'wife' | 'partner' | 'ex-partner' | 'son' | 'daughter' | 'parent';
  children: Person[];
  household: Household;
  district: string;
  startedOn: IsoDate;
  /** Of the 24 DASH questions, how many were answered with yes. */
  dash: number;
  /** Known to Women's Aid since; undefined when not. */
  knownSince?: IsoDate;
  inRefuge: boolean;
  consent: ConsentStatus;
  referrals: Referral[];
}
