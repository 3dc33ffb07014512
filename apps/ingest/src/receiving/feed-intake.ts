import type { BatchRefusal, Manifest } from '#contracts';
import { BlindIndex, type KeyProvider, type OpenLimits } from '#crypto';
import { rowsRoot } from '#ledger';
import { appendAudit, Database, enqueue, KEYS, OutboxRelay, type Db } from '#platform';
import { Inject, Injectable } from '@nestjs/common';
import { createHash, randomUUID } from 'node:crypto';
import type { OpenedBatch, RefusedBatch } from '../opening/opened-batch.js';
import { Opener } from '../opening/opener.js';
import { draftAccepted, draftRefused, keepDraft } from '../receipting/draft.js';
import { BatchesRepository } from '../storing/batches.repository.js';
import { PermissionsRepository } from '../storing/permissions.repository.js';
import { RecordsRepository } from '../storing/records.repository.js';
import { rowToSeal } from '../storing/seal-rows.js';
import { parseRows } from '../validating/rows.js';

/** What the entrance may tell at once; everything else is in the receipt. */
export interface TakenIn {
  submission: string | null;
  batch: number | null;
}

/** Thrown inside the transaction when only there it shows that the batch must be refused. */
class RefuseBatch extends Error {
  constructor(readonly reason: BatchRefusal) {
    super(reason);
  }
}

/** Takes in one feed message, by whichever entrance it came: open, validate, store, answer. */
@Injectable()
export class FeedIntake {
  private blindIndex: BlindIndex | null = null;

  constructor(
    @Inject(KEYS) private readonly keys: KeyProvider,
    @Inject(Database) private readonly database: Database,
    @Inject(Opener) private readonly opener: Opener,
    @Inject(BatchesRepository) private readonly batches: BatchesRepository,
    @Inject(PermissionsRepository) private readonly permissions: PermissionsRepository,
    @Inject(RecordsRepository) private readonly records: RecordsRepository,
    @Inject(OutboxRelay) private readonly outbox: OutboxRelay,
  ) {}

  /** @param agency whose topic or client certificate it came by */
  async receive(agency: string, message: Buffer, limits?: Partial<OpenLimits>): Promise<TakenIn> {
    const digest = createHash('sha256').update(message).digest();
    const before = await this.batches.acceptedBefore(agency, digest);
    if (before) return this.answerAgain(agency, before);

    const opened = await this.opener.open(agency, message, new Date(), limits);
    if (!opened.ok) return this.refuse(agency, digest, opened.refusal);
    try {
      return await this.store(agency, digest, opened.batch);
    } catch (error) {
      if (!(error instanceof RefuseBatch)) throw error;
      return this.refuse(agency, digest, { ...opened.batch, reason: error.reason });
    }
  }

  /** One transaction: inbox, submission, records with their keys, quarantine, audit entry, receipt's draft and outbox. */
  private async store(agency: string, digest: Buffer, { manifest, lines, signer }: OpenedBatch): Promise<TakenIn> {
    const rows = parseRows(manifest, lines);
    const index = await this.index();
    const toSeal = rows.taken.map((row) => rowToSeal(agency, manifest, row, index));
    const draft = draftAccepted(manifest.submission, manifest.batch, rows);
    const kept = await keepDraft(this.keys, draft);
    const recordKey = await this.keys.recordPublicKey();
    const { feed, submission, batch } = manifest;

    await this.database.unitOfWork(async (tx) => {
      await this.batches.lockFeed(tx, agency, feed);
      const days = await this.requireMayBeTaken(tx, agency, manifest, signer);
      const batchId = randomUUID();
      const place = { batchId, agency, feed, submission, keepUntil: new Date(Date.now() + days * 24 * 3600 * 1000) };
      const recordIds = await this.records.store(tx, recordKey, place, toSeal);
      await this.records.remove(
        tx,
        place,
        rows.deleted.map((row) => index.tokenForRef(agency, feed, row.recordRef)),
      );
      const auditId = await appendAudit(tx, {
        actor: { type: 'agency', id: agency },
        action: 'BatchAccepted',
        object: { type: 'batch', id: batchId },
        outcome: draft.status,
        detail: {
          feed,
          submission,
          batch,
          accepted: draft.accepted,
          quarantined: rows.quarantined.length,
          stored: recordIds.length,
        },
        commit: { rows: rowsRoot(lines.map((line) => Buffer.from(line))).toString('hex') },
      });
      await this.batches.addBatch(tx, {
        id: batchId,
        agency,
        signer,
        submission,
        batch,
        feed,
        digest,
        status: draft.status,
        reason: null,
        accepted: draft.accepted,
        quarantined: rows.quarantined.length,
        auditId,
        draft: kept,
      });
      await this.batches.addQuarantine(tx, batchId, [...rows.quarantined, ...rows.fieldsQuarantined]);
      if ((await this.batches.completeIfWhole(tx, agency, submission)) && manifest.mode === 'full')
        await this.records.endAllBut(tx, { agency, feed, submission });
      const histories = toSeal.flatMap(({ id, requestRef }) => (requestRef ? [{ recordId: id, requestRef }] : []));
      if (recordIds.length > 0)
        await enqueue(tx, 'ingest', {
          topic: 'records.accepted',
          key: batchId,
          value: { batchId, agency, feed, recordIds, ...(histories.length > 0 ? { histories } : {}) },
        });
    });
    this.outbox.nudge();
    return { submission, batch };
  }

