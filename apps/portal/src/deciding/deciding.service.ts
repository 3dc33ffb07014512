import { HubError } from '#contracts';
import { commitTo } from '#ledger';
import { appendAudit, Database, enqueue, OutboxRelay, type Db } from '#platform';
import { Inject, Injectable } from '@nestjs/common';
import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { actorOf } from '../allowing/allow.js';
import { MatchRepository } from '../match/match.repository.js';
import { SealedTexts } from '../sealing/sealed-texts.js';
import type { SessionUser } from '../signing-in/session-user.js';
import { DecisionsRepository } from './decisions.repository.js';
import { OUTCOMES, standingOf, type Outcome, type Standing } from './standing.js';

const reason = z
  .string({ error: 'Say why' })
  .trim()
  .min(5, 'Say why, in at least 5 characters')
  .max(4000, 'At most 4,000 characters');
export const decisionSchema = z.object({
  outcome: z.enum(OUTCOMES, { error: 'Choose whether they are the same person' }),
  reason,
});
export const undoSchema = z.object({ reason });

/** What became of a match by a decision. `waiting`: a second person looks at it, without seeing this one. */
export interface Decided {
  decisionId: string;
  state: 'waiting' | 'linked' | 'rejected' | 'parked' | 'undone';
}

/** Decisions on matches: the pages and the API both come here. */
@Injectable()
export class DecidingService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(MatchRepository) private readonly matches: MatchRepository,
    @Inject(DecisionsRepository) private readonly decisions: DecisionsRepository,
    @Inject(SealedTexts) private readonly texts: SealedTexts,
    @Inject(OutboxRelay) private readonly outbox: OutboxRelay,
  ) {}

  /** @throws HubError `not_found` · `already_decided` · `second_reviewer_must_differ` */
  async decide(user: SessionUser, matchId: string, choice: { outcome: Outcome; reason: string }): Promise<Decided> {
    const decided = await this.database.unitOfWork(async (tx) => {
      const standing = await this.standing(tx, matchId);
      if (standing.state !== 'open' && standing.state !== 'parked')
        throw new HubError('already_decided', 'This match has been decided already.');
      if (standing.votes.some((vote) => vote.reviewer === user.id))
        throw new HubError('second_reviewer_must_differ', 'The second reviewer must be somebody else.', {
          status: 403,
        });
      const salt = randomBytes(16);
      const reasonId = await this.texts.keep(tx, 'decision', { ...choice, salt: salt.toString('hex') });
      const { nextStage: stage } = standing;
      const decisionId = await this.decisions.add(tx, matchId, {
        stage,
        reviewer: user.id,
        outcome: choice.outcome,
        reasonId,
      });
      const after = await this.standing(tx, matchId);
      const state = after.state === 'open' ? 'waiting' : (after.state as Decided['state']);
      await appendAudit(tx, {
        actor: actorOf(user),
        action: 'LinkDecided',
        object: { type: 'match', id: matchId },
        purpose: 'match-review',
        // The second reviewer may read the log: what the first one said stands there only as a commitment, opened by the sealed reason.
        outcome: 'recorded',
        commit: { decision: commitTo(choice.outcome, salt) },
      });
      if (state !== 'waiting') await this.tell(tx, matchId, decisionId, state);
      return { decisionId, state };
    });
    this.outbox.nudge();
    return decided;
  }

  /** Takes a link or a rejection back: the match is asked anew. Packs that rest on it and have not left are stopped; those that left are not recalled yet. @throws HubError `wrong_state` */
  async undo(user: SessionUser, matchId: string, why: { reason: string }): Promise<Decided> {
    const undone = await this.database.unitOfWork(async (tx) => {
      const standing = await this.standing(tx, matchId);
      if (standing.state !== 'linked' && standing.state !== 'rejected')
        throw new HubError('wrong_state', 'There is no decision to undo.');
      const undoneAt = new Date();
      const reasonId = await this.texts.keep(tx, 'undo', { reason: why.reason });
      await this.decisions.markUndone(
        tx,
        standing.votes.map((vote) => vote.id),
        undoneAt,
      );
      const row = { stage: standing.nextStage, reviewer: user.id, outcome: 'undone' as const, reasonId, undoneAt };
      const decisionId = await this.decisions.add(tx, matchId, row);
      await appendAudit(tx, {
        actor: actorOf(user),
        action: 'LinkUndone',
        object: { type: 'match', id: matchId },
        purpose: 'match-review',
        outcome: 'undone',
        detail: { was: standing.state },
      });
      await this.tell(tx, matchId, decisionId, 'undone');
      return { decisionId, state: 'undone' as const };
    });
    this.outbox.nudge();
    return undone;
  }

  private async standing(tx: Db, matchId: string): Promise<Standing> {
    await this.decisions.lock(tx, matchId);
    const match = await this.matches.find(tx, matchId);
    if (!match) throw new HubError('not_found', 'There is no such match.');
    return standingOf(match, await this.decisions.of(tx, matchId));
  }

  private async tell(
    tx: Db,
    matchId: string,
    decisionId: string,
    outcome: Exclude<Decided['state'], 'waiting'>,
  ): Promise<void> {
    await enqueue(tx, 'portal', { topic: 'decisions.taken', key: matchId, value: { matchId, outcome, decisionId } });
  }
}
