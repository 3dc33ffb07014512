import { decide, type ItemDecision, type Policy } from '#policy';
import type { CaseFacts } from '../gathering/case-facts.js';
import type { Gathered, GatheredItem } from '../gathering/gathered.js';
import type { RecipientFacts } from './recipients.repository.js';
import { consentFor, toRequest } from './request.js';

/** An item and what was decided about it for one recipient. */
export interface DecidedItem {
  item: GatheredItem;
  decision: ItemDecision;
  /** the consent it rests on */
  consentId: string | null;
}

export interface DecidedCase {
  facts: CaseFacts;
  /** the recipient has declared a conflict with one of its people: the pack does not even name the case */
  conflicted: boolean;
  items: DecidedItem[];
}

/**
 * Decides every item for one recipient at one moment. What the recipient itself has sent is left out: it has it already.
 * @throws PolicyError when a case cannot be read as a whole: then nothing of the pack leaves
 */
export function decidePack(policy: Policy, gathered: Gathered, recipient: RecipientFacts, at: Date): DecidedCase[] {
  const { purpose } = gathered.occasion;
  return gathered.cases.map(({ facts, items, withoutConsent, justification }) => {
    const others = items.filter((item) => item.source !== recipient.agency);
    const request = toRequest({ at, purpose, recipient, facts, withoutConsent, justification, items: others });
    const { items: decisions } = decide(policy, request);
    const people = new Set(facts.people.map(({ id }) => id));
    return {
      facts,
      conflicted: request.recipient.conflicts.some((person) => people.has(person)),
      items: others.map((item, i) => {
        const decision = decisions[i]!;
        const { person, category } = item;
        const rests = decision.basis === 'consent';
        const consent = rests
          ? consentFor(facts, { at, purpose, agency: recipient.agency, person, category })
          : undefined;
        return { item, decision, consentId: consent?.id ?? null };
      }),
    };
  });
}
