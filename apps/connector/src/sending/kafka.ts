import { HubError, topics } from '#contracts';
import kafkajs from 'kafkajs';
import type { Kafka, Producer } from 'kafkajs';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { AgencyFolder } from '../agency/agency-folder.js';
import type { Taken, Way } from './ways.js';

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

/** Errors of the broker that pass by themselves do not come here: the client tries those again. These never pass. */
const NEVER = new Set(['TOPIC_AUTHORIZATION_FAILED', 'CLUSTER_AUTHORIZATION_FAILED', 'MESSAGE_TOO_LARGE']);

/** The agency's own feed topic. A message is taken once the broker has confirmed it. */
export class KafkaWay implements Way {
  private producer: Producer | null = null;

  constructor(private readonly folder: AgencyFolder) {
    if (folder.settings.hub.brokers.length === 0)
      throw new HubError('usage', 'agency.json names no Kafka brokers of the hub. Name them, or send with --https.');
  }

  async send(feed: string, message: Buffer): Promise<Taken> {
    try {
      this.producer ??= await connected(this.folder);
      const topic = topics.feeds(this.folder.agency);
      await this.producer.send({ topic, acks: -1, messages: [{ key: feed, value: message }] });
      return {};
    } catch (error) {
      // A producer that failed once is not asked again: a new one finds the broker anew.
      await this.close();
      if (!NEVER.has(String((error as { type?: unknown }).type))) throw error;
      throw new HubError(
        'forbidden',
        `The broker does not take it (${String((error as { type?: unknown }).type)}). Is the certificate in the agency's folder the one the hub gave this agency?`,
        { cause: error },
      );
    }
  }

  async close(): Promise<void> {
    const { producer } = this;
    this.producer = null;
    await producer?.disconnect().catch(() => undefined);
  }
}

async function connected(folder: AgencyFolder): Promise<Producer> {
  const producer = kafkaOf(folder).producer({ allowAutoTopicCreation: false });
  await producer.connect();
  return producer;
}

/** Sends messages to one topic, in order, each confirmed by the broker. */
export async function sendToTopic(
  folder: AgencyFolder,
  topic: string,
  messages: { key: string; value: Buffer }[],
  onSent?: (done: number) => void,
): Promise<void> {
  const producer = await connected(folder);
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

/** Offsets by partition: the next message to read. */
export type Positions = Record<string, string>;

/** How often the broker is asked whether there is anything new: asking is cheap, joining a group is not. */
const LOOK_MS = 500;
const JOIN_MS = 10_000;

/**
 * Reads a topic of the agency's from given offsets, so that several programs may read it and each sees everything: no consumer group
 * is shared and nothing is committed at the broker. Ends when `onMessage` answers true, when nothing has come for `idleMs`, or at
 * the signal.
 * @param positions where to begin; moved on past each message that was handled
 */
export async function readFrom(
  folder: AgencyFolder,
  topic: string,
  positions: Positions,
  onMessage: (value: Buffer) => Promise<boolean | void>,
  { idleMs, signal }: { idleMs: number; signal?: AbortSignal },
): Promise<void> {
  const offsets = await untilSomethingNew(folder, topic, positions, idleMs, signal);
  if (!offsets) return;
  const consumer = kafkaOf(folder).consumer({
    // Its own name each time; a group that committed nothing is forgotten by the broker once it is empty.
    groupId: `${folder.agency}.read-${randomUUID()}`,
    allowAutoTopicCreation: false,
    maxWaitTimeInMs: 200,
  });
  await consumer.connect();
  let stop: () => void = () => undefined;
  let failure: unknown;
  const ended = new Promise<void>((resolve) => (stop = resolve));
  signal?.addEventListener('abort', stop, { once: true });
  const crashed = consumer.on(consumer.events.CRASH, ({ payload }) => {
    if (payload.restart) return;
    failure = payload.error;
    stop();
  });
  // Something is there: joining may take some seconds, and is not idleness.
  let timer = setTimeout(stop, Math.max(idleMs, JOIN_MS));
  try {
    await consumer.subscribe({ topic, fromBeginning: true });
    await consumer.run({
      autoCommit: false,
      eachMessage: async ({ partition, message }) => {
        if (failure || BigInt(message.offset) < BigInt(positions[partition] ?? 0)) return;
        clearTimeout(timer);
        timer = setTimeout(stop, idleMs);
        try {
          const enough = await onMessage(message.value ?? Buffer.alloc(0));
          positions[partition] = (BigInt(message.offset) + 1n).toString();
          if (enough === true) stop();
        } catch (error) {
          failure = error;
          stop();
        }
      },
    });
    for (const { partition } of offsets) consumer.seek({ topic, partition, offset: positions[partition] ?? '0' });
    await ended;
  } finally {
    clearTimeout(timer);
    crashed();
    signal?.removeEventListener('abort', stop);
    await consumer.disconnect();
  }
  if (failure) throw failure;
}

/** @returns the topic's offsets once there is something beyond the positions (which are put right where the topic is another one), or null */
async function untilSomethingNew(
  folder: AgencyFolder,
  topic: string,
  positions: Positions,
  idleMs: number,
  signal: AbortSignal | undefined,
) {
  const admin = kafkaOf(folder).admin();
  await admin.connect();
  try {
    for (const until = Date.now() + idleMs; ;) {
      const offsets = await admin.fetchTopicOffsets(topic);
      for (const { partition, low, high } of offsets) {
        const at = BigInt(positions[partition] ?? 0);
        // Below: the broker has let the oldest go. Above: the topic was made anew, and begins again.
        if (at < BigInt(low) || at > BigInt(high)) positions[partition] = low;
      }
      if (offsets.some(({ partition, high }) => BigInt(positions[partition] ?? 0) < BigInt(high))) return offsets;
      if (signal?.aborted || Date.now() + LOOK_MS > until) return null;
      await sleep(LOOK_MS, undefined, signal ? { signal } : {}).catch(() => undefined);
    }
  } finally {
    await admin.disconnect();
  }
}
