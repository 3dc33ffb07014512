import { eventSchemas, type Events } from '#contracts';
import { enqueue, type Db } from '#platform';

/** Puts an event into the portal's outbox, in the transaction of its act. It is parsed first: nothing but ids gets out. */
export async function sendEvent<T extends keyof Events>(
  tx: Db,
  topic: T,
  key: string,
  value: Events[T],
): Promise<void> {
  await enqueue(tx, 'portal', { topic, key, value: eventSchemas[topic].parse(value) });
}
