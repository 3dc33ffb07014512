import { agencyOfTopic } from '#contracts';
import { connectKafka, Database, describeError, KAFKA_IDENTITY, LOGGER, type KafkaIdentity } from '#platform';
import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { Logger } from 'pino';
import { UnsentPacks } from '../standing/unsent-packs.js';
import { OutboxRepository, type QueuedMessage } from './outbox.repository.js';

type Producer = ReturnType<ReturnType<typeof connectKafka>['producer']>;

const IDLE_MS = 500;

/**
 * Sends disclosure's outbox, one message a transaction, in order. A pack is held against consent, agreements and links once more in the
 * transaction that sends it: between its being queued and the broker taking it there may be an outage of hours, and a
 * withdrawal recorded in that time stops it here even when its event has not come yet.
 */
@Injectable()
export class PackRelay implements OnApplicationBootstrap, OnModuleDestroy {
  private producer: Producer | null = null;
  private running = false;
  private wake: () => void = () => undefined;
  private loop: Promise<void> = Promise.resolve();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(KAFKA_IDENTITY) private readonly identity: KafkaIdentity,
    @Inject(LOGGER) private readonly log: Logger,
    @Inject(OutboxRepository) private readonly outbox: OutboxRepository,
    @Inject(UnsentPacks) private readonly unsent: UnsentPacks,
  ) {}

  onApplicationBootstrap() {
    this.running = true;
    this.loop = this.run();
  }

  async onModuleDestroy() {
    this.running = false;
    this.nudge();
    await this.loop;
    await this.producer?.disconnect();
  }

  /** Look now instead of at the next tick: called after a commit that queued something. */
  nudge(): void {
    this.wake();
  }

  private async run(): Promise<void> {
    while (this.running) {
      const more = await this.sendNext().catch((error: unknown) => {
        this.log.warn({ err: describeError(error) }, 'outbox is waiting');
        return false;
      });
      if (!more && this.running) await this.pause();
    }
  }

  private async sendNext(): Promise<boolean> {
    // Connected before the check: what is between check and sending is one request to a broker that answers.
    if (await this.outbox.isEmpty(this.database.client)) return false;
    const producer = await this.connected();
    return this.relayOne(({ topic, key, value }) =>
      producer.send({ topic, acks: -1, messages: [{ key, value: Buffer.from(value) }] }),
    );
  }

  /**
   * One round. If we stop between sending and marking, the message is sent again: recipients know a pack by its id.
   * @param send hands the message to the broker, at once or not at all
   * @returns whether there was something to do
   */
  async relayOne(send: (message: QueuedMessage) => Promise<unknown>): Promise<boolean> {
    return this.database.unitOfWork(async (tx) => {
      if (!(await this.outbox.tryHold(tx))) return false;
      const message = await this.outbox.first(tx);
      if (!message) return false;
      const isPack = agencyOfTopic(message.topic)?.family === 'disclosures';
      if (isPack && !(await this.unsent.stopUnlessStanding(tx, message.key))) {
        await this.outbox.sent(tx, message.id);
        return true;
      }
      await send(message);
      await this.outbox.sent(tx, message.id);
      return true;
    });
  }

  /** A producer that does not try again by itself: a try later would be a sending later, without a check. */
  private async connected(): Promise<Producer> {
    if (!this.producer) {
      const producer = connectKafka(this.identity, { retries: 0 }).producer({
        allowAutoTopicCreation: false,
        retry: { retries: 0 },
      });
      await producer.connect();
      producer.on(producer.events.DISCONNECT, () => (this.producer = null));
      this.producer = producer;
    }
    return this.producer;
  }

  private pause(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, IDLE_MS);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
