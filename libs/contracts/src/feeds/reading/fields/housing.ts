import type { HousingRow } from '../../housing.js';
import type { FeedReaders } from '../reader.js';
import { day, listed, named, span, together, words } from '../words.js';

export const housingFields: FeedReaders<HousingRow> = {
  whole: [
    { field: 'tenancyRef', label: 'Tenancy reference', kind: 'ordinary', read: (r) => r.tenancyRef },
    // Whoever can look a property up by its reference or UPRN has its address.
    { field: 'propertyRef', label: 'Property reference', kind: 'location', read: (r) => r.propertyRef },
    { field: 'uprn', label: 'UPRN', kind: 'location', read: (r) => r.uprn },
    { field: 'tenure', label: 'Tenure', kind: 'ordinary', read: (r) => words(r.tenure) },
    { field: 'tenantStatus', label: 'Tenant status', kind: 'ordinary', read: (r) => words(r.tenantStatus) },
    { field: 'tenancyStart', label: 'Tenancy started', kind: 'ordinary', read: (r) => day(r.tenancyStart) },
    { field: 'tenancyEnd', label: 'Tenancy ended', kind: 'ordinary', read: (r) => day(r.tenancyEnd) },
    {
      field: 'household',
      label: 'Household member',
      kind: 'ordinary',
      namesThirdParty: true,
      read: (r) =>
        r.household?.map((m) => together(', ', m.name, m.relationship, m.dateOfBirth && `born ${day(m.dateOfBirth)}`)),
    },
    { field: 'repairs', label: 'Repairs flagged', kind: 'ordinary', read: (r) => listed(r.repairs?.map(words)) },
    {
      field: 'alerts',
      label: 'Alert',
      kind: 'ordinary',
      namesThirdParty: true,
      read: (r) =>
        r.alerts?.map((a) =>
          together(' ', together(': ', a.code, a.description), named('in force', span(a.from, a.to))),
        ),
    },
  ],
};
