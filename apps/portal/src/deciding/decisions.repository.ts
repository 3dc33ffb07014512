import type { Db } from '#platform';
import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import type { DecisionRow } from './standing.js';

@Injectable()
export class DecisionsRepository {
  /** One decision at a time for a match: two reviewers who press at once are taken one after the other. */
  async lock(tx: Db, matchId: string): Promise<void> {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${matchId}, 7211))`;
  }

  /** Every view of a match there ever was, oldest first. */
  async of(db: Db, matchId: string): Promise<DecisionRow[]> {
    const rows = await db.decision.findMany({ where: { matchId }, orderBy: { createdAt: 'asc' } });
    return rows.map(({ matchId: _, ...row }) => row as DecisionRow);
  }

  async add(
    tx: Db,
    matchId: string,
    decision: Pick<DecisionRow, 'stage' | 'reviewer' | 'outcome' | 'reasonId'> & { undoneAt?: Date },
  ): Promise<string> {
    const id = randomUUID();
    await tx.decision.create({ data: { id, matchId, ...decision } });
    return id;
  }

  async markUndone(tx: Db, ids: string[], at: Date): Promise<void> {
    await tx.decision.updateMany({ where: { id: { in: ids } }, data: { undoneAt: at } });
  }
}
