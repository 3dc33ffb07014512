import { decide } from './deciding.js';
import type { ItemDecision } from './decision.js';
import { PolicyError } from './errors.js';
import type { Policy, RuleText } from './policy.js';
import type { DecisionRequest, EchoId, Item } from './request.js';

/** A decision in plain words. It names ids and fields, never a value. */
export interface Explanation {
  /** The question, as a sentence. */
  readonly asked: string;
  /** The row that decided. */
  readonly rule: number;
  readonly outcome: ItemDecision['outcome'];
  readonly reason: string;
  /** What was decided and why. */
  readonly text: string;
  /** What would have to be different for another answer. */
  readonly whatWouldChange: string;
}

/**
 * Explains the decision about one item of a request.
 * Errors: `unknown_item` when the request has no such item (a numbered item is found by its number's text), and those of `decide`.
 */
export function explain<Id extends EchoId = string>(
  policy: Policy,
  request: DecisionRequest<Id>,
  itemId: EchoId,
): Explanation {
  const item = request.items.find(({ id }) => String(id) === String(itemId));
  if (!item) throw new PolicyError('unknown_item', 'the request has no item of that id');
  const decision = decide(policy, { ...request, items: [item] }).items[0]!;
  const row = policy.rules[decision.rule - 1]!;
  const { rule, outcome, reason } = decision;
  return { asked: asked(request, item), rule, outcome, reason, ...told(policy, decision, row) };
}

function asked(request: DecisionRequest<EchoId>, item: Item<EchoId>): string {
  const roles = request.case.people.filter(({ id }) => id === item.person).map(({ role }) => role);
  const whose = `person ${item.person} (${roles.join(' and ') || 'not in the case'})`;
  return (
    `May ${request.recipient.agency} have the field ${item.field} (${item.category}, from ${item.source}) about ${whose} ` +
    `of case ${request.case.id}, for ${request.purpose}, at ${request.at}?`
  );
}

function told(
  policy: Policy,
  decision: ItemDecision<EchoId>,
  row: RuleText,
): Pick<Explanation, 'text' | 'whatWouldChange'> {
  if (decision.basis === undefined) {
    return { text: `No. Row ${row.row}: ${row.withheld}`, whatWouldChange: row.whatWouldChange };
  }
  const basis = policy.bases[decision.basis]!;
  const because = `Row ${row.row} (${row.when}). Basis: ${basis.title}. ${basis.text} ${basis.article6}. ${basis.condition}.`;
  const otherwise = `It would be withheld if this no longer held. ${row.withheld}`;
  if (decision.outcome === 'release') return { text: `Yes. ${because}`, whatWouldChange: otherwise };
  const redacted = policy.rules[8]!;
  return {
    text: `Yes, in part. Row 9: ${redacted.withheld} ${because}`,
    whatWouldChange: `${redacted.whatWouldChange} ${otherwise}`,
  };
}
