import type { DecisionRequest, Item, Justification, WithoutConsentDecision } from '#policy';
import type { CaseFacts, ConsentFact, Purpose } from '../gathering/case-facts.js';
import type { RecipientFacts } from './recipients.repository.js';

export interface Question {
  at: Date;
  purpose: Purpose;
  recipient: RecipientFacts;
  facts: CaseFacts;
  withoutConsent: WithoutConsentDecision | null;
  justification: Justification | null;
  items: readonly Item[];
}

/** One case, one recipient, one moment: the question as the policy takes it. */
export function toRequest({
  at,
  purpose,
  recipient,
  facts,
  withoutConsent,
  justification,
  items,
}: Question): DecisionRequest {
  const { agency, kind = null, authority, panel, safeguardingPartner } = recipient;
  // A subject that is not one of the case's people keeps its own id: it is nobody here.
  const people = (subjects: string[]) => subjects.map((subject) => facts.personOf.get(subject) ?? subject);
  return {
    id: facts.id,
    at: at.toISOString(),
    purpose,
    recipient: {
      agency,
      kind,
      authority,
      panel,
      safeguardingPartner,
      conflicts: people(recipient.conflicts),
      actsFor: people(recipient.actsFor),
    },
    case: {
      id: facts.id,
      people: facts.people,
      criteria: facts.criteria,
      review: facts.review,
      withoutConsent,
      justification,
      caldicott: facts.caldicott,
      breakGlass: null,
      safetyDelay: false,
      requester: null,
    },
    agreements: recipient.agreements,
    consents: facts.consents.map((consent) => ({ ...consent, at: effectiveAt(consent, at).toISOString() })),
    items,
  };
}

/** A withdrawal that is recorded counts now, whatever a clock that runs ahead has dated it. */
function effectiveAt({ status, at }: ConsentFact, now: Date): Date {
  return status === 'withdrawn' && at > now ? now : at;
}

/** The consent a release rests on: the latest one given that covers it. */
export function consentFor(
  facts: CaseFacts,
  question: { at: Date; purpose: Purpose; agency: string; person: string; category: string },
) {
  return facts.consents
    .filter(
      (consent) =>
        consent.status === 'given' &&
        consent.person === question.person &&
        consent.at <= question.at &&
        consent.purposes.includes(question.purpose) &&
        consent.recipients.includes(question.agency) &&
        consent.categories.includes(question.category),
    )
    .sort((a, b) => Number(b.at) - Number(a.at))[0];
}
