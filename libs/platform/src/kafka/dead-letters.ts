import { Prisma } from '#prisma';
import { appendAudit } from '../auditing/append-audit.js';
import type { Database } from '../database/database.js';
import type { ReceivedMessage } from './message.js';

/** Messages no handler could take, kept with the reason until a person retries or drops them; the command for it, `mash deadletter`, is not there yet. */
export class DeadLetters {
  private readonly table: Prisma.Sql;

  constructor(
    private readonly database: Database,
    private readonly app: string,
  ) {
    this.table = Prisma.raw(`"${app}".dead_letter`);
  }

  /** The reason is the error's code or name: messages of libraries may carry what they were given. */
  async keep(message: ReceivedMessage, error: unknown, attempts: number): Promise<void> {
    const reason = reasonOf(error);
    await this.database.unitOfWork(async (tx) => {
      const kept = await tx.$executeRaw`
        INSERT INTO ${this.table} (topic, partition, "offset", key, value, reason, attempts)
        VALUES (${message.topic}, ${message.partition}, ${BigInt(message.offset)}, ${plainKey(message.key)}, ${message.value}, ${reason}, ${attempts})
        ON CONFLICT (topic, partition, "offset") DO NOTHING`;
      if (kept === 0) return;
      await appendAudit(tx, {
        actor: { type: 'service', id: this.app },
        action: 'MessageDeadLettered',
        object: { type: 'message', id: `${message.topic}/${message.partition}/${message.offset}` },
        outcome: reason,
        detail: { attempts },
      });
    });
  }
}

/**
 * Our keys are ids and names of feeds. What else a sender put there may be anything: data that may not stand in clear, or a NUL that
 * PostgreSQL refuses, which would keep the message from ever being laid aside.
 */
function plainKey(key: string | null): string | null {
  return key !== null && /^[\w.-]{1,64}$/.test(key) ? key : null;
}

function reasonOf(error: unknown): string {
  const { code, name } = (error ?? {}) as { code?: unknown; name?: unknown };
  if (typeof code === 'string' && /^[\w.-]{1,60}$/.test(code)) return code;
  return typeof name === 'string' && /^\w{0,50}(Error|Exception)$/.test(name) ? name : 'unknown';
}
