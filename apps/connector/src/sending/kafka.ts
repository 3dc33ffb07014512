import kafkajs from 'kafkajs';
import type { Kafka } from 'kafkajs';
import { readFileSync } from 'node:fs';
import type { AgencyFolder } from '../agency/agency-folder.js';

/** The agency's own connection: mutual TLS with its certificate. The connector shares no wiring with the hub, so it has its own. */
export function kafkaOf(folder: AgencyFolder): Kafka {
  return new kafkajs.Kafka({
    clientId: folder.agency,
    brokers: folder.settings.hub.brokers,
    ssl: {
      ca: [readFileSync(folder.path('ca.crt'), 'utf8')],
      cert: readFileSync(folder.path('kafka.crt'), 'utf8'),
      key: readFileSync(folder.path('kafka.key'), 'utf8'),
    },
    // some ten seconds in all: whoever waits at a prompt wants to know
    connectionTimeout: 4_000,
    retry: { retries: 5, initialRetryTime: 200, maxRetryTime: 2_000 },
    logCreator: () => () => undefined,
  });
}

/** Sends messages to one topic, in order, each confirmed by the broker. */
export async function sendToTopic(
  folder: AgencyFolder,
  topic: string,
  messages: { key: string; value: Buffer }[],
  onSent?: (done: number) => void,
): Promise<void> {
  const producer = kafkaOf(folder).producer({ allowAutoTopicCreation: false });
  await producer.connect();
  try {
    for (const [index, message] of messages.entries()) {
      await producer.send({ topic, acks: -1, messages: [message] });
      onSent?.(index + 1);
    }
  } finally {
    await producer.disconnect();
  }
}

/**
 * Reads a topic of the agency's from where it stopped last time until `enough` says so, or until nothing has come for `idleMs`.
 * @param group part of the consumer group's name behind `<agency>.`
 */
export async function readTopic(
  folder: AgencyFolder,
  topic: string,
  group: string,
  onMessage: (value: Buffer) => Promise<boolean | void>,
  idleMs: number,
): Promise<void> {
  const consumer = kafkaOf(folder).consumer({
    groupId: `${folder.agency}.${group}`,
    allowAutoTopicCreation: false,
    maxWaitTimeInMs: 200,
  });
  await consumer.connect();
  let stop: () => void = () => undefined;
  let failure: unknown;
  const ended = new Promise<void>((resolve) => (stop = resolve));
  let timer = setTimeout(stop, idleMs);
  try {
    await consumer.subscribe({ topic, fromBeginning: true });
    await consumer.run({
      eachMessage: async ({ message }) => {
        clearTimeout(timer);
        timer = setTimeout(stop, idleMs);
        try {
          if ((await onMessage(message.value ?? Buffer.alloc(0))) === true) stop();
        } catch (error) {
          failure = error;
          stop();
        }
      },
    });
    await ended;
  } finally {
    clearTimeout(timer);
    await consumer.disconnect();
  }
  if (failure) throw failure;
}
