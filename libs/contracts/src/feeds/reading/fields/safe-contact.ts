import { groupPhone } from '#person';
import type { FeedConsent, SafeContact } from '../../blocks/contact-and-consent.js';
import type { FieldReader } from '../reader.js';
import { listed, named, together, when, words, yesNo } from '../words.js';

/** How to reach a victim safely: all of it is contact data, so none of it goes where a perpetrator could read it. */
export const safeContactFields: readonly FieldReader<{ safeContact?: SafeContact | undefined }>[] = [
  { field: 'safeContact.safe', label: 'Safe to contact', kind: 'contact', read: (r) => yesNo(r.safeContact?.safe) },
  {
    field: 'safeContact.number',
    label: 'Safe number',
    kind: 'contact',
    read: (r) => r.safeContact?.number && groupPhone(r.safeContact.number),
  },
  { field: 'safeContact.times', label: 'Safe times', kind: 'contact', read: (r) => r.safeContact?.times },
  {
    field: 'safeContact.messageOk',
    label: 'Safe to leave a message',
    kind: 'contact',
    read: (r) => yesNo(r.safeContact?.messageOk),
  },
  {
    field: 'safeContact.notSafeToTalkTo',
    label: 'Not safe to talk to',
    kind: 'contact',
    namesThirdParty: true,
    read: (r) => listed(r.safeContact?.notSafeToTalkTo),
  },
];

export const consentField: FieldReader<{ consent?: FeedConsent | undefined }> = {
  field: 'consent',
  label: 'Consent',
  kind: 'ordinary',
  read: ({ consent }) =>
    consent &&
    together('; ', words(consent.status), when(consent.at), named('For', listed(consent.scope?.purposes?.map(words)))),
};
