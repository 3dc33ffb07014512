import type { Facts } from '../facts/facts.js';
import type { EchoId, Item } from '../request.js';

/** Row 9. The item names a third party who is not one of the case's people: they are taken out, and the rows go on. */
export function namesThirdParty(item: Item<EchoId>, facts: Facts): boolean {
  for (const person of item.thirdParties) if (!facts.people.has(person)) return true;
  return false;
}
