import { HubError, type SafeContact } from '#contracts';
import { likelihoodInWords, type PairScore } from '#linkage';
import { Database } from '#platform';
import { Inject, Injectable } from '@nestjs/common';
import { actorOf } from '../allowing/allow.js';
import { DecisionsRepository } from '../deciding/decisions.repository.js';
import { standingOf, type DecisionRow, type Standing } from '../deciding/standing.js';
import { SealedTexts } from '../sealing/sealed-texts.js';
import type { SessionUser } from '../signing-in/session-user.js';
import { scoreOf, settling, type SettlingWords } from './evidence.js';
import { MatchRepository, type MatchRow, type RelatedMatch } from './match.repository.js';
import { PairOpener, type OpenedPair, type OpenedSide } from './opened-pair.js';
import { sideBySide, type ComparedRow } from './side-by-side.js';
import { visibleDecisions } from './visible-decisions.js';

/** Everything one may see of a match. */
export interface MatchView {
  match: MatchRow;
  pair: OpenedPair;
  state: Standing['state'];
  /** the viewer's view is asked for */
  canDecide: boolean;
  canUndo: boolean;
  likelihood: string;
  score: PairScore;
  rows: ComparedRow[];
  settling: SettlingWords[];
  related: (RelatedMatch & { likelihood: string })[];
  decisions: (Pick<DecisionRow, 'id' | 'reviewer' | 'outcome' | 'createdAt' | 'undoneAt'> & {
    reason: string | null;
  })[];
  safeContacts: (Pick<OpenedSide, 'agency' | 'feed' | 'receivedAt'> & { safeContact: SafeContact })[];
}

@Injectable()
export class MatchViews {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(MatchRepository) private readonly matches: MatchRepository,
    @Inject(DecisionsRepository) private readonly decisions: DecisionsRepository,
    @Inject(PairOpener) private readonly opener: PairOpener,
    @Inject(SealedTexts) private readonly texts: SealedTexts,
  ) {}

  /** Opens a match for a reviewer; the entry of the reading is in the audit before anything is opened. @throws HubError `not_found` */
  async open(user: SessionUser, id: string): Promise<MatchView> {
    const db = this.database.client;
    const match = await this.matches.find(db, id);
    if (!match) throw new HubError('not_found', 'There is no such match.');
    const all = await this.decisions.of(db, id);
    const standing = standingOf(match, all);
    const pair = await this.opener.open(actorOf(user), match);
    const score = scoreOf(match, pair);
    const undecided = standing.state === 'open' || standing.state === 'parked';
    const decided = standing.state === 'linked' || standing.state === 'rejected';
    return {
      match,
      pair,
      state: standing.state,
      canDecide: undecided && !standing.votes.some((vote) => vote.reviewer === user.id),
      canUndo: decided && user.roles.includes('analyst'),
      likelihood: likelihoodInWords(match),
      score,
      rows: pair.subject && pair.record ? sideBySide(pair.subject.person, pair.record.person, score.fields) : [],
      settling: undecided ? settling(match, pair).slice(0, 4) : [],
      related: (await this.matches.related(db, match)).map((one) => ({ ...one, likelihood: likelihoodInWords(one) })),
      decisions: await this.withReasons(user, id, visibleDecisions(standing, all, user.id)),
      safeContacts: [pair.subject, pair.record].flatMap(safeContactOf),
    };
  }

  private async withReasons(user: SessionUser, matchId: string, shown: DecisionRow[]): Promise<MatchView['decisions']> {
    const object = { type: 'match', id: matchId };
    const reading = { actor: actorOf(user), action: 'ReasonRead', purpose: 'match-review', object };
    const reasons = await this.texts.read<{ reason: string }>(
      this.database,
      reading,
      shown.map((row) => row.reasonId),
    );
    return shown.map(({ id, reviewer, outcome, createdAt, undoneAt, reasonId }) => ({
      id,
      reviewer,
      outcome,
      createdAt,
      undoneAt,
      reason: reasons.get(reasonId)?.reason ?? null,
    }));
  }
}

function safeContactOf(side: OpenedSide | null): MatchView['safeContacts'] {
  if (!side?.safeContact) return [];
  const { agency, feed, receivedAt, safeContact } = side;
  return [{ agency, feed, receivedAt, safeContact }];
}
