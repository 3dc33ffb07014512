import { topics } from '#contracts';
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

/** Sends each batch's receipt once the audit has sealed its entry: the proof is in it. Stopped half-way, it goes on from the database. */
@Injectable()
export class ReceiptSender implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly proofs: SealedProofs;
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

  /** @returns how many receipts went out */
  async sendSome(): Promise<number> {
    const waiting = await this.database.client.$queryRaw<Waiting[]>`
      SELECT b.id, b.agency, b.audit_id, b.draft FROM ingest.feed_batch b JOIN ingest.sealed_entry s ON s.id = b.audit_id
      WHERE b.receipted_at IS NULL ORDER BY b.received_at LIMIT ${AT_ONCE}`;
    for (const batch of waiting) await this.send(batch);
    if (waiting.length > 0) this.outbox.nudge();
    return waiting.length;
  }

  private async send(batch: Waiting): Promise<void> {
    const proof = await this.proofs.wait(batch.audit_id);
    const draft = await readDraft(this.keys, batch.draft);
    const recipient = await this.registered.currentOf(batch.agency);
    const receipt = { ...draft, audit: { index: proof.index, proof: proof.proof } };
    // An agency whose only key was revoked gets no receipt until it registers another: there is nobody to seal it to.
    if (!recipient) {
      this.log.warn({ agency: batch.agency, batch: batch.id }, 'no valid key to seal a receipt to');
      await this.database.client
        .$executeRaw`UPDATE ingest.feed_batch SET receipted_at = now() WHERE id = ${batch.id}::uuid`;
      return;
    }
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
