import type { Manifest } from '#contracts';
import { Database, type Db } from '#platform';
import { Inject, Injectable } from '@nestjs/common';

export interface KnownSubmission {
  feed: string;
  mode: string;
  sequence: bigint;
  batches: number;
  signer: string;
}

export interface FinishedBatch {
  id: string;
  agency: string;
  signer: string | null;
  submission: string | null;
  batch: number | null;
  feed: string | null;
  digest: Buffer;
  status: 'accepted' | 'partly' | 'rejected';
  reason: string | null;
  accepted: number;
  quarantined: number;
  auditId: string;
  draft: Buffer;
}

/** Submissions and their batches. */
@Injectable()
export class BatchesRepository {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** The accepted batch these very bytes made, if they came before. */
  async acceptedBefore(agency: string, digest: Buffer): Promise<string | null> {
    const rows = await this.database.client.$queryRaw<{ id: string }[]>`
      SELECT id FROM ingest.feed_batch WHERE agency = ${agency} AND digest = ${digest} AND status <> 'rejected' LIMIT 1`;
    return rows[0]?.id ?? null;
  }

  /** Feeds of one agency are taken one after the other, across all instances, so that sequence and versions cannot cross. */
  async lockFeed(tx: Db, agency: string, feed: string): Promise<void> {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('ingest.feed'), hashtext(${`${agency}/${feed}`}))`;
  }

  async submission(tx: Db, agency: string, id: string): Promise<KnownSubmission | null> {
    return tx.submission.findUnique({ where: { agency_id: { agency, id } } });
  }

  async lastSequence(tx: Db, agency: string, feed: string): Promise<bigint> {
    const { _max } = await tx.submission.aggregate({ where: { agency, feed }, _max: { sequence: true } });
    return _max.sequence ?? -1n;
  }

  /** The batch of this number that was taken, and the digest of its message. */
  async taken(
    tx: Db,
    agency: string,
    submission: string,
    batch: number,
  ): Promise<{ id: string; digest: Buffer } | null> {
    const found = await tx.feedBatch.findFirst({
      where: { agency, submission, batch, status: { not: 'rejected' } },
      select: { id: true, digest: true },
    });
    return found && { id: found.id, digest: Buffer.from(found.digest) };
  }

  /** A batch and, once it is sealed, its receipt. */
  async find(id: string): Promise<{ submission: string | null; batch: number | null; receipt: Buffer | null }> {
    const { submission, batch, receipt } = await this.database.client.feedBatch.findUniqueOrThrow({ where: { id } });
    return { submission, batch, receipt: receipt && Buffer.from(receipt) };
  }

  /** An agency's batches of one submission, or the one of this id; refused ones too, in order. */
  async receipts(agency: string, id: string): Promise<{ batch: number | null; receipt: Buffer | null }[]> {
    const rows = await this.database.client.feedBatch.findMany({
      where: { agency, OR: [{ submission: id }, { id }] },
      orderBy: [{ batch: 'asc' }, { receivedAt: 'asc' }],
      select: { batch: true, receipt: true },
    });
    return rows.map(({ batch, receipt }) => ({ batch, receipt: receipt && Buffer.from(receipt) }));
  }

  async addSubmission(tx: Db, agency: string, manifest: Manifest, signer: string): Promise<void> {
    const { submission: id, feed, mode, batches } = manifest;
    await tx.submission.create({
      data: { agency, id, feed, mode, batches, signer, sequence: BigInt(manifest.sequence) },
    });
  }

  async addBatch(tx: Db, batch: FinishedBatch): Promise<void> {
    await tx.feedBatch.create({
      data: { ...batch, digest: Uint8Array.from(batch.digest), draft: Uint8Array.from(batch.draft) },
    });
  }

  async addQuarantine(tx: Db, batchId: string, rows: { row: number; errors: object[] }[]): Promise<void> {
    if (rows.length > 0)
      await tx.quarantine.createMany({ data: rows.map(({ row, errors }) => ({ batchId, row, errors })) });
  }

  /** Marks the submission complete when its last batch is in. @returns whether this call completed it */
  async completeIfWhole(tx: Db, agency: string, id: string): Promise<boolean> {
    const done = await tx.$executeRaw`
      UPDATE ingest.submission s SET complete_at = now()
      WHERE s.agency = ${agency} AND s.id = ${id}::uuid AND s.complete_at IS NULL AND s.batches = (
        SELECT count(*) FROM ingest.feed_batch b WHERE b.agency = s.agency AND b.submission = s.id AND b.status <> 'rejected')`;
    return done === 1;
  }
}
