import type { Manifest } from '#contracts';
import { Database, type Db } from '#platform';
import { Inject, Injectable } from '@nestjs/common';
import { texts } from './binary-array.js';

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

export interface IncompleteSubmission {
  agency: string;
  id: string;
  feed: string;
  batches: number;
  taken: number;
  /** a later submission of the feed has begun */
  superseded: boolean;
}

export interface SubmissionState {
  state: 'coming' | 'complete' | 'incomplete';
  batches: number;
  /** numbers of batches not taken yet, the first hundred */
  missing: number[];
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
    if (rows.length === 0) return;
    await tx.$executeRaw`
      INSERT INTO ingest.quarantine (batch_id, "row", errors)
      SELECT ${batchId}::uuid, q."row", q.errors::jsonb
      FROM unnest(${rows.map(({ row }) => row)}::int[], ${texts(rows.map(({ errors }) => JSON.stringify(errors)))}::text[]) AS q("row", errors)`;
  }

  /**
   * Marks submissions as incomplete, each once: those whose last batch came longer ago than this, and those that a later submission of
   * their feed has overtaken.
   */
  async markIncomplete(tx: Db, afterMinutes: number): Promise<IncompleteSubmission[]> {
    return tx.$queryRaw<IncompleteSubmission[]>`
      WITH late AS (
        SELECT s.agency, s.id, b.taken,
               EXISTS (SELECT 1 FROM ingest.submission n WHERE n.agency = s.agency AND n.feed = s.feed AND n.sequence > s.sequence) AS superseded,
               coalesce(b.last_at, s.created_at) < now() - make_interval(secs => ${afterMinutes * 60}::float8) AS overdue
        FROM ingest.submission s
        CROSS JOIN LATERAL (
          SELECT count(*)::int AS taken, max(received_at) AS last_at FROM ingest.feed_batch b
          WHERE b.agency = s.agency AND b.submission = s.id AND b.status <> 'rejected') AS b
        WHERE s.complete_at IS NULL AND s.incomplete_at IS NULL
        FOR UPDATE OF s SKIP LOCKED)
      UPDATE ingest.submission s SET incomplete_at = now() FROM late
      WHERE s.agency = late.agency AND s.id = late.id AND (late.superseded OR late.overdue)
      RETURNING s.agency, s.id, s.feed, s.batches, late.taken, late.superseded`;
  }

  /** How far a submission has come; null where none of its batches was taken. */
  async state(agency: string, id: string): Promise<SubmissionState | null> {
    const [found] = await this.database.client.$queryRaw<
      (Omit<SubmissionState, 'state'> & { told: boolean; whole: boolean })[]
    >`
      SELECT s.batches, s.complete_at IS NOT NULL AS whole, s.incomplete_at IS NOT NULL AS told, ARRAY(
        SELECT n::int FROM generate_series(1, s.batches) AS n
        WHERE s.complete_at IS NULL AND NOT EXISTS (
          SELECT 1 FROM ingest.feed_batch b WHERE b.agency = s.agency AND b.submission = s.id AND b.batch = n AND b.status <> 'rejected')
        ORDER BY n LIMIT 100) AS missing
      FROM ingest.submission s WHERE s.agency = ${agency} AND s.id = ${id}::uuid`;
    if (!found) return null;
    const { batches, missing, told, whole } = found;
    return { batches, missing, state: whole ? 'complete' : told ? 'incomplete' : 'coming' };
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
