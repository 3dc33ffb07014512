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
}

@Injectable()
export class RequestsRepository {
  /** Those of these requests that have not been sent yet. */
  async unsent(db: Db, ids: string[]): Promise<AskedHistory[]> {
    return db.$queryRaw`
      SELECT q.id, q.review_id AS "reviewId", q.agency, q.due_by AS "dueBy", r.scope_from AS "scopeFrom", r.scope_to AS "scopeTo"
      FROM disclosure.history_request q JOIN disclosure.review r ON r.id = q.review_id
      LEFT JOIN disclosure.history_delivery d ON d.request_id = q.id
      WHERE q.id = ANY(${ids}::uuid[]) AND d.sent_at IS NULL ORDER BY q.review_id, q.agency`;
  }

  /** @returns false when another has sent it meanwhile */
  async markSent(tx: Db, request: AskedHistory, auditId: string, sentAt: Date | null): Promise<boolean> {
    const rows = await tx.$executeRaw`
      INSERT INTO disclosure.history_delivery AS d (request_id, agency, audit_id, sent_at)
      VALUES (${request.id}::uuid, ${request.agency}, ${auditId}::uuid, ${sentAt})
      ON CONFLICT (request_id) DO UPDATE SET audit_id = excluded.audit_id, sent_at = excluded.sent_at WHERE d.sent_at IS NULL`;
    return rows === 1;
  }
}
