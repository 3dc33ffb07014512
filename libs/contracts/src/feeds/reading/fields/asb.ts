import type { AsbRow } from '../../asb.js';
import type { FeedReaders } from '../reader.js';
import { count, together, when, words } from '../words.js';

type Incident = NonNullable<AsbRow['incidents']>[number];
type Party = NonNullable<AsbRow['parties']>[number];

function typesText(incident: Incident): string | undefined {
  return together('; ', ...(incident.types ?? []).map((t) => together(', ', words(t.type), words(t.category))));
}

function placeText(incident: Incident): string | undefined {
  const place = together(', ', incident.location, incident.uprn && `UPRN ${incident.uprn}`);
  return place && together(': ', when(incident.at), place);
}

export const asbFields: FeedReaders<AsbRow> = {
  whole: [
    { field: 'caseRef', label: 'Case reference', kind: 'ordinary', read: (r) => r.caseRef },
    { field: 'reportedAt', label: 'Reported', kind: 'ordinary', read: (r) => when(r.reportedAt) },
    {
      field: 'incidents',
      label: 'Incident',
      kind: 'ordinary',
      read: (r) => r.incidents?.map((i) => together(': ', when(i.at), typesText(i))),
    },
    {
      field: 'incidents.location',
      label: 'Place of incident',
      kind: 'location',
      read: (r) => r.incidents?.map(placeText),
    },
    { field: 'definition', label: 'Kind of anti-social behaviour', kind: 'ordinary', read: (r) => words(r.definition) },
    { field: 'riskScore', label: 'Risk score', kind: 'ordinary', read: (r) => count(r.riskScore) },
    { field: 'status', label: 'Status', kind: 'ordinary', read: (r) => words(r.status) },
    {
      field: 'actions',
      label: 'Action taken',
      kind: 'ordinary',
      namesThirdParty: true,
      read: (r) =>
        r.actions?.map((a) => (typeof a === 'string' ? words(a) : together(': ', when(a.date), words(a.action)))),
    },
    { field: 'closedAt', label: 'Closed', kind: 'ordinary', read: (r) => when(r.closedAt) },
    // May be a prosecution or the breach of an order: treated as criminal-offence data whatever it says.
    { field: 'outcome', label: 'Outcome', kind: 'criminal', read: (r) => words(r.outcome) },
  ],
  entries: {
    parties: [
      { field: 'parties.role', label: 'Part in the case', kind: 'ordinary', read: (p: Party) => words(p.role) },
    ],
  },
  wholeFor: ['parties'],
};
