import type { HomelessnessRow } from '../../homelessness.js';
import type { FeedReaders } from '../reader.js';
import { day, listed, together, words } from '../words.js';

export const homelessnessFields: FeedReaders<HomelessnessRow> = {
  whole: [
    { field: 'caseRef', label: 'Case reference', kind: 'ordinary', read: (r) => r.caseRef },
    { field: 'applicationDate', label: 'Applied', kind: 'ordinary', read: (r) => day(r.applicationDate) },
    { field: 'lossReason', label: 'Reason for loss of home', kind: 'ordinary', read: (r) => words(r.lossReason) },
    // Support and priority needs name illness, pregnancy and dependency.
    { field: 'supportNeeds', label: 'Support needs', kind: 'health', read: (r) => listed(r.supportNeeds?.map(words)) },
    { field: 'priorityNeed', label: 'Priority need', kind: 'health', read: (r) => words(r.priorityNeed) },
    { field: 'duty', label: 'Duty owed', kind: 'ordinary', read: (r) => words(r.duty) },
    { field: 'dutyStart', label: 'Duty started', kind: 'ordinary', read: (r) => day(r.dutyStart) },
    { field: 'dutyEnd', label: 'Duty ended', kind: 'ordinary', read: (r) => day(r.dutyEnd) },
    { field: 'outcome', label: 'Outcome', kind: 'ordinary', read: (r) => words(r.outcome) },
    {
      field: 'temporaryAccommodation',
      label: 'Temporary accommodation',
      kind: 'location',
      confidential: (r) => /refuge/i.test(r.temporaryAccommodation?.kind ?? ''),
      read: ({ temporaryAccommodation: stay }) => stay && together(', ', words(stay.kind), stay.area),
    },
  ],
};
