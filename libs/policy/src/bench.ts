import { decide } from './deciding.js';
import { loadPolicy } from './loading.js';
import type { Policy } from './policy.js';
import { ITEM_KINDS, type DecisionRequest, type Item } from './request.js';

const ITEMS_A_REQUEST = 100;
const PURPOSES = [
  'marac',
  'dhr',
  'voluntary-support',
  'adult-safeguarding',
  'child-safeguarding',
  'emergency',
] as const;

/**
 * Measures `decide` on one core.
 * In: how many item decisions to take (made up beforehand, in requests of 100 items). Out: item decisions a second.
 */
export function benchPolicy(n: number, policy: Policy = loadPolicy()): number {
  const requests = Array.from({ length: Math.max(1, Math.ceil(n / ITEMS_A_REQUEST)) }, (_, i) => madeUp(policy, i));
  for (const request of requests.slice(0, 100)) decide(policy, request); // let the engine compile it first
  const start = performance.now();
  let decided = 0;
  for (const request of requests) decided += decide(policy, request).items.length;
  return (decided / (performance.now() - start)) * 1000;
}

function madeUp(policy: Policy, seed: number): DecisionRequest {
  const purpose = PURPOSES[seed % PURPOSES.length]!;
  const categories = Object.entries(policy.fields[purpose]?.['victim'] ?? {});
  const all = { purposes: [purpose], categories: categories.map(([category]) => category) };
  return {
    id: `request-${seed}`,
    at: '2026-11-01T12:00:00Z',
    purpose,
    recipient: {
      agency: 'idva',
      kind: 'specialist',
      authority: seed % 2 === 0,
      panel: ['review-1'],
      safeguardingPartner: true,
      conflicts: ['nobody'],
      actsFor: [],
    },
    case: {
      id: `case-${seed}`,
      people: ['victim', 'perpetrator', 'child'].map((role) => ({
        id: role,
        role,
        deceased: false,
        adultAtRisk: true,
      })),
      criteria: { visibleHighRisk: true },
      review: { id: 'review-1', open: true },
      withoutConsent: null,
      justification: { necessity: 'n', proportionality: 'p' },
      caldicott: seed % 3 === 0,
      breakGlass: { by: 'b', reason: 'r', from: '2026-11-01T11:00:00Z', to: '2026-11-01T14:00:00Z' },
      safetyDelay: false,
      requester: null,
    },
    agreements: [{ source: 'ashfield', recipient: 'idva', ...all, from: '2026-01-01T00:00:00Z', to: null }],
    consents: [{ person: 'victim', at: '2026-10-01T00:00:00Z', status: 'given', recipients: ['idva'], ...all }],
    items: Array.from({ length: ITEMS_A_REQUEST }, (_, i) => madeUpItem(categories, seed + i, i)),
  };
}

function madeUpItem(categories: [string, readonly string[]][], seed: number, i: number): Item {
  const [category, fields] = categories[seed % categories.length]!;
  return {
    id: `item-${i}`,
    source: i % 10 === 9 ? 'gedling' : 'ashfield',
    category,
    person: ['victim', 'perpetrator', 'child', 'stranger'][seed % 4]!,
    field: fields[i % fields.length]!,
    kind: ITEM_KINDS[i % ITEM_KINDS.length]!,
    confidential: i % 20 === 19,
    thirdParties: i % 7 === 0 ? ['stranger'] : [],
  };
}