  /** What can only be judged against what is stored. @returns days the rows are kept @throws RefuseBatch */
  private async requireMayBeTaken(tx: Db, agency: string, manifest: Manifest, signer: string): Promise<number> {
    const days = await this.permissions.retentionDays(tx, agency, manifest.feed);
    if (days === null) throw new RefuseBatch('feed_not_permitted');
    const known = await this.batches.submission(tx, agency, manifest.submission);
    if (!known) {
      if (BigInt(manifest.sequence) <= (await this.batches.lastSequence(tx, agency, manifest.feed)))
        throw new RefuseBatch('out_of_sequence');
      await this.batches.addSubmission(tx, agency, manifest, signer);
      return days;
    }
    if (await this.batches.hasBatch(tx, agency, manifest.submission, manifest.batch)) throw new RefuseBatch('replayed');
    const agrees =
      known.feed === manifest.feed &&
      known.mode === manifest.mode &&
      known.batches === manifest.batches &&
      known.sequence === BigInt(manifest.sequence) &&
      known.signer === signer;
    if (!agrees) throw new RefuseBatch('manifest_invalid');
    return days;
  }

  /** A refused batch changes nothing but the audit and the receipt. */
  private async refuse(agency: string, digest: Buffer, refusal: RefusedBatch): Promise<TakenIn> {
    const submission = refusal.manifest?.submission ?? null;
    const batch = refusal.manifest?.batch ?? null;
    const draft = await keepDraft(this.keys, draftRefused(refusal.reason, submission, batch));
    const id = randomUUID();
    await this.database.unitOfWork(async (tx) => {
      const auditId = await appendAudit(tx, {
        actor: { type: 'agency', id: agency },
        action: 'BatchRefused',
        object: { type: 'batch', id },
        outcome: refusal.reason,
        detail: { submission, batch },
      });
      // Not under its submission's name: the inbox's key must stay free for the batch that is yet to come.
      await this.batches.addBatch(tx, {
        id,
        agency,
        signer: null,
        submission: null,
        batch: null,
        feed: refusal.manifest?.feed ?? null,
        digest,
        status: 'rejected',
        reason: refusal.reason,
        accepted: 0,
        quarantined: 0,
        auditId,
        draft,
      });
    });
    return { submission, batch };
  }

  /** The same bytes again: the first receipt again, no effect. Where it is still waiting for its proof, it will come anyway. */
  private async answerAgain(agency: string, id: string): Promise<TakenIn> {
    const batch = await this.database.client.feedBatch.findUniqueOrThrow({ where: { id } });
    if (batch.receipt)
      await this.database.unitOfWork((tx) =>
        enqueue(tx, 'ingest', { topic: `receipts.${agency}`, key: id, value: Buffer.from(batch.receipt!) }),
      );
    this.outbox.nudge();
    return { submission: batch.submission, batch: batch.batch };
  }

  private async index(): Promise<BlindIndex> {
    if (!this.blindIndex) {
      const { keys, current } = await this.keys.blindIndexKey();
      this.blindIndex = new BlindIndex(keys, current);
    }
    return this.blindIndex;
  }
}
