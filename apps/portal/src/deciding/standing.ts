/** One view of a match as the database keeps it. `undone` rows say why and by whom earlier views were taken back. */
export interface DecisionRow {
  id: string;
  stage: number;
  reviewer: string;
  outcome: Outcome | 'undone';
  reasonId: string;
  undoneAt: Date | null;
  createdAt: Date;
}

export const OUTCOMES = ['confirm', 'reject', 'need-more'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** What of a match decides how many people must look at it. */
export interface MatchState {
  status: string;
  updatedAt: Date;
  /** an alleged perpetrator is on either side: two different people must confirm */
  needsTwo: boolean;
}

export interface Standing {
  state: 'open' | 'parked' | 'linked' | 'rejected' | 'closed';
  /** whose view is asked for: 1 the first, 2 the second */
  stage: 1 | 2;
  /** views that count now, oldest first */
  votes: DecisionRow[];
  /** the number the next row is kept under: odd for a first view, even for a second, rising with every round */
  nextStage: number;
}

/**
 * Where a match stands: one reject at any stage rejects; one confirm links, two for an alleged perpetrator; need-more parks it until
 * somebody decides. A link that matching has put back ("closer-look" again, after its row changed) is asked anew.
 */
export function standingOf(match: MatchState, decisions: readonly DecisionRow[]): Standing {
  const needed = match.needsTwo ? 2 : 1;
  const live = decisions.filter((d) => !d.undoneAt).sort((a, b) => a.createdAt.getTime() - b.createdAt.getTime());
  const all = live.filter((d) => d.outcome !== 'need-more');
  const before = all.filter((d) => d.createdAt < match.updatedAt);
  const putBack = match.status === 'closer-look' && verdict(before, needed) !== null;
  const votes = putBack ? all.filter((d) => d.createdAt >= match.updatedAt) : all;
  const stage = votes.length >= 1 ? 2 : 1;
  const rounds = decisions.length - votes.length;
  return { state: stateOf(match, live, verdict(votes, needed)), stage, votes, nextStage: stage + 2 * rounds };
}

function verdict(votes: DecisionRow[], needed: number): 'linked' | 'rejected' | null {
  if (votes.some((d) => d.outcome === 'reject')) return 'rejected';
  return votes.length >= needed ? 'linked' : null;
}

function stateOf(match: MatchState, live: DecisionRow[], decided: 'linked' | 'rejected' | null): Standing['state'] {
  if (match.status === 'superseded') return 'closed';
  if (decided) return decided;
  if (match.status === 'linked' || match.status === 'rejected') return match.status;
  const last = live.at(-1)?.outcome;
  return last === 'need-more' || (match.status === 'parked' && !last) ? 'parked' : 'open';
}
