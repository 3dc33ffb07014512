import { BlindIndex, type KeyProvider, type OpenLimits } from '#crypto';
import type { FeedName, Manifest } from '#contracts';
import { rowsRoot } from '#ledger';
import {
  appendAudit,
  Database,
  enqueue,
  KEYS,
  OutboxRelay,
  takeOnce,
  type Db,
  type FeedAgreement,
  type ReceivedMessage,
} from '#platform';
import { Inject, Injectable } from '@nestjs/common';
import { createHash, randomUUID } from 'node:crypto';
import type { OpenedBatch, RefusedBatch } from '../opening/opened-batch.js';
import { countRefused, countTaken, timeBatch } from '../measuring/feed-metrics.js';
import { BatchQuality, type QualityCount } from '../measuring/quality.js';
import { QualityRepository } from '../measuring/quality.repository.js';
import type { BatchLines } from '../opening/batch-lines.js';
import { Opener } from '../opening/opener.js';
import { RegisteredKeys } from '../opening/registered-keys.js';
import { BatchOutcome } from '../receipting/batch-outcome.js';
import { draftAccepted, draftRefused, keepDraft } from '../receipting/draft.js';
import { announceRecords, type RowToAnnounce } from '../storing/announce.js';
import { BatchesRepository } from '../storing/batches.repository.js';
import { RecordsRepository, type BatchPlace } from '../storing/records.repository.js';
import { rowToSeal, type RowToSeal } from '../storing/seal-rows.js';
import { errorsByRow, parseRows, standingRefs, withinFields, withoutDoubled } from '../validating/rows.js';
import { AlreadyTaken, MayBeTaken, RefuseBatch } from './may-be-taken.js';

/** What the entrance may tell at once; everything else is in the receipt. */
export interface TakenIn {
  submission: string | null;
  batch: number | null;
  /** names this batch's receipt also where no submission could be read */
  receipt: string;
}

const DAY_MS = 24 * 3600 * 1000;
/** Rows parsed, sealed and written together: as many as a connector's batch has. */
const ROWS_AT_ONCE = 5_000;

/** A batch while its rows are being stored. */
interface BatchInHand {
  place: BatchPlace;
  manifest: Manifest;
  lines: BatchLines;
  agreement: FeedAgreement;
  outcome: BatchOutcome;
  quality: BatchQuality;
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
    @Inject(MayBeTaken) private readonly mayBeTaken: MayBeTaken,
    @Inject(RecordsRepository) private readonly records: RecordsRepository,
    @Inject(OutboxRelay) private readonly outbox: OutboxRelay,
    @Inject(RegisteredKeys) private readonly registered: RegisteredKeys,
    @Inject(QualityRepository) private readonly quality: QualityRepository,
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
    const done = timeBatch(delivery ? 'kafka' : 'https');
    const digest = createHash('sha256').update(message).digest();
    const before = await this.batches.acceptedBefore(agency, digest);
    if (before) return this.answerAgain(agency, before);

