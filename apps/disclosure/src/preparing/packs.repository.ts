import { CURRENT_POLICY } from '#policy';
import type { Db } from '#platform';
import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import type { Purpose } from '../gathering/case-facts.js';
import type { KeptDecision } from './commitment.js';

export type PackState = 'requested' | 'prepared' | 'sent' | 'acknowledged' | 'stopped' | 'failed';

/** A pack on its way. `occasion` is the meeting's or review's id. */
export interface PackRow {
  id: string;
  purpose: Purpose;
  occasion: string;
  recipient: string;
  state: PackState;
  requestedBy: string;
  requestedAt: Date;
  /** fingerprint of the key it is sealed to, once it is prepared */
  recipientKey: string | null;
}

/** Packs that are under way or have arrived: who has one of these needs no other. */
const UNDER_WAY = ['requested', 'prepared', 'sent', 'acknowledged'];

@Injectable()
export class PacksRepository {
  /** Recipients who have a pack of this meeting or review, or will. */
  async served(tx: Db, purpose: Purpose, occasion: string): Promise<Set<string>> {
    const rows = await tx.pack.findMany({
      where: { [purpose === 'marac' ? 'meetingId' : 'reviewId']: occasion, state: { in: UNDER_WAY } },
      select: { recipient: true },
    });
    return new Set(rows.map(({ recipient }) => recipient));
  }

  async request(
    tx: Db,
    packs: { purpose: Purpose; occasion: string; recipient: string; requestedBy: string }[],
  ): Promise<string[]> {
    const rows = packs.map(({ purpose, occasion, recipient, requestedBy }) => ({
      id: randomUUID(),
      purpose,
      occasion,
      recipient,
      requestedBy,
    }));
    await tx.pack.createMany({
      data: rows.map(({ id, purpose, occasion, recipient, requestedBy }) => ({
        id,
        purpose,
        [purpose === 'marac' ? 'meetingId' : 'reviewId']: occasion,
        recipient,
        requestedBy,
        state: 'requested',
        policy: CURRENT_POLICY,
      })),
    });
    return rows.map(({ id }) => id);
  }

  async inState(db: Db, state: PackState): Promise<PackRow[]> {
    const rows = await db.pack.findMany({ where: { state }, orderBy: [{ requestedAt: 'asc' }, { recipient: 'asc' }] });
    return rows.map(toPack);
  }

  /** Takes the pack for the rest of the transaction: of two that would change it, one waits. */
  async lock(tx: Db, id: string): Promise<PackRow | null> {
    await tx.$queryRaw`SELECT id FROM disclosure.pack WHERE id = ${id}::uuid FOR UPDATE`;
    const row = await tx.pack.findUnique({ where: { id } });
    return row && toPack(row);
  }

  async markPrepared(
    tx: Db,
    id: string,
    made: { auditId: string; released: number; withheld: number; recipientKey: string },
  ): Promise<void> {
    await tx.pack.update({ where: { id }, data: { state: 'prepared', ...made } });
  }

  async markSent(tx: Db, id: string, message: Uint8Array, digest: Uint8Array): Promise<void> {
    const data = {
      state: 'sent',
      message: Uint8Array.from(message),
      messageDigest: Uint8Array.from(digest),
      sentAt: new Date(),
    };
    await tx.pack.update({ where: { id }, data });
  }

  /** Ends a pack that did not leave, for good: what was sealed for it is dropped, its decisions stay. */
  async end(tx: Db, id: string, state: 'stopped' | 'failed', failure: string): Promise<void> {
    await tx.pack.update({ where: { id }, data: { state, failure, message: null, sentAt: null } });
  }

  async markAcknowledged(tx: Db, id: string, at: Date): Promise<void> {
    await tx.pack.update({ where: { id }, data: { state: 'acknowledged', acknowledgedAt: at } });
  }

  async digest(tx: Db, id: string): Promise<Buffer | null> {
    const row = await tx.pack.findUnique({ where: { id }, select: { messageDigest: true } });
    return row?.messageDigest ? Buffer.from(row.messageDigest) : null;
  }

  async keepDecisions(tx: Db, decisions: readonly KeptDecision[]): Promise<void> {
    await tx.$executeRaw`
      INSERT INTO disclosure.item_decision
        (pack_id, seq, case_id, subject_id, record_id, source, category, field, outcome, reason, rule, basis, consent_id, match_id)
      SELECT * FROM jsonb_to_recordset(${JSON.stringify(decisions)}::jsonb)
        AS d(pack uuid, seq int, "case" uuid, subject uuid, record uuid, source text, category text, field text, outcome text,
             reason text, rule int, basis text, consent uuid, match uuid)`;
  }

  /** The decisions by which something leaves. */
  async released(db: Db, id: string) {
    return db.itemDecision.findMany({ where: { packId: id, outcome: { not: 'withhold' } }, orderBy: { seq: 'asc' } });
  }
}

function toPack(row: {
  id: string;
  purpose: string;
  meetingId: string | null;
  reviewId: string | null;
  recipient: string;
  state: string;
  requestedBy: string;
  requestedAt: Date;
  recipientKey: string | null;
}): PackRow {
  const { id, recipient, requestedBy, requestedAt, recipientKey } = row;
  const occasion = (row.meetingId ?? row.reviewId)!;
  return {
    id,
    purpose: row.purpose as Purpose,
    occasion,
    recipient,
    state: row.state as PackState,
    requestedBy,
    requestedAt,
    recipientKey,
  };
}
