import type { FeedConsent } from '#contracts';
import { instantsOf } from './feed-instant.js';
import { CONSENT_PURPOSES, type NewConsent } from './consent.js';

/** What a service's row says of consent. `refused` is kept apart: it takes back what was given before, and is nothing on its own. */
export type ConsentFromFeed = Omit<NewConsent, 'subjectId' | 'recordedBy'> & { refusal: boolean };

/**
 * Reads a feed's consent so that doubt never releases anything: a giving known to the day counts from its start, a withdrawal to its
 * end, and a withdrawal that does not say what for (or says it in words of its own) takes back everything.
 * @param receivedAt when the hub took the row: no withdrawal waits for a date in the future
 * @returns null when the row says nothing about it
 */
export function consentFromFeed(consent: FeedConsent | undefined, receivedAt: Date): ConsentFromFeed | null {
  if (!consent || consent.status === 'not-asked') return null;
  const { purposes = [], recipients = [], categories = [] } = consent.scope ?? {};
  const span = consent.at ? instantsOf(consent.at) : { first: receivedAt, last: receivedAt };
  const scope = { recipients: [...recipients], categories: [...categories] };
  if (consent.status === 'given')
    return { status: 'given', at: span.first, purposes: [...purposes], ...scope, refusal: false };
  const at = span.last < receivedAt ? span.last : receivedAt;
  return { status: 'withdrawn', at, purposes: takenBack(purposes), ...scope, refusal: consent.status === 'refused' };
}

/** The policy counts a withdrawal only for the purposes it names. */
export function takenBack(purposes: readonly string[]): string[] {
  const known = purposes.every((purpose) => (CONSENT_PURPOSES as readonly string[]).includes(purpose));
  return purposes.length > 0 && known ? [...purposes] : [...new Set([...CONSENT_PURPOSES, ...purposes])];
}
