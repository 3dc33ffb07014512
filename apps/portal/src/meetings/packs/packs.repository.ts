import type { Db } from '#platform';
import { Injectable } from '@nestjs/common';

/** A pack as disclosure tells of it: what it is for, how far it got, how much was let go. */
export interface PackRow {
  id: string;
  purpose: string;
  meetingId: string | null;
  reviewId: string | null;
  recipient: string;
  /** requested, prepared, sent, acknowledged, stopped, failed, retracted */
  state: string;
  policy: string;
  released: number;
  withheld: number;
  failure: string | null;
  requestedBy: string;
  requestedAt: Date;
  sentAt: Date | null;
  acknowledgedAt: Date | null;
}

/** A pack, and how many items of one case it released and withheld, by reason. */
export interface PackOfCase extends PackRow {
  reasons: { outcome: string; reason: string; items: number }[];
}

/** The decision on one item: by reference, never the value. */
export interface ItemDecisionRow {
  seq: number;
  caseId: string | null;
  caseNumber: string | null;
  subjectId: string;
  role: string | null;
  recordId: string;
  source: string;
  category: string;
  field: string;
  outcome: 'release' | 'redact' | 'withhold';
  reason: string;
  rule: number;
  basis: string | null;
}

@Injectable()
export class PacksRepository {
  async find(db: Db, id: string): Promise<PackRow | null> {
    return (await this.where(db, { id }))[0] ?? null;
  }

  async ofMeeting(db: Db, meetingId: string): Promise<PackRow[]> {
    return this.where(db, { meetingId });
  }

  async ofReview(db: Db, reviewId: string): Promise<PackRow[]> {
    return this.where(db, { reviewId });
  }

  async ofCase(db: Db, caseId: string): Promise<PackOfCase[]> {
    const counts = await db.$queryRaw<{ packId: string; outcome: string; reason: string; items: number }[]>`
      SELECT pack_id AS "packId", outcome, reason, count(*)::int AS items FROM portal.item_decision
      WHERE case_id = ${caseId}::uuid GROUP BY pack_id, outcome, reason ORDER BY items DESC`;
    const packs = await Promise.all([...new Set(counts.map(({ packId }) => packId))].map((id) => this.find(db, id)));
    return packs
      .flatMap((pack) => {
        if (!pack) return [];
        return [
          {
            ...pack,
            reasons: counts.filter(({ packId }) => packId === pack.id).map(({ packId: _id, ...count }) => count),
          },
        ];
      })
      .sort((a, b) => b.requestedAt.getTime() - a.requestedAt.getTime() || a.recipient.localeCompare(b.recipient));
  }

  async items(db: Db, packId: string): Promise<ItemDecisionRow[]> {
    return db.$queryRaw<ItemDecisionRow[]>`
      SELECT i.seq, i.case_id AS "caseId", c.number AS "caseNumber", i.subject_id AS "subjectId",
             coalesce(cp.role, rp.role) AS role, i.record_id AS "recordId", i.source, i.category, i.field,
             i.outcome, i.reason, i.rule, i.basis
      FROM portal.item_decision i
      LEFT JOIN portal."case" c ON c.id = i.case_id
      LEFT JOIN portal.case_person cp ON cp.case_id = i.case_id AND cp.subject_id = i.subject_id
      LEFT JOIN portal.review_person rp ON rp.subject_id = i.subject_id
        AND rp.review_id = (SELECT p.review_id FROM portal.pack p WHERE p.id = i.pack_id)
      WHERE i.pack_id = ${packId}::uuid ORDER BY i.seq`;
  }

  private async where(db: Db, of: { id?: string; meetingId?: string; reviewId?: string }): Promise<PackRow[]> {
    return db.$queryRaw<PackRow[]>`
      SELECT id, purpose, meeting_id AS "meetingId", review_id AS "reviewId", recipient, state, policy, released, withheld, failure,
             requested_by AS "requestedBy", requested_at AS "requestedAt", sent_at AS "sentAt", acknowledged_at AS "acknowledgedAt"
      FROM portal.pack
      WHERE id = ${of.id ?? null}::uuid OR meeting_id = ${of.meetingId ?? null}::uuid OR review_id = ${of.reviewId ?? null}::uuid
      ORDER BY recipient, requested_at DESC`;
  }
}
