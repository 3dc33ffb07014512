import type { FeedName, FeedRows } from '../feed.js';
import { agencyHistoryFields } from './fields/agency-history.js';
import { arrearsFields } from './fields/arrears.js';
import { asbFields } from './fields/asb.js';
import { dvServiceFields } from './fields/dv-service.js';
import { homelessnessFields } from './fields/homelessness.js';
import { housingFields } from './fields/housing.js';
import { maracReferralFields } from './fields/marac-referral.js';
import { personFields } from './fields/person.js';
import type { FeedReaders, ItemKind } from './reader.js';

export const feedReaders: { readonly [F in FeedName]: FeedReaders<FeedRows[F]> } = {
  housing: housingFields,
  arrears: arrearsFields,
  asb: asbFields,
  homelessness: homelessnessFields,
  'dv-service': dvServiceFields,
  'marac-referral': maracReferralFields,
  'agency-history': agencyHistoryFields,
};

export interface FieldDescription {
  label: string;
  kind: ItemKind;
  namesThirdParty?: true;
}

function describe(readers: FeedReaders<never>): Record<string, FieldDescription> {
  const all = [...personFields, ...readers.whole, ...Object.values(readers.entries ?? {}).flat()];
  return Object.fromEntries(
    all.map(({ field, label, kind, namesThirdParty }) => [
      field,
      { label, kind, ...(namesThirdParty ? { namesThirdParty } : {}) },
    ]),
  );
}

/** Every field an item of a feed can have, by the name minimisation lists and items use. */
export const fieldCatalogue = Object.fromEntries(
  Object.entries(feedReaders).map(([feed, readers]) => [feed, describe(readers as FeedReaders<never>)]),
) as Record<FeedName, Record<string, FieldDescription>>;
