import { BlindIndex, type KeyProvider, type OpenLimits } from '#crypto';
import type { FeedName } from '#contracts';
import { rowsRoot } from '#ledger';
import { appendAudit, Database, enqueue, KEYS, OutboxRelay, takeOnce, type ReceivedMessage } from '#platform';
import { Inject, Injectable } from '@nestjs/common';
import { createHash, randomUUID } from 'node:crypto';
import type { OpenedBatch, RefusedBatch } from '../opening/opened-batch.js';
import { Opener } from '../opening/opener.js';
import { draftAccepted, draftRefused, keepDraft } from '../receipting/draft.js';
import { announceRecords } from '../storing/announce.js';
import { BatchesRepository } from '../storing/batches.repository.js';
import { RecordsRepository, type BatchPlace } from '../storing/records.repository.js';
import { rowToSeal } from '../storing/seal-rows.js';
import { parseRows, standingRefs, withoutDoubled } from '../validating/rows.js';
import { AlreadyTaken, MayBeTaken, RefuseBatch } from './may-be-taken.js';

/** What the entrance may tell at once; everything else is in the receipt. */
export interface TakenIn {
  submission: string | null;
  batch: number | null;
  /** names this batch's receipt also where no submission could be read */
  receipt: string;
}

const DAY_MS = 24 * 3600 * 1000;

/** Takes in one feed message, by whichever entrance it came: open, validate, store, answer. */
@Injectable()
export class FeedIntake {
  private blindIndex: BlindIndex | null = null;

  constructor(
    @Inject(KEYS) private readonly keys: KeyProvider,
    @Inject(Database) private readonly database: Database,
    @Inject(Opener) private readonly opener: Opener,
    @Inject(BatchesRepository) private readonly batches: BatchesRepository,
    @Inject(MayBeTaken) private readonly mayBeTaken: MayBeTaken,
    @Inject(RecordsRepository) private readonly records: RecordsRepository,
    @Inject(OutboxRelay) private readonly outbox: OutboxRelay,
  ) {}

  /**
   * @param agency whose topic or client certificate it came by
   * @param delivery where it stood in Kafka, so that a refusal delivered twice is told once
   */
  async receive(
    agency: string,
    message: Buffer,
    limits?: Partial<OpenLimits>,
    delivery?: ReceivedMessage,
  ): Promise<TakenIn> {
    const digest = createHash('sha256').update(message).digest();
    const before = await this.batches.acceptedBefore(agency, digest);
    if (before) return this.answerAgain(agency, before);

    const opened = await this.opener.open(agency, message, new Date(), limits);
    if (!opened.ok) return this.refuse(agency, digest, opened.refusal, delivery);
    try {
      return await this.store(agency, digest, opened.batch);
    } catch (error) {
      if (error instanceof AlreadyTaken) return this.answerAgain(agency, error.batchId);
      if (!(error instanceof RefuseBatch)) throw error;
      return this.refuse(agency, digest, { ...opened.batch, reason: error.reason }, delivery);
    }
  }

