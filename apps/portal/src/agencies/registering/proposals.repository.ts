import { Database, type Db } from '#platform';
import { Inject, Injectable } from '@nestjs/common';

export type ProposalState = 'open' | 'registered' | 'wrong_fingerprint' | 'withdrawn' | 'too_old';

/** A key that waits for its second person. Its fingerprint is deliberately no part of this. */
export interface Proposal {
  id: string;
  agency: string;
  proposedBy: string;
  proposedAt: Date;
  wrongTries: number;
  /** the registered key it is to take over from */
  replaces: string | null;
  overlapDays: number | null;
  state: ProposalState;
}

/** The whole of it, for the step that compares. */
export interface LockedProposal extends Proposal {
  fingerprint: string;
  publicKey: string;
}

/** Keys handed in and not registered yet. */
@Injectable()
export class ProposalsRepository {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** Those that wait, oldest first. */
  async open(agency: string | null = null): Promise<Proposal[]> {
    return this.database.client.$queryRaw<Proposal[]>`
      SELECT id, agency, proposed_by AS "proposedBy", proposed_at AS "proposedAt", wrong_tries AS "wrongTries", replaces,
             overlap_days AS "overlapDays", state
      FROM portal.key_proposal WHERE state = 'open' AND (${agency}::text IS NULL OR agency = ${agency}) ORDER BY proposed_at`;
  }

  async find(id: string): Promise<Proposal | null> {
    const [row] = await this.database.client.$queryRaw<Proposal[]>`
      SELECT id, agency, proposed_by AS "proposedBy", proposed_at AS "proposedAt", wrong_tries AS "wrongTries", replaces,
             overlap_days AS "overlapDays", state
      FROM portal.key_proposal WHERE id = ${id}::uuid`;
    return row ?? null;
  }

  /** The proposal, nobody else's hands on it until the transaction ends. */
  async locked(tx: Db, id: string): Promise<LockedProposal | null> {
    const [row] = await tx.$queryRaw<LockedProposal[]>`
      SELECT id, agency, fingerprint, public_key AS "publicKey", proposed_by AS "proposedBy", proposed_at AS "proposedAt",
             wrong_tries AS "wrongTries", replaces, overlap_days AS "overlapDays", state
      FROM portal.key_proposal WHERE id = ${id}::uuid FOR UPDATE`;
    return row ?? null;
  }

  /** @returns false where the same key waits already */
  async add(tx: Db, given: Omit<LockedProposal, 'proposedAt' | 'wrongTries' | 'state'>): Promise<boolean> {
    const added = await tx.$executeRaw`
      INSERT INTO portal.key_proposal (id, agency, fingerprint, public_key, replaces, overlap_days, proposed_by)
      VALUES (${given.id}::uuid, ${given.agency}, ${given.fingerprint}, ${given.publicKey}, ${given.replaces}, ${given.overlapDays},
              ${given.proposedBy})
      ON CONFLICT DO NOTHING`;
    return added === 1;
  }

  async countOpen(tx: Db, agency: string): Promise<number> {
    return tx.keyProposal.count({ where: { agency, state: 'open' } });
  }

  async wrongTry(tx: Db, id: string): Promise<void> {
    await tx.$executeRaw`UPDATE portal.key_proposal SET wrong_tries = wrong_tries + 1 WHERE id = ${id}::uuid`;
  }

  async close(tx: Db, id: string, state: Exclude<ProposalState, 'open'>, by: string): Promise<void> {
    await tx.$executeRaw`
      UPDATE portal.key_proposal SET state = ${state}, closed_by = ${by}, closed_at = now() WHERE id = ${id}::uuid`;
  }
}
