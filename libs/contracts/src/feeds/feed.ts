import { agencyHistorySchema, type AgencyHistoryRow } from './agency-history.js';
import { arrearsSchema, type ArrearsRow } from './arrears.js';
import { asbSchema, type AsbRow } from './asb.js';
import { dvServiceSchema, type DvServiceRow } from './dv-service.js';
import { homelessnessSchema, type HomelessnessRow } from './homelessness.js';
import { housingSchema, type HousingRow } from './housing.js';
import { maracReferralSchema, type MaracReferralRow } from './marac-referral.js';

/** Every feed and what a parsed row of it is. */
export interface FeedRows {
  housing: HousingRow;
  arrears: ArrearsRow;
  asb: AsbRow;
  homelessness: HomelessnessRow;
  'dv-service': DvServiceRow;
  'marac-referral': MaracReferralRow;
  'agency-history': AgencyHistoryRow;
}

export type FeedName = keyof FeedRows;

export const FEEDS = [
  'housing',
  'arrears',
  'asb',
  'homelessness',
  'dv-service',
  'marac-referral',
  'agency-history',
] as const satisfies readonly FeedName[];

export const feedSchemas = {
  housing: housingSchema,
  arrears: arrearsSchema,
  asb: asbSchema,
  homelessness: homelessnessSchema,
  'dv-service': dvServiceSchema,
  'marac-referral': maracReferralSchema,
  'agency-history': agencyHistorySchema,
} as const;

/** Whether a text is the name of a feed. */
export function isFeedName(text: unknown): text is FeedName {
  return typeof text === 'string' && (FEEDS as readonly string[]).includes(text);
}
