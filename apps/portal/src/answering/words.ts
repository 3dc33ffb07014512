import { agencyById, type FeedName } from '#contracts';

const FEED_WORDS: Record<FeedName, string> = {
  housing: 'Housing',
  arrears: 'Rent arrears',
  asb: 'Anti-social behaviour',
  homelessness: 'Homelessness',
  'dv-service': 'Domestic abuse service',
  'marac-referral': 'MARAC referral',
  'agency-history': 'Agency history',
};

const ROLE_WORDS: Record<string, string> = {
  victim: 'Victim',
  perpetrator: 'Alleged perpetrator',
  child: 'Child',
  other: 'Other person',
};

/** A feed in the words people use. Here as below, an unknown id stays as it is. */
export const feedWords = (id: string): string => FEED_WORDS[id as FeedName] ?? id;
/** A role in a case, in words. */
export const roleWords = (id: string): string => ROLE_WORDS[id] ?? id;
/** An agency's name. */
export const agencyWords = (id: string): string => agencyById(id)?.name ?? id;
