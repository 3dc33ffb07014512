/**
 * What is asked: one request about one case, one recipient and one moment, with the items in question.
 * The shape is the line format of `mash policy decide`. Times are ISO 8601 instants with an offset or `Z`.
 */

/** The kinds of item the rows tell apart: where somebody is, how to reach them, offences, health, or none of these. */
export const ITEM_KINDS = ['ordinary', 'location', 'contact', 'criminal', 'health'] as const;

export type ItemKind = (typeof ITEM_KINDS)[number];

/** An id that is only given back: a program of our own uses strings, a foreign one may number its requests. */
export type EchoId = string | number;

export interface Recipient {
  readonly agency: string;
  readonly kind?: string | null;
  /** A relevant authority under section 115 of the Crime and Disorder Act 1998. */
  readonly authority: boolean;
  /** Ids of the reviews on whose panel the recipient sits. */
  readonly panel: readonly string[];
  readonly safeguardingPartner: boolean;
  /** Ids of the people the recipient's named reader declared a conflict with. */
  readonly conflicts: readonly string[];
  /** Ids of the people the recipient is, acts for, or lives with. */
  readonly actsFor: readonly string[];
}

export interface CasePerson {
  readonly id: string;
  /** `victim`, `perpetrator`, `child` or `other`; any other word has no minimisation list. */
  readonly role: string;
  readonly deceased: boolean;
  readonly adultAtRisk: boolean;
}

export interface Criteria {
  readonly visibleHighRisk?: boolean | null;
  readonly professionalJudgement?: boolean | null;
  readonly potentialEscalation?: boolean | null;
  readonly repeat?: boolean | null;
}

export interface WithoutConsentDecision {
  readonly at: string;
  readonly necessity?: string | null;
  readonly proportionality?: string | null;
  readonly authorisedBy?: string | null;
  /** `yes`, or `no: ` and why not. */
  readonly victimTold?: string | null;
}

export interface Justification {
  readonly necessity?: string | null;
  readonly proportionality?: string | null;
}

export interface BreakGlass {
  readonly by?: string | null;
  readonly reason?: string | null;
  readonly from: string;
  readonly to: string | null;
}

export interface Case {
  readonly id: string;
  readonly people: readonly CasePerson[];
  readonly criteria: Criteria;
  readonly review?: { readonly id: string; readonly open: boolean } | null;
  readonly withoutConsent?: WithoutConsentDecision | null;
  readonly justification?: Justification | null;
  /** Whether a Caldicott guardian signed off sharing health data for the case. */
  readonly caldicott: boolean;
  readonly breakGlass?: BreakGlass | null;
  readonly safetyDelay: boolean;
  /** The person who asked for their own data (subject access). */
  readonly requester?: string | null;
}

export interface Agreement {
  readonly source: string;
  readonly recipient: string;
  readonly purposes: readonly string[];
  readonly categories: readonly string[];
  readonly from: string;
  readonly to: string | null;
}

export interface Consent {
  readonly person: string;
  readonly at: string;
  readonly status: 'given' | 'withdrawn';
  readonly purposes: readonly string[];
  readonly recipients: readonly string[];
  readonly categories: readonly string[];
}

export interface Item<Id extends EchoId = string> {
  readonly id: Id;
  readonly source: string;
  readonly category: string;
  readonly person: string;
  readonly field: string;
  readonly kind: ItemKind;
  /** A confidential or refuge address. */
  readonly confidential: boolean;
  /** Ids of the people the item names beside its own person. */
  readonly thirdParties: readonly string[];
}

export interface DecisionRequest<Id extends EchoId = string> {
  readonly id: Id;
  readonly at: string;
  readonly purpose: string;
  readonly recipient: Recipient;
  readonly case: Case;
  readonly agreements: readonly Agreement[];
  readonly consents: readonly Consent[];
  readonly items: readonly Item<Id>[];
}