  /** One transaction: inbox, submission, records with their keys, quarantine, audit entry, receipt's draft and outbox. */
  private async store(agency: string, digest: Buffer, { manifest, lines, signer }: OpenedBatch): Promise<TakenIn> {
    const parsed = parseRows(manifest, lines);
    const index = await this.index();
    const prepared = parsed.taken.map((row) => rowToSeal(agency, manifest, row, index));
    const recordKey = await this.keys.recordPublicKey();
    const { submission, batch, mode } = manifest;
    const feed = manifest.feed as FeedName;
    const token = (ref: string) => index.tokenForRef(agency, feed, ref);
    const batchId = randomUUID();

    await this.database.unitOfWork(
      async (tx) => {
        await this.batches.lockFeed(tx, agency, feed);
        const days = await this.mayBeTaken.require(tx, agency, manifest, signer, digest);
        const place: BatchPlace = {
          batchId,
          agency,
          feed,
          submission,
          keepUntil: new Date(Date.now() + days * DAY_MS),
        };
        const doubled = mode === 'full' ? await this.records.inSubmission(tx, place, prepared) : new Set<string>();
        const rows = withoutDoubled(parsed, (_row, at) => doubled.has(prepared[at]!.refToken.toString('hex')));
        const toSeal = prepared.filter((row) => !doubled.has(row.refToken.toString('hex')));

        const stored = await this.records.store(tx, recordKey, place, toSeal);
        const removed = await this.records.remove(
          tx,
          place,
          rows.deleted.map((row) => token(row.recordRef)),
        );
        if (mode === 'full') await this.records.letStand(tx, place, standingRefs(rows).map(token));
        const draft = draftAccepted(submission, batch, rows);
        const [accepted, quarantined] = [draft.accepted, rows.quarantined.length];
        const auditId = await appendAudit(tx, {
          actor: { type: 'agency', id: agency },
          action: 'BatchAccepted',
          object: { type: 'batch', id: batchId },
          outcome: draft.status,
          detail: { feed, submission, batch, accepted, quarantined, stored: stored.length, removed },
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
          accepted,
          quarantined,
          auditId,
          draft: await keepDraft(this.keys, draft),
        });
        await this.batches.addQuarantine(tx, batchId, [...rows.quarantined, ...rows.fieldsQuarantined]);
        if ((await this.batches.completeIfWhole(tx, agency, submission)) && mode === 'full')
          await appendAudit(tx, {
            actor: { type: 'agency', id: agency },
            action: 'SubmissionCompleted',
            object: { type: 'submission', id: submission },
            outcome: 'replaced',
            detail: { feed, ended: await this.records.endAllBut(tx, place) },
          });
        await announceRecords(tx, place, stored);
      },
      // A batch over HTTPS may hold a hundred thousand rows: some milliseconds each at worst, on a busy database.
      { timeoutMs: 30_000 + 3 * lines.length },
    );
    this.outbox.nudge();
    return { submission, batch, receipt: batchId };
  }

  /** A refused batch changes nothing but the audit and the receipt. */
  private async refuse(
    agency: string,
    digest: Buffer,
    refusal: RefusedBatch,
    delivery: ReceivedMessage | undefined,
  ): Promise<TakenIn> {
    const submission = refusal.manifest?.submission ?? null;
    const batch = refusal.manifest?.batch ?? null;
    const draft = await keepDraft(this.keys, draftRefused(refusal.reason, submission, batch));
    const id = randomUUID();
    await this.database.unitOfWork(async (tx) => {
      if (delivery && !(await takeOnce(tx, 'ingest', delivery, deliveryName(delivery, digest)))) return;
      const auditId = await appendAudit(tx, {
        actor: { type: 'agency', id: agency },
        action: 'BatchRefused',
        object: { type: 'batch', id },
        outcome: refusal.reason,
        detail: { submission, batch },
      });
      // Without its signer: so the inbox's key stays free for the batch of this submission that is yet to come.
      await this.batches.addBatch(tx, {
        id,
        agency,
        signer: null,
        submission,
        batch,
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
    return { submission, batch, receipt: id };
  }

  /** The same bytes again: the first receipt again, no effect. Where it is still waiting for its proof, it will come anyway. */
  private async answerAgain(agency: string, id: string): Promise<TakenIn> {
    const { submission, batch, receipt } = await this.batches.find(id);
    if (receipt)
      await this.database.unitOfWork((tx) =>
        enqueue(tx, 'ingest', { topic: `receipts.${agency}`, key: id, value: receipt }),
      );
    this.outbox.nudge();
    return { submission, batch, receipt: id };
  }

  private async index(): Promise<BlindIndex> {
    if (!this.blindIndex) {
      const { keys, current } = await this.keys.blindIndexKey();
      this.blindIndex = new BlindIndex(keys, current);
    }
    return this.blindIndex;
  }
}

/** With the message's digest: in a topic made anew, offsets begin again. */
function deliveryName({ topic, partition, offset }: ReceivedMessage, digest: Buffer): string {
  return `${topic}/${partition}/${offset}/${digest.toString('hex')}`;
}
