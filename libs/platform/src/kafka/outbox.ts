import { Prisma } from '#prisma';
import type { Producer } from 'kafkajs';
import type { Logger } from 'pino';
import type { Database, Db } from '../database/database.js';
import { describeError } from '../logging/logger.js';
import { connectKafka, type KafkaIdentity } from './connection.js';

/** A message to be sent once its transaction has committed. */
export interface OutgoingMessage {
  topic: string;
  key: string;
  value: Buffer | object;
}

/** Puts a message into the app's outbox, in the transaction of the act it tells of. */
export async function enqueue(tx: Db, app: string, message: OutgoingMessage): Promise<void> {
  const value = Buffer.isBuffer(message.value) ? message.value : Buffer.from(JSON.stringify(message.value));
  await tx.$executeRaw`
    INSERT INTO ${Prisma.raw(`"${app}".outbox`)} (topic, key, value) VALUES (${message.topic}, ${message.key}, ${value})`;
}

const BATCH = 200;
const BATCH_BYTES = 4 * 1024 * 1024;
const IDLE_MS = 1_000;

/**
 * Sends what committed transactions have put into an app's outbox, in order. If we stop between sending and marking, the message is
 * sent again: every consumer takes a message once.
 */
export class OutboxRelay {
  private producer: Producer | null = null;
  private running = false;
  private wake: (() => void) | null = null;
  private loop: Promise<void> = Promise.resolve();
  private readonly table: Prisma.Sql;

  constructor(
    private readonly database: Database,
    private readonly app: string,
    private readonly identity: KafkaIdentity,
    private readonly log: Logger,
  ) {
    this.table = Prisma.raw(`"${app}".outbox`);
  }

  start(): void {
    this.running = true;
    this.loop = this.run();
  }

  /** Look now instead of at the next tick: called after a commit that enqueued something. */
  nudge(): void {
    this.wake?.();
  }

  async stop(): Promise<void> {
    this.running = false;
    this.nudge();
    await this.loop;
    await this.producer?.disconnect();
  }

  private async run(): Promise<void> {
    while (this.running) {
      try {
        if ((await this.sendSome()) === 0) await this.pause(IDLE_MS);
      } catch (error) {
        this.log.warn({ err: describeError(error) }, 'outbox is waiting');
        await this.pause(IDLE_MS);
      }
    }
  }

  /** One round: one relay at a time per app (advisory lock), so that order holds with several instances. @returns messages sent */
  private async sendSome(): Promise<number> {
    const producer = await this.connected();
    return this.database.unitOfWork(async (tx) => {
      const [lock] = await tx.$queryRaw<
        { got: boolean }[]
      >`SELECT pg_try_advisory_xact_lock(hashtext(${`${this.app}.outbox`})) AS got`;
      if (!lock!.got) return 0;
      const rows = await tx.$queryRaw<{ id: bigint; topic: string; key: string; value: Uint8Array }[]>`
        SELECT id, topic, key, value FROM (
          SELECT id, topic, key, value, sum(length(value)) OVER (ORDER BY id) - length(value) AS before
          FROM (SELECT * FROM ${this.table} WHERE sent_at IS NULL ORDER BY id LIMIT ${BATCH}) AS next
        ) AS sized WHERE before < ${BATCH_BYTES} ORDER BY id`;
      if (rows.length === 0) return 0;
      const byTopic = Map.groupBy(rows, (row) => row.topic);
      for (const [topic, messages] of byTopic)
        await producer.send({
          topic,
          acks: -1,
          messages: messages.map((row) => ({ key: row.key, value: Buffer.from(row.value) })),
        });
      await tx.$executeRaw`DELETE FROM ${this.table} WHERE id = ANY(${rows.map((row) => row.id)}::bigint[])`;
      return rows.length;
    });
  }

  private async connected(): Promise<Producer> {
    if (!this.producer) {
      const producer = connectKafka(this.identity).producer({ allowAutoTopicCreation: false });
      await producer.connect();
      this.producer = producer;
    }
    return this.producer;
  }

  private pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        this.wake = null;
        resolve();
      };
      const timer = setTimeout(done, ms);
      this.wake = done;
    });
  }
}
