import { groupPhone } from '#person';
import type { MaracReferralRow } from '../../marac-referral.js';
import type { FeedReaders, FieldReader } from '../reader.js';
import { count, day, listed, named, together, when, yesNo } from '../words.js';
import { consentField, safeContactFields } from './safe-contact.js';

type Perpetrator = NonNullable<MaracReferralRow['perpetrators']>[number];
type Child = NonNullable<MaracReferralRow['children']>[number];

function referrerText({ referrer: by }: MaracReferralRow): string | undefined {
  if (by === undefined || typeof by === 'string') return by;
  return together(', ', by.name, by.role, by.agency, by.telephone && groupPhone(by.telephone), by.email);
}

function previousText({ previousMarac: past }: MaracReferralRow): string | undefined {
  if (past === undefined || typeof past === 'string') return past;
  return typeof past === 'boolean' ? yesNo(past) : (together(', ', day(past.date), past.area) ?? 'Yes');
}

type Criterion = 'visibleHighRisk' | 'professionalJudgement' | 'potentialEscalation' | 'repeat';

function criterion(name: Criterion, label: string): FieldReader<MaracReferralRow> {
  return { field: `criteria.${name}`, label, kind: 'ordinary', read: (r) => yesNo(r.criteria?.[name]) };
}

export const maracReferralFields: FeedReaders<MaracReferralRow> = {
  whole: [
    { field: 'referrer', label: 'Referred by', kind: 'ordinary', namesThirdParty: true, read: referrerText },
    { field: 'referredAt', label: 'Referred', kind: 'ordinary', read: (r) => when(r.referredAt) },
    ...safeContactFields,
    {
      field: 'criteria.dashScore',
      label: 'DASH score (of 24)',
      kind: 'ordinary',
      read: (r) => count(r.criteria?.dashScore),
    },
    criterion('visibleHighRisk', 'Visible high risk'),
    criterion('professionalJudgement', 'Professional judgement'),
    criterion('potentialEscalation', 'Potential escalation'),
    criterion('repeat', 'Repeat'),
    {
      field: 'victimAware',
      label: 'Victim knows of the referral',
      kind: 'ordinary',
      read: (r) => yesNo(r.victimAware),
    },
    consentField,
    { field: 'reason', label: 'Reason for referral', kind: 'ordinary', namesThirdParty: true, read: (r) => r.reason },
    {
      field: 'afraidOf',
      label: 'Afraid of',
      kind: 'ordinary',
      namesThirdParty: true,
      read: (r) => (Array.isArray(r.afraidOf) ? listed(r.afraidOf) : r.afraidOf),
    },
    { field: 'previousMarac', label: 'Previous MARAC', kind: 'ordinary', read: previousText },
  ],
  entries: {
    perpetrators: [
      {
        field: 'perpetrators.relationship',
        label: 'Relationship to victim',
        kind: 'ordinary',
        namesThirdParty: true,
        read: (p: Perpetrator) => p.relationship,
      },
    ],
    children: [
      {
        field: 'children.relationship',
        label: 'Relationship',
        kind: 'ordinary',
        namesThirdParty: true,
        read: (c: Child) =>
          together(
            '; ',
            named('To victim', c.relationshipToVictim),
            named('To alleged perpetrator', c.relationshipToPerpetrator),
          ),
      },
      { field: 'children.school', label: 'School', kind: 'location', read: (c: Child) => c.school },
    ],
  },
};
