import { Prisma } from '#prisma';
import type { Producer } from 'kafkajs';
import type { Logger } from 'pino';
import type { Database, Db } from '../database/database.js';
import { describeError } from '../logging/logger.js';
import { connectKafka, type KafkaIdentity } from './connection.js';
import { DeadLetters } from './dead-letters.js';

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
/** How long a topic that cannot be sent to rests, so that it does not hold up the others. */
const REST_MS = 5_000;
/** After this long no further topic is begun in a round: with the broker away each costs a producer's retries. */
const ENOUGH_MS = 15_000;
const ROUND_MS = 60_000;

interface Waiting {
  id: bigint;
  topic: string;
  key: string;
  value: Uint8Array;
}

/**
 * Sends what committed transactions have put into an app's outbox, in order within each topic. If we stop between sending and marking,
 * the message is sent again: every consumer takes a message once. A topic that cannot be sent to holds up only itself, and a message
 * the broker will never take is laid aside as a dead letter (partition −1, its id in the outbox as offset).
 */
export class OutboxRelay {
  private producer: Producer | null = null;
  private running = false;
  private wake: (() => void) | null = null;
  private nudged = false;
  private loop: Promise<void> = Promise.resolve();
  private readonly resting = new Map<string, number>();
  private readonly deadLetters: DeadLetters;
  private readonly table: Prisma.Sql;

  constructor(
    private readonly database: Database,
    private readonly app: string,
    private readonly identity: KafkaIdentity,
    private readonly log: Logger,
  ) {
    this.table = Prisma.raw(`"${app}".outbox`);
    this.deadLetters = new DeadLetters(database, app);
  }

  start(): void {
    this.running = true;
    this.loop = this.run();
  }

  /** Look now instead of at the next tick: called after a commit that enqueued something. */
  nudge(): void {
    this.nudged = true;
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
        this.nudged = false;
        if ((await this.sendSome()) === 0 && !this.nudged) await this.pause(IDLE_MS);
      } catch (error) {
        this.log.warn({ err: describeError(error) }, 'outbox is waiting');
        await this.pause(IDLE_MS);
      }
    }
  }

  /** One round: one relay at a time per app (advisory lock), so that order holds with several instances. @returns messages dealt with */
  async sendSome(): Promise<number> {
    const producer = await this.connected();
    const started = Date.now();
    const unsendable: { row: Waiting; error: unknown }[] = [];
    const done = await this.database.unitOfWork(
      async (tx) => {
        const [lock] = await tx.$queryRaw<
          { got: boolean }[]
        >`SELECT pg_try_advisory_xact_lock(hashtext(${`${this.app}.outbox`})) AS got`;
        if (!lock!.got) return 0;
        const sent: bigint[] = [];
        for (const [topic, rows] of Map.groupBy(await this.waiting(tx), (row) => row.topic)) {
          if (Date.now() - started > ENOUGH_MS) break;
          const { ids, refused } = await this.sendTopic(producer, topic, rows);
          sent.push(...ids);
          if (refused) unsendable.push(refused);
        }
        if (sent.length > 0) await tx.$executeRaw`DELETE FROM ${this.table} WHERE id = ANY(${sent}::bigint[])`;
        return sent.length;
      },
      { timeoutMs: ROUND_MS },
    );
    for (const { row, error } of unsendable) await this.layAside(row, error);
    return done + unsendable.length;
  }

  private async waiting(tx: Db): Promise<Waiting[]> {
    for (const [topic, until] of this.resting) if (until <= Date.now()) this.resting.delete(topic);
    return tx.$queryRaw<Waiting[]>`
      SELECT id, topic, key, value FROM (
        SELECT id, topic, key, value, sum(length(value)) OVER (ORDER BY id) - length(value) AS before
        FROM (SELECT * FROM ${this.table} WHERE sent_at IS NULL AND topic <> ALL(${[...this.resting.keys()]}::text[])
              ORDER BY id LIMIT ${BATCH}) AS next
      ) AS sized WHERE before < ${BATCH_BYTES} ORDER BY id`;
  }

  /** Together where that works; where the broker refuses them as too large, one by one up to the one it will never take. */
  private async sendTopic(
    producer: Producer,
    topic: string,
    rows: Waiting[],
  ): Promise<{ ids: bigint[]; refused?: { row: Waiting; error: unknown } }> {
    const ids: bigint[] = [];
    try {
      try {
        await send(producer, topic, rows);
        ids.push(...rows.map((row) => row.id));
      } catch (error) {
        if (!isTooLarge(error)) throw error;
        for (const row of rows) {
          try {
            await send(producer, topic, [row]);
          } catch (alone) {
            if (isTooLarge(alone)) return { ids, refused: { row, error: alone } };
            throw alone;
          }
          ids.push(row.id);
        }
      }
    } catch (error) {
      this.resting.set(topic, Date.now() + REST_MS);
      this.log.warn({ topic, err: describeError(error) }, 'messages of a topic are waiting');
    }
    return { ids };
  }

  /** Kept before it is taken out: stopped between the two, it is refused again, and kept once. */
  private async layAside(row: Waiting, error: unknown): Promise<void> {
    const { topic, key, id, value } = row;
    const message = { topic, partition: -1, offset: String(id), key, value: Buffer.from(value) };
    await this.deadLetters.keep(message, Object.assign(new Error('too large'), { code: codeOf(error) }), 1);
    await this.database.unitOfWork((tx) => tx.$executeRaw`DELETE FROM ${this.table} WHERE id = ${id}`);
    this.log.error({ topic, outbox: String(id) }, 'the broker will not take this message: kept as a dead letter');
  }

  protected async connected(): Promise<Producer> {
    if (!this.producer) {
      // Few retries: what still fails is tried again in the next round, and meanwhile no other topic waits for it.
      const producer = connectKafka(this.identity).producer({
        allowAutoTopicCreation: false,
        retry: { initialRetryTime: 150, maxRetryTime: 1_500, retries: 5 },
      });
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

async function send(producer: Producer, topic: string, rows: Waiting[]): Promise<void> {
  const messages = rows.map((row) => ({ key: row.key, value: Buffer.from(row.value) }));
  await producer.send({ topic, acks: -1, messages });
}

/** The broker will never take it, whenever it is sent. */
export function isTooLarge(error: unknown): boolean {
  return ['MESSAGE_TOO_LARGE', 'RECORD_LIST_TOO_LARGE', 'INVALID_RECORD'].includes(codeOf(error));
}

/** kafkajs names the broker's error in `type`, sometimes in the cause's. */
function codeOf(error: unknown): string {
  const { type, cause } = error as { type?: unknown; cause?: { type?: unknown } };
  return String(type ?? cause?.type ?? 'unsendable');
}
