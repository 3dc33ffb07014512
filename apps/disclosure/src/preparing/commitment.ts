import { rowsRoot } from '#ledger';
import canonicalize from 'canonicalize';
import type { DecidedCase, DecidedItem } from '../deciding/decide-pack.js';

/** A decision as it is kept and committed to: what it was about by reference, never what it said. */
export interface KeptDecision {
  pack: string;
  seq: number;
  case: string | null;
  subject: string;
  record: string;
  source: string;
  category: string;
  field: string;
  outcome: string;
  reason: string;
  rule: number;
  basis: string | null;
  consent: string | null;
  match: string | null;
}

const NOBODY = '00000000-0000-0000-0000-000000000000';

/** @returns the decisions in the order the pack is made in */
export function keptDecisions(pack: string, purpose: string, cases: readonly DecidedCase[]): KeptDecision[] {
  const all = cases.flatMap(({ facts, items }) =>
    items.map((decided) => [purpose === 'marac' ? facts.id : null, decided] as const),
  );
  return all.map(([caseId, decided], seq) => kept(pack, seq, caseId, decided));
}

function kept(
  pack: string,
  seq: number,
  caseId: string | null,
  { item, decision, consentId }: DecidedItem,
): KeptDecision {
  return {
    pack,
    seq,
    case: caseId,
    subject: /^[0-9a-f-]{36}$/.test(item.person) ? item.person : NOBODY,
    record: item.recordId,
    source: item.source,
    category: item.category,
    field: item.field,
    outcome: decision.outcome,
    reason: decision.reason,
    rule: decision.rule,
    basis: decision.basis ?? null,
    consent: consentId,
    match: item.matchId,
  };
}

/**
 * The digest the audit entry commits to: Merkle root over the canonical JSON (RFC 8785) of each decision, in order, so that any one of
 * them can be proved later. The ids in it are random, so nobody can guess a neighbour from its hash.
 */
export function decisionsRoot(decisions: readonly KeptDecision[]): string {
  return rowsRoot(decisions.map((decision) => Buffer.from(canonicalize(decision)!))).toString('hex');
}
