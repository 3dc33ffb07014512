import { Prisma } from '#prisma';
import type { Db } from '../database/database.js';
import type { ReceivedMessage } from './message.js';

/**
 * Idempotent consumer: records that this consumer has taken this message, in the transaction of its effects.
 * @returns false when it was taken before: skip the effects, commit the offset
 */
export async function takeOnce(tx: Db, app: string, message: ReceivedMessage, id?: string): Promise<boolean> {
  const name = id ?? `${message.topic}/${message.partition}/${message.offset}`;
  const rows = await tx.$executeRaw`
    INSERT INTO ${Prisma.raw(`"${app}".inbox`)} (consumer, message) VALUES (${message.topic}, ${name}) ON CONFLICT DO NOTHING`;
  return rows === 1;
}
