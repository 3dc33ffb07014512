import { Database } from '#platform';
import { Inject, Injectable } from '@nestjs/common';

export interface BatchReceipt {
  id: string;
  submission: string | null;
  batch: number | null;
  feed: string | null;
  status: string;
  reason: string | null;
  accepted: number;
  quarantined: number;
  receivedAt: Date;
  receiptedAt: Date | null;
}

export interface QuarantinedRow {
  row: number;
  errors: { path: string; code: string; message: string }[];
}

/** What an agency sent, by agency: nobody's sending is another's business. */
@Injectable()
export class ReceiptsRepository {
  constructor(@Inject(Database) private readonly database: Database) {}

  async list(agency: string, page: { limit: number; offset: number }): Promise<BatchReceipt[]> {
    return this.database.client.$queryRaw<BatchReceipt[]>`
      SELECT id, submission, batch, feed, status, reason, accepted, quarantined, received_at AS "receivedAt", receipted_at AS "receiptedAt"
      FROM portal.batch WHERE agency = ${agency} ORDER BY received_at DESC, id LIMIT ${page.limit} OFFSET ${page.offset}`;
  }

  async totals(agency: string): Promise<{ batches: number; quarantined: number }> {
    const [row] = await this.database.client.$queryRaw<{ batches: number; quarantined: number }[]>`
      SELECT count(*)::int AS batches, coalesce(sum(quarantined), 0)::int AS quarantined FROM portal.batch WHERE agency = ${agency}`;
    return row!;
  }

  async find(agency: string, id: string): Promise<BatchReceipt | null> {
    const [row] = await this.database.client.$queryRaw<BatchReceipt[]>`
      SELECT id, submission, batch, feed, status, reason, accepted, quarantined, received_at AS "receivedAt", receipted_at AS "receiptedAt"
      FROM portal.batch WHERE agency = ${agency} AND id = ${id}::uuid`;
    return row ?? null;
  }

  async quarantined(batchId: string, limit: number): Promise<QuarantinedRow[]> {
    return this.database.client.$queryRaw<QuarantinedRow[]>`
      SELECT "row", errors FROM portal.quarantine WHERE batch_id = ${batchId}::uuid ORDER BY "row" LIMIT ${limit}`;
  }
}
