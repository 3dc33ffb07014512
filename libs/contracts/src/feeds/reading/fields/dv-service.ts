import { displayName } from '#person';
import type { DvServiceRow } from '../../dv-service.js';
import type { FeedReaders } from '../reader.js';
import { count, day, span, together, words, yesNo } from '../words.js';
import { consentField, safeContactFields } from './safe-contact.js';

type Related = NonNullable<DvServiceRow['relatedPeople']>[number];
type Child = NonNullable<DvServiceRow['children']>[number];
type Order = NonNullable<DvServiceRow['orders']>[number];

function orderText(order: Order): string | undefined {
  if (typeof order === 'string') return order;
  return together(' ', words(order.type), span(order.from, order.to), order.details);
}

export const dvServiceFields: FeedReaders<DvServiceRow> = {
  whole: [
    { field: 'clientRef', label: 'Client reference', kind: 'ordinary', read: (r) => r.clientRef },
    { field: 'role', label: 'Role', kind: 'ordinary', read: (r) => words(r.role) },
    { field: 'aliases', label: 'Other name', kind: 'ordinary', read: (r) => r.aliases?.map(displayName) },
    { field: 'language', label: 'Language', kind: 'ordinary', read: (r) => r.language },
    ...safeContactFields,
    { field: 'area', label: 'Area', kind: 'location', read: (r) => r.area },
    { field: 'pregnant', label: 'Pregnant', kind: 'health', read: (r) => yesNo(r.pregnant) },
    { field: 'dashScore', label: 'DASH score (of 24)', kind: 'ordinary', read: (r) => count(r.dashScore) },
    consentField,
    { field: 'serviceType', label: 'Service', kind: 'location', read: (r) => words(r.serviceType) },
    { field: 'opened', label: 'Opened', kind: 'ordinary', read: (r) => day(r.opened) },
    { field: 'closed', label: 'Closed', kind: 'ordinary', read: (r) => day(r.closed) },
    // Breach of most of these is an offence and some follow a conviction: treated as criminal-offence data.
    {
      field: 'orders',
      label: 'Court order',
      kind: 'criminal',
      namesThirdParty: true,
      read: (r) => r.orders?.map(orderText),
    },
  ],
  entries: {
    relatedPeople: [
      { field: 'relatedPeople.role', label: 'Role', kind: 'ordinary', read: (p: Related) => words(p.role) },
      {
        field: 'relatedPeople.relationship',
        label: 'Relationship',
        kind: 'ordinary',
        namesThirdParty: true,
        read: (p: Related) => p.relationship,
      },
      { field: 'relatedPeople.location', label: 'Where they are', kind: 'location', read: (p: Related) => p.location },
    ],
    children: [
      {
        field: 'children.livesWith',
        label: 'Lives with',
        kind: 'location',
        namesThirdParty: true,
        read: (c: Child) => c.livesWith,
      },
    ],
  },
};