    const opened = await this.opener.open(agency, message, new Date(), limits);
    if (!opened.ok) return this.refuse(agency, digest, opened.refusal, delivery);
    try {
      const taken = await this.store(agency, digest, opened.batch);
      done();
      return taken;
    } catch (error) {
      if (error instanceof AlreadyTaken) return this.answerAgain(agency, error.batchId);
      if (!(error instanceof RefuseBatch)) throw error;
      return this.refuse(agency, digest, { ...opened.batch, reason: error.reason }, delivery);
    }
  }

  /** One transaction: inbox, submission, records with their keys, quarantine, quality, audit entry, receipt's draft and outbox. */
  private async store(agency: string, digest: Buffer, { manifest, lines, signer }: OpenedBatch): Promise<TakenIn> {
    const { submission, batch, mode } = manifest;
    const feed = manifest.feed as FeedName;
    const batchId = randomUUID();
    const outcome = new BatchOutcome();
    const quality = new BatchQuality(feed);
    const status = await this.database.unitOfWork(
      async (tx) => {
        await this.batches.lockFeed(tx, agency, feed);
        const agreement = await this.mayBeTaken.require(tx, agency, manifest, signer, digest);
        const keepUntil = new Date(Date.now() + agreement.retentionDays * DAY_MS);
        const place: BatchPlace = { batchId, agency, feed, submission, keepUntil };
        const [stored, removed] = await this.storeRows(tx, { place, manifest, lines, agreement, outcome, quality });
        const draft = draftAccepted(submission, batch, outcome);
        const [accepted, quarantined] = [outcome.accepted, outcome.refused];
        const auditId = await appendAudit(tx, {
          actor: { type: 'agency', id: agency },
          action: 'BatchAccepted',
          object: { type: 'batch', id: batchId },
          outcome: draft.status,
          detail: { feed, submission, batch, accepted, quarantined, stored: stored.length, removed },
          commit: { rows: rowsRoot(lines.octets()).toString('hex') },
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
        await this.quality.add(tx, place, countsOf(quality, outcome));
        if ((await this.batches.completeIfWhole(tx, agency, submission)) && mode === 'full')
          await appendAudit(tx, {
            actor: { type: 'agency', id: agency },
            action: 'SubmissionCompleted',
            object: { type: 'submission', id: submission },
            outcome: 'replaced',
            detail: { feed, ended: await this.records.endAllBut(tx, place) },
          });
        await announceRecords(tx, place, stored);
        // Last of all: nothing signed with a key is taken once its revocation is recorded.
        if (!(await this.registered.countsStill(tx, agency, signer))) throw new RefuseBatch('unknown_signer');
        return draft.status;
      },
      // A batch over HTTPS may hold a hundred thousand rows: some milliseconds each at worst, on a busy database.
      { timeoutMs: 30_000 + 3 * lines.count },
    );
    countTaken({ agency, feed }, status, outcome, countsOf(quality, outcome));
    this.outbox.nudge();
    return { submission, batch, receipt: batchId };
  }

  /**
   * Some thousand rows at a time: of a batch of 64 MiB never more than these stand in memory parsed and sealed.
   * @returns what later steps need of the rows of which there is a new version, and how many were deleted
   */
  private async storeRows(tx: Db, batch: BatchInHand): Promise<[stored: RowToAnnounce[], removed: number]> {
    const { place, manifest, lines, agreement, outcome, quality } = batch;
    const { agency } = place;
    const feed = manifest.feed as FeedName;
    const full = manifest.mode === 'full';
    const [index, recordKey] = [await this.index(), await this.keys.recordPublicKey()];
    const token = (ref: string) => index.tokenForRef(agency, feed, ref);
    const now = new Date();
    const seen = new Set<string>();
    const stored: RowToAnnounce[] = [];
    let removed = 0;
    for (let from = 0; from < lines.count; from += ROWS_AT_ONCE) {
      const parsed = parseRows(manifest, lines.texts(from, from + ROWS_AT_ONCE), now, { from, seen });
      const agreed = withinFields(feed, parsed, agreement.fields);
      const prepared = agreed.taken.map((row) => rowToSeal(agency, manifest, row, index));
      const active = await this.records.active(
        tx,
        place,
        prepared.map(({ refToken }) => refToken),
      );
      const isDoubled = ({ refToken }: RowToSeal) =>
        full && active.get(refToken.toString('hex'))?.submission === place.submission;
      const rows = withoutDoubled(agreed, (_row, at) => isDoubled(prepared[at]!));
      const toSeal = rows === agreed ? prepared : prepared.filter((row) => !isDoubled(row));
      for (const { id, requestRef } of await this.records.store(tx, recordKey, place, toSeal, active))
        stored.push(requestRef === undefined ? { id } : { id, requestRef });
      removed += await this.records.remove(
        tx,
        place,
        rows.deleted.map(({ recordRef }) => token(recordRef)),
      );
      if (full) await this.records.letStand(tx, place, standingRefs(rows).map(token));
      await this.batches.addQuarantine(tx, place.batchId, errorsByRow(rows));
      outcome.add(rows);
      quality.add(rows.taken, now.getUTCFullYear());
    }
    return [stored, removed];
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
    countRefused(agency, refusal.reason);
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

function countsOf(quality: BatchQuality, { rows, refused, withFieldLeftOut }: BatchOutcome): QualityCount[] {
  return quality.counts({ received: rows, refused, withFieldLeftOut });
}

/** With the message's digest: in a topic made anew, offsets begin again. */
function deliveryName({ topic, partition, offset }: ReceivedMessage, digest: Buffer): string {
  return `${topic}/${partition}/${offset}/${digest.toString('hex')}`;
}
