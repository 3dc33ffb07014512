import type { Db } from '#platform';
import { Injectable } from '@nestjs/common';

/** What agencies were asked for a review, and what they answered. */
@Injectable()
export class HistoriesRepository {
  /** Record ids of the answers to a review's requests. */
  async answers(db: Db, reviewId: string): Promise<string[]> {
    const rows = await db.$queryRaw<{ record_id: string }[]>`
      SELECT a.record_id FROM disclosure.history_answer a JOIN disclosure.history_request r ON r.id = a.request_id
      WHERE r.review_id = ${reviewId}::uuid ORDER BY a.received_at, a.record_id`;
    return rows.map((row) => row.record_id);
  }
}
