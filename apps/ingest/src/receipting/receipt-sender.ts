import { HubError, topics } from '#contracts';
import { sealMessage, type KeyProvider } from '#crypto';
import { CONFIG, Database, describeError, enqueue, KEYS, LOGGER, OutboxRelay, SealedProofs } from '#platform';
import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { Logger } from 'pino';
import type { IngestConfig } from '../config.js';
import { RegisteredKeys } from '../opening/registered-keys.js';
import { readDraft } from './draft.js';

interface Waiting {
  id: string;
  agency: string;
  audit_id: string;
  draft: Uint8Array;
}

const TICK_MS = 150;
const AT_ONCE = 50;
/** How long a receipt that could not be made rests, so that it does not hold up the others: longer each time. */
const FIRST_REST_MS = 300;
const LONGEST_REST_MS = 30_000;

/** Sends each batch's receipt once the audit has sealed its entry: the proof is in it. Stopped half-way, it goes on from the database. */
@Injectable()
export class ReceiptSender implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly proofs: SealedProofs;
  private readonly resting = new Map<string, { until: number; ms: number }>();
  private running = true;
  private loop: Promise<void> = Promise.resolve();

  constructor(
    @Inject(CONFIG) config: IngestConfig,
    @Inject(LOGGER) private readonly log: Logger,
    @Inject(KEYS) private readonly keys: KeyProvider,
    @Inject(Database) private readonly database: Database,
    @Inject(RegisteredKeys) private readonly registered: RegisteredKeys,
    @Inject(OutboxRelay) private readonly outbox: OutboxRelay,
  ) {
    this.proofs = new SealedProofs(config.AUDIT_URL);
  }

  onApplicationBootstrap() {
    this.loop = this.run();
  }

  async onModuleDestroy() {
    this.running = false;
    await this.loop;
  }

  private async run() {
    while (this.running) {
      const sent = await this.sendSome().catch((error: unknown) => {
        this.log.warn({ err: describeError(error) }, 'receipts are waiting');
        return 0;
      });
      if (sent === 0) await new Promise((resolve) => setTimeout(resolve, TICK_MS));
    }
  }

  /**
   * An agency without a valid key gets its receipts once it has registered one: till then there is nobody to seal them to.
   * @returns how many receipts went out
   */
  async sendSome(): Promise<number> {
    const resting = [...this.resting].filter(([, { until }]) => until > Date.now()).map(([id]) => id);
    const waiting = await this.database.client.$queryRaw<Waiting[]>`
      SELECT b.id, b.agency, b.audit_id, b.draft FROM ingest.feed_batch b JOIN ingest.sealed_entry s ON s.id = b.audit_id
      WHERE b.receipted_at IS NULL AND b.id <> ALL(${resting}::uuid[])
        AND EXISTS (SELECT 1 FROM ingest.registered_key k WHERE k.agency = b.agency AND k.revoked_at IS NULL
                    AND k.valid_from <= now() AND (k.valid_to IS NULL OR now() < k.valid_to))
      ORDER BY b.received_at LIMIT ${AT_ONCE}`;
    let sent = 0;
    for (const batch of waiting) if (await this.sendOrRest(batch)) sent++;
    if (sent > 0) this.outbox.nudge();
    return sent;
  }

  /** One agency's trouble (its key has expired, say) is not the others': its receipt is tried again later. */
  private async sendOrRest(batch: Waiting): Promise<boolean> {
    try {
      await this.send(batch);
      this.resting.delete(batch.id);
      return true;
    } catch (error) {
      const ms = Math.min(2 * (this.resting.get(batch.id)?.ms ?? FIRST_REST_MS / 2), LONGEST_REST_MS);
      this.resting.set(batch.id, { until: Date.now() + ms, ms });
      const { id, agency } = batch;
      this.log.warn({ agency, batch: id, err: describeError(error) }, 'a receipt could not be made; tried again later');
      return false;
    }
  }

  private async send(batch: Waiting): Promise<void> {
    const recipient = await this.registered.currentOf(batch.agency);
    if (!recipient) throw new HubError('no_valid_key', 'The agency has no valid key to seal a receipt to.');
    const proof = await this.proofs.wait(batch.audit_id);
    const draft = await readDraft(this.keys, batch.draft);
    const receipt = { ...draft, audit: { index: proof.index, proof: proof.proof, entry: proof.entry } };
    const message = Buffer.from(
      await sealMessage({
        payload: Buffer.from(JSON.stringify(receipt)),
        recipients: [recipient],
        signer: await this.keys.hubOpenPgpOpeningKey(),
      }),
    );
    await this.database.unitOfWork(async (tx) => {
      const first = await tx.$executeRaw`
        UPDATE ingest.feed_batch SET receipt = ${message}, receipted_at = now(), draft = NULL
        WHERE id = ${batch.id}::uuid AND receipted_at IS NULL`;
      if (first === 1)
        await enqueue(tx, 'ingest', { topic: topics.receipts(batch.agency), key: batch.id, value: message });
    });
  }
}
