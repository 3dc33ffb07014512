import type { Db } from '#platform';
import { Injectable } from '@nestjs/common';

export interface QueuedMessage {
  id: bigint;
  topic: string;
  key: string;
  value: Uint8Array;
}

/** Messages on their way out. A pack's message has the pack's id as its key, so that it can be found and taken back. */
@Injectable()
export class OutboxRepository {
  /** Waits for a sending that is under way; until the end of this transaction nothing is sent. */
  async hold(tx: Db): Promise<void> {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('disclosure.outbox'))`;
  }

  /** As `hold`, without waiting. @returns whether nobody else is sending */
  async tryHold(tx: Db): Promise<boolean> {
    const [lock] = await tx.$queryRaw<
      { got: boolean }[]
    >`SELECT pg_try_advisory_xact_lock(hashtext('disclosure.outbox')) AS got`;
    return lock!.got;
  }

  /** @param resting topics to leave out for now */
  async first(db: Db, resting: readonly string[]): Promise<QueuedMessage | null> {
    const [row] = await db.$queryRaw<QueuedMessage[]>`
      SELECT id, topic, key, value FROM disclosure.outbox
      WHERE sent_at IS NULL AND topic <> ALL(${[...resting]}::text[]) ORDER BY id LIMIT 1`;
    return row ?? null;
  }

  /** As `first`, the topic only. */
  async nextTopic(db: Db, resting: readonly string[]): Promise<string | null> {
    const [row] = await db.$queryRaw<{ topic: string }[]>`
      SELECT topic FROM disclosure.outbox
      WHERE sent_at IS NULL AND topic <> ALL(${[...resting]}::text[]) ORDER BY id LIMIT 1`;
    return row?.topic ?? null;
  }

  async queuedPacks(db: Db): Promise<string[]> {
    const rows = await db.$queryRaw<{ key: string }[]>`
      SELECT key FROM disclosure.outbox WHERE sent_at IS NULL AND topic LIKE 'disclosures.%'`;
    return rows.map(({ key }) => key);
  }

  async sent(tx: Db, id: bigint): Promise<void> {
    await tx.$executeRaw`DELETE FROM disclosure.outbox WHERE id = ${id}`;
  }

  /** @returns how many messages were taken back */
  async remove(tx: Db, topic: string, key: string): Promise<number> {
    return tx.$executeRaw`DELETE FROM disclosure.outbox WHERE topic = ${topic} AND key = ${key} AND sent_at IS NULL`;
  }
}
