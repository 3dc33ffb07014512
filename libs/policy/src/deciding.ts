import type { Decision, ItemDecision, Verdict } from './decision.js';
import { PolicyError } from './errors.js';
import { gatherFacts, type Facts } from './facts/facts.js';
import { STRANGER } from './facts/people.js';
import type { Policy } from './policy.js';
import { ITEM_KINDS, type DecisionRequest, type EchoId, type Item } from './request.js';
import { namesThirdParty } from './rows/9-third-parties.js';
import { ROWS } from './rows/index.js';

const KINDS: ReadonlySet<string> = new Set(ITEM_KINDS);

/**
 * Decides each item of a request by the first matching row of the policy's table. Pure: same policy and request, same answer.
 *
 * In: a well-formed request (`parseRequest` for one from outside). Out: a decision an item, in the order asked.
 * Errors: `invalid_instant`, `unknown_kind`: what cannot be read is refused as a whole, so that nothing leaves by a gap.
 * Source: product.md, "Disclosure policy, version 2026-01"; where the table leaves something open, READINGS.md.
 */
export function decide<Id extends EchoId = string>(policy: Policy, request: DecisionRequest<Id>): Decision<Id> {
  const facts = gatherFacts(policy, request);
  const items = request.items.map((item) => decideItem(item, facts));
  return { id: request.id, policy: policy.version, items };
}

function decideItem<Id extends EchoId>(item: Item<Id>, facts: Facts): ItemDecision<Id> {
  const { id } = item;
  if (!KINDS.has(item.kind)) throw new PolicyError('unknown_kind', 'an item is of a kind the policy does not know');
  const verdict = firstMatch(item, facts);
  if (verdict.outcome === 'withhold') return { id, outcome: 'withhold', reason: verdict.reason, rule: verdict.rule };
  const { rule, basis } = verdict;
  // Row 9 is asked last because it changes only what a later row releases.
  if (namesThirdParty(item, facts)) return { id, outcome: 'redact', reason: 'third_party', rule, basis };
  return { id, outcome: 'release', reason: basis, rule, basis };
}

function firstMatch(item: Item<EchoId>, facts: Facts): Verdict {
  const subject = facts.people.get(item.person) ?? STRANGER;
  for (const row of ROWS) {
    const verdict = row(item, subject, facts);
    if (verdict) return verdict;
  }
  throw new Error('the last row matches everything'); // cannot be reached; if it were, nothing would leave
}
