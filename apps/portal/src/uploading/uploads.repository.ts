import { Database, type Db } from '#platform';
import { Inject, Injectable } from '@nestjs/common';
import type { QuarantinedRow } from '../receipts/receipts.repository.js';

export interface Upload {
  id: string;
  agency: string;
  feed: string;
  submission: string;
  batch: number;
  batches: number;
  digest: Buffer;
  size: number;
  sentBy: string;
}

/** A batch that was sent, with what ingest has made of it so far. */
export interface SentBatch {
  batch: number;
  batches: number;
  feed: string;
  sentAt: Date;
  /** null until ingest has dealt with it */
  receipt: string | null;
  status: string | null;
  reason: string | null;
  accepted: number | null;
  quarantined: number | null;
}

export interface OwnKey {
  fingerprint: string;
  validTo: Date | null;
}

/** What an agency has sent from browsers, and what it may. Always by agency: nobody's sending is another's business. */
@Injectable()
export class UploadsRepository {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** @returns false where this batch of this submission was sent before */
  async add(tx: Db, upload: Upload): Promise<boolean> {
    const { id, agency, feed, submission, batch, batches, digest, size, sentBy } = upload;
    const added = await tx.$executeRaw`
      INSERT INTO portal.upload (id, agency, feed, submission, batch, batches, digest, size, sent_by)
      VALUES (${id}::uuid, ${agency}, ${feed}, ${submission}::uuid, ${batch}, ${batches}, ${digest}, ${size}, ${sentBy})
      ON CONFLICT (agency, submission, batch) DO NOTHING`;
    return added === 1;
  }

  async digestOf(tx: Db, agency: string, submission: string, batch: number): Promise<Buffer | null> {
    const [row] = await tx.$queryRaw<{ digest: Uint8Array }[]>`
      SELECT digest FROM portal.upload WHERE agency = ${agency} AND submission = ${submission}::uuid AND batch = ${batch}`;
    return row ? Buffer.from(row.digest) : null;
  }

  /** Messages that wait for the broker on one topic. */
  async waiting(tx: Db, topic: string): Promise<number> {
    const [row] = await tx.$queryRaw<{ count: number }[]>`
      SELECT count(*)::int AS count FROM portal.outbox WHERE topic = ${topic} AND sent_at IS NULL`;
    return row!.count;
  }

  async sent(agency: string, submission: string): Promise<SentBatch[]> {
    return this.database.client.$queryRaw<SentBatch[]>`
      SELECT u.batch, u.batches, u.feed, u.sent_at AS "sentAt", b.id AS receipt, b.status, b.reason, b.accepted, b.quarantined
      FROM portal.upload u
      LEFT JOIN LATERAL (
        SELECT b.* FROM portal.batch_digest d JOIN portal.batch b ON b.id = d.id AND b.agency = d.agency
        WHERE d.agency = u.agency AND d.digest = u.digest
        ORDER BY b.status = 'rejected', b.received_at LIMIT 1) b ON true
      WHERE u.agency = ${agency} AND u.submission = ${submission}::uuid ORDER BY u.batch`;
  }

  async rowsToCorrect(receipt: string, limit: number): Promise<QuarantinedRow[]> {
    return this.database.client.$queryRaw<QuarantinedRow[]>`
      SELECT "row", errors FROM portal.quarantine WHERE batch_id = ${receipt}::uuid ORDER BY "row" LIMIT ${limit}`;
  }

  /** Rows of a batch with something to correct: refused ones, and ones taken without a field. */
  async rowsNamed(receipt: string): Promise<number> {
    const [row] = await this.database.client.$queryRaw<{ count: number }[]>`
      SELECT count(*)::int AS count FROM portal.quarantine WHERE batch_id = ${receipt}::uuid`;
    return row!.count;
  }

  /** Feeds the agency's agreements let it send now. */
  async permittedFeeds(agency: string): Promise<string[]> {
    const rows = await this.database.client.$queryRaw<{ feed: string }[]>`
      SELECT DISTINCT feed FROM portal.feed_permission
      WHERE agency = ${agency} AND state = 'approved' AND valid_from <= now() AND (valid_to IS NULL OR now() < valid_to)`;
    return rows.map(({ feed }) => feed);
  }

  /** The agency's keys whose signatures count now. */
  async keys(agency: string): Promise<OwnKey[]> {
    return this.database.client.$queryRaw<OwnKey[]>`
      SELECT upper(fingerprint) AS fingerprint, valid_to AS "validTo" FROM portal.agency_key
      WHERE agency = ${agency} AND revoked_at IS NULL AND valid_from <= now() AND (valid_to IS NULL OR now() < valid_to)
      ORDER BY valid_from DESC`;
  }
}
