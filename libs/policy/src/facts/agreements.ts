import { holdsAt } from '../instants.js';
import type { DecisionRequest, EchoId } from '../request.js';

/**
 * The agreements in force at the moment that name this recipient and this purpose: source agency → categories.
 * One agreement must cover all four; two that cover half each do not add up, but categories of one source do.
 */
export function gatherAgreements(
  request: DecisionRequest<EchoId>,
  at: number,
): ReadonlyMap<string, ReadonlySet<string>> {
  const agreed = new Map<string, Set<string>>();
  for (const agreement of request.agreements) {
    if (agreement.recipient !== request.recipient.agency || !agreement.purposes.includes(request.purpose)) continue;
    if (!holdsAt(agreement, at)) continue;
    const categories = agreed.get(agreement.source);
    if (categories) for (const category of agreement.categories) categories.add(category);
    else agreed.set(agreement.source, new Set(agreement.categories));
  }
  return agreed;
}
