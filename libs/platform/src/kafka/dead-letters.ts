import { Prisma } from '#prisma';
import { createHash } from 'node:crypto';
import { appendAudit } from '../auditing/append-audit.js';
import type { Database } from '../database/database.js';
import { deadLettered } from './dead-letter-metrics.js';
import { keptBytes } from './kept-bytes.js';
import type { ReceivedMessage } from './message.js';

/** One try of a message by its handler, as the broker's delivery would. @throws what the handler throws */
export type TakeMessage = (message: ReceivedMessage) => Promise<void>;

/** Messages no handler could take, kept with the reason until a person retries or drops them (`mash deadletter`). */
export class DeadLetters {
  private readonly table: Prisma.Sql;
  /** set by the service's Kafka server: how a letter that is retried reaches its handler */
  take: TakeMessage | null = null;

  constructor(
    readonly database: Database,
    readonly app: string,
  ) {
    this.table = Prisma.raw(`"${app}".dead_letter`);
  }

  /**
   * The reason is the error's code or name: messages of libraries may carry what they were given.
   * @param firstAt when it failed for the first time
   */
  async keep(message: ReceivedMessage, error: unknown, attempts: number, firstAt = new Date()): Promise<void> {
    const reason = reasonOf(error);
    const { topic, partition, offset, key, value } = message;
    const digest = createHash('sha256').update(value).digest();
    await this.database.unitOfWork(async (tx) => {
      const [kept] = await tx.$queryRaw<{ fresh: boolean }[]>`
        INSERT INTO ${this.table} (topic, partition, "offset", key, value, size, digest, reason, attempts, first_at)
        VALUES (${topic}, ${partition}, ${BigInt(offset)}, ${plainKey(key)}, ${keptBytes(topic, value)}, ${value.length}, ${digest},
                ${reason}, ${attempts}, ${firstAt})
        ON CONFLICT (topic, partition, "offset", digest) DO UPDATE SET last_at = now() RETURNING (xmax = 0) AS fresh`;
      if (!kept?.fresh) return;
      await appendAudit(tx, {
        actor: { type: 'service', id: this.app },
        action: 'MessageDeadLettered',
        object: { type: 'message', id: `${topic}/${partition}/${offset}` },
        outcome: reason,
        detail: { attempts },
      });
    });
    deadLettered(this.app, topic, reason);
  }
}

/**
 * Our keys are ids and names of feeds. What else a sender put there may be anything: data that may not stand in clear, or a NUL that
 * PostgreSQL refuses, which would keep the message from ever being laid aside.
 */
function plainKey(key: string | null): string | null {
  return key !== null && /^[\w./-]{1,64}$/.test(key) ? key : null;
}

/** An error's code, else its name, else `unknown`: never its message. */
export function reasonOf(error: unknown): string {
  const { code, name } = (error ?? {}) as { code?: unknown; name?: unknown };
  if (typeof code === 'string' && /^[\w.-]{1,60}$/.test(code)) return code;
  return typeof name === 'string' && /^\w{0,50}(Error|Exception)$/.test(name) ? name : 'unknown';
}
