import { agencyOfTopic } from '#contracts';
import {
  connectKafka,
  Database,
  describeError,
  isTooLarge,
  KAFKA_IDENTITY,
  LOGGER,
  type Db,
  type KafkaIdentity,
} from '#platform';
import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { Logger } from 'pino';
import { UnsentRequests } from '../asking/unsent-requests.js';
import { UnsentPacks } from '../standing/unsent-packs.js';
import { OutboxRepository, type QueuedMessage } from './outbox.repository.js';

type Producer = ReturnType<ReturnType<typeof connectKafka>['producer']>;

const IDLE_MS = 500;
/** How long a topic that cannot be sent to rests, so that it does not hold up the others. */
const REST_MS = 5_000;
/** Between the last look and the broker's taking it; with it a withdrawal's second (rule 7) holds at a slow broker too. */
const SEND_MS = 800;

/**
 * Sends disclosure's outbox, one message a transaction, in order within each topic. A pack is held against consent, agreements, links
 * and its recipient's key once more in the transaction that sends it, a history request against who may learn of it: between its
 * being queued and the broker taking it there may be an outage of hours, and a withdrawal recorded in that time stops it here even
 * when its event has not come yet.
 */
@Injectable()
export class PackRelay implements OnApplicationBootstrap, OnModuleDestroy {
  private producer: Producer | null = null;
  private running = false;
  private wake: () => void = () => undefined;
  private loop: Promise<void> = Promise.resolve();
  private readonly resting = new Map<string, number>();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(KAFKA_IDENTITY) private readonly identity: KafkaIdentity,
    @Inject(LOGGER) private readonly log: Logger,
    @Inject(OutboxRepository) private readonly outbox: OutboxRepository,
    @Inject(UnsentPacks) private readonly packs: UnsentPacks,
    @Inject(UnsentRequests) private readonly requests: UnsentRequests,
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
    const topic = await this.outbox.nextTopic(this.database.client, this.restingNow());
    if (topic === null) return false;
    // Connected, and the topic's leader found, before the check: what is between check and sending is one request.
    const producer = await this.connected();
    try {
      await producer.send({ topic, messages: [] });
    } catch (error) {
      await this.unsendable(topic, error);
      return true;
    }
    return this.relayOne(({ topic, key, value }) =>
      producer.send({ topic, acks: -1, timeout: SEND_MS, messages: [{ key, value: Buffer.from(value) }] }),
    );
  }

  /**
   * One round. If we stop between sending and marking, the message is sent again: recipients know a pack by its id. A topic that cannot
   * be sent to rests for a while; a message the broker will never take is laid aside, failed.
   * @param send hands the message to the broker, at once or not at all
   * @returns whether there was something to do
   */
  async relayOne(send: (message: QueuedMessage) => Promise<unknown>): Promise<boolean> {
    const turn: { message: QueuedMessage | null } = { message: null };
    try {
      return await this.database.unitOfWork(async (tx) => {
        if (!(await this.outbox.tryHold(tx))) return false;
        const message = await this.outbox.first(tx, this.restingNow());
        if (!message) return false;
        turn.message = message;
        if (await this.stands(tx, message)) await send(message);
        await this.outbox.sent(tx, message.id);
        return true;
      });
    } catch (error) {
      if (!turn.message) throw error;
      if (isTooLarge(error)) await this.layAside(turn.message);
      else await this.unsendable(turn.message.topic, error);
      return true;
    }
  }

  private async stands(tx: Db, { topic, key }: QueuedMessage): Promise<boolean> {
    const family = agencyOfTopic(topic)?.family;
    if (family === 'disclosures') return this.packs.stopUnlessStanding(tx, key);
    if (family === 'history-requests') return this.requests.stopUnlessStanding(tx, key);
    return true;
  }

  private async layAside({ topic, key }: QueuedMessage): Promise<void> {
    const about = agencyOfTopic(topic)?.family === 'disclosures' ? this.packs : this.requests;
    await about.fail(key, 'too_large');
    this.log.error({ topic }, 'the broker will not take this message: it is laid aside as failed');
  }

  /** The topic rests. What was given to a slow broker and not answered must not lie in the connection: that is closed with it. */
  private async unsendable(topic: string, error: unknown): Promise<void> {
    this.resting.set(topic, Date.now() + REST_MS);
    this.log.warn({ topic, err: describeError(error) }, 'messages of a topic are waiting');
    const producer = this.producer;
    this.producer = null;
    await producer?.disconnect().catch(() => undefined);
  }

  private restingNow(): string[] {
    for (const [topic, until] of this.resting) if (until <= Date.now()) this.resting.delete(topic);
    return [...this.resting.keys()];
  }

  /** A producer that does not try again by itself: a try later would be a sending later, without a check. */
  private async connected(): Promise<Producer> {
    if (!this.producer) {
      const producer = connectKafka(this.identity, { retries: 0, timeoutMs: SEND_MS }).producer({
        allowAutoTopicCreation: false,
        retry: { retries: 0 },
      });
      await producer.connect();
      producer.on(producer.events.DISCONNECT, () => {
        if (this.producer === producer) this.producer = null;
      });
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
