import type { ArrearsRow } from '../../arrears.js';
import type { FeedReaders } from '../reader.js';
import { count, day, named, pounds, together, words, yesNo } from '../words.js';

export const arrearsFields: FeedReaders<ArrearsRow> = {
  whole: [
    { field: 'tenancyRef', label: 'Tenancy reference', kind: 'ordinary', read: (r) => r.tenancyRef },
    { field: 'balance', label: 'Rent account balance', kind: 'ordinary', read: (r) => pounds(r.balance) },
    {
      field: 'collectableArrears',
      label: 'Collectable arrears',
      kind: 'ordinary',
      read: (r) => pounds(r.collectableArrears),
    },
    { field: 'weeklyRent', label: 'Weekly rent', kind: 'ordinary', read: (r) => pounds(r.weeklyRent) },
    { field: 'daysInArrears', label: 'Days in arrears', kind: 'ordinary', read: (r) => count(r.daysInArrears) },
    {
      field: 'daysSinceLastPayment',
      label: 'Days since last payment',
      kind: 'ordinary',
      read: (r) => count(r.daysSinceLastPayment),
    },
    {
      field: 'noticeServed',
      label: 'Notice served',
      kind: 'ordinary',
      read: (r) => (typeof r.noticeServed === 'boolean' ? yesNo(r.noticeServed) : words(r.noticeServed)),
    },
    { field: 'noticeServedDate', label: 'Notice served on', kind: 'ordinary', read: (r) => day(r.noticeServedDate) },
    { field: 'noticeExpiryDate', label: 'Notice expires', kind: 'ordinary', read: (r) => day(r.noticeExpiryDate) },
    { field: 'courtDate', label: 'Court date', kind: 'ordinary', read: (r) => day(r.courtDate) },
    // A possession court is a civil one: not criminal-offence data (Data Protection Act 2018 s.11(2)).
    { field: 'courtOutcome', label: 'Court outcome', kind: 'ordinary', read: (r) => words(r.courtOutcome) },
    { field: 'evictionDate', label: 'Eviction date', kind: 'ordinary', read: (r) => day(r.evictionDate) },
    {
      field: 'universalCredit',
      label: 'Receives Universal Credit',
      kind: 'ordinary',
      read: (r) => yesNo(r.universalCredit),
    },
    {
      field: 'agreement',
      label: 'Repayment agreement',
      kind: 'ordinary',
      read: ({ agreement: a }) =>
        a &&
        together(
          '; ',
          words(a.state),
          named('Started', day(a.start)),
          together(' ', pounds(a.amount), words(a.frequency)?.toLowerCase()),
          named('Balance', pounds(a.balance)),
        ),
    },
    {
      field: 'lastContact',
      label: 'Last contact',
      kind: 'ordinary',
      read: (r) => r.lastContact && together(': ', day(r.lastContact.date), r.lastContact.action),
    },
  ],
};
