import type { Db } from '#platform';
import { Injectable } from '@nestjs/common';

/** A history request as portal made it. */
export interface AskedHistory {
  id: string;
  reviewId: string;
  agency: string;
  dueBy: Date;
  scopeFrom: Date | null;
  scopeTo: Date | null;
  /** fingerprint of the key it was sealed to; null when it was not sent */
  recipientKey: string | null;
}

@Injectable()
export class RequestsRepository {
  /** Those of these requests that have not been sent yet. */
  async unsent(db: Db, ids: string[]): Promise<AskedHistory[]> {
    return db.$queryRaw`
      SELECT q.id, q.review_id AS "reviewId", q.agency, q.due_by AS "dueBy", r.scope_from AS "scopeFrom", r.scope_to AS "scopeTo",
        d.recipient_key AS "recipientKey"
      FROM disclosure.history_request q JOIN disclosure.review r ON r.id = q.review_id
      LEFT JOIN disclosure.history_delivery d ON d.request_id = q.id
      WHERE q.id = ANY(${ids}::uuid[]) AND d.sent_at IS NULL ORDER BY q.review_id, q.agency`;
  }

  /** One that was put into the outbox. */
  async queued(tx: Db, id: string): Promise<AskedHistory | null> {
    const [row] = await tx.$queryRaw<AskedHistory[]>`
      SELECT q.id, q.review_id AS "reviewId", q.agency, q.due_by AS "dueBy", r.scope_from AS "scopeFrom", r.scope_to AS "scopeTo",
        d.recipient_key AS "recipientKey"
      FROM disclosure.history_request q JOIN disclosure.review r ON r.id = q.review_id
      JOIN disclosure.history_delivery d ON d.request_id = q.id
      WHERE q.id = ${id}::uuid AND d.sent_at IS NOT NULL`;
    return row ?? null;
  }

  /** Of two that would deal with a request one waits here for the other. @returns false when another has sent it meanwhile */
  async mark(tx: Db, request: AskedHistory, sent: { at: Date; key: string } | null): Promise<boolean> {
    const rows = await tx.$executeRaw`
      INSERT INTO disclosure.history_delivery AS d (request_id, agency, sent_at, recipient_key)
      VALUES (${request.id}::uuid, ${request.agency}, ${sent?.at ?? null}, ${sent?.key ?? null})
      ON CONFLICT (request_id) DO UPDATE SET sent_at = excluded.sent_at, recipient_key = excluded.recipient_key
      WHERE d.sent_at IS NULL`;
    return rows === 1;
  }

  async logged(tx: Db, id: string, auditId: string): Promise<void> {
    await tx.$executeRaw`UPDATE disclosure.history_delivery SET audit_id = ${auditId}::uuid WHERE request_id = ${id}::uuid`;
  }

  /** It did not leave after all: it can be asked again. */
  async unmark(tx: Db, id: string): Promise<void> {
    await tx.$executeRaw`
      UPDATE disclosure.history_delivery SET sent_at = NULL, recipient_key = NULL WHERE request_id = ${id}::uuid`;
  }
}
