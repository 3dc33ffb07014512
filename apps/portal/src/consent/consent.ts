/** The purposes a consent can be given for: every one the policy knows, so that a full withdrawal reaches all of them. */
export const CONSENT_PURPOSES = [
  'marac',
  'voluntary-support',
  'adult-safeguarding',
  'child-safeguarding',
  'dhr',
  'emergency',
  'subject-access',
] as const;

/** One giving or withdrawing, as it is kept. Never changed: the next one is another row. */
export interface Consent {
  id: string;
  subjectId: string;
  at: Date;
  status: 'given' | 'withdrawn';
  purposes: string[];
  recipients: string[];
  categories: string[];
  /** a user's id, or `record:<id>` of the row that said so */
  recordedBy: string;
  createdAt: Date;
}

export type NewConsent = Omit<Consent, 'id' | 'createdAt'>;

/** How a person's consent for a purpose stands. */
export type ConsentState = 'given' | 'withdrawn' | 'none';

/** As the policy reads it: given, and no withdrawal for the purpose as late or later. Recipient and category are the policy's to check. */
export function consentState(consents: readonly Consent[], purpose: string, now: Date): ConsentState {
  const counted = consents.filter((consent) => consent.purposes.includes(purpose) && consent.at <= now);
  if (counted.length === 0) return 'none';
  const latest = (status: Consent['status']) =>
    Math.max(
      -Infinity,
      ...counted.filter((consent) => consent.status === status).map((consent) => consent.at.getTime()),
    );
  return latest('given') > latest('withdrawn') ? 'given' : 'withdrawn';
}
