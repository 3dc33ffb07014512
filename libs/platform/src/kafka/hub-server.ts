import type { MessageHandler } from '@nestjs/microservices';
import { KafkaContext, ServerKafka } from '@nestjs/microservices';
import type { EachMessagePayload } from 'kafkajs';
import type { Logger } from 'pino';
import { isObservable, lastValueFrom } from 'rxjs';
import { describeError } from '../logging/logger.js';
import { connectKafka, connectionSettings, type KafkaIdentity } from './connection.js';
import type { DeadLetters } from './dead-letters.js';
import type { ReceivedMessage } from './message.js';
import { isTransient } from './transient.js';

const ATTEMPTS = 4;
const FIRST_PAUSE_MS = 200;
const HEARTBEAT_MS = 3_000;

/**
 * Nest's Kafka transport with the three things it lacks: binary values untouched, bounded retries, and dead letters, so that one
 * poison message never blocks its partition. Events only: reply headers are ignored, so no sender can choose where we write.
 */
export class HubKafkaServer extends ServerKafka {
  private ending = false;

  constructor(
    private readonly identity: KafkaIdentity,
    groupId: string,
    private readonly deadLetters: DeadLetters,
    private readonly log: Logger,
  ) {
    super({
      postfixId: '',
      client: connectionSettings(identity),
      consumer: {
        groupId,
        // a killed instance is noticed after this long; its partitions go to the next
        sessionTimeout: 6_000,
        heartbeatInterval: 1_500,
        maxWaitTimeInMs: 100,
        allowAutoTopicCreation: false,
      },
      subscribe: { fromBeginning: true },
      parser: { keepBinary: true },
      run: { partitionsConsumedConcurrently: 2 },
    });
    deadLetters.take = (message) => this.takeOnce(message);
  }

  override createClient<T>(): T {
    return connectKafka(this.identity) as T;
  }

  /** Lets go of messages that wait for a part that is away: the consumer ends only when each has been let go. */
  override async close(): Promise<void> {
    this.ending = true;
    await super.close();
  }

  /** One message to its handler; resolves when the offset may be committed, throws when the message must come again. */
  override async handleMessage(payload: EachMessagePayload): Promise<void> {
    const message: ReceivedMessage = {
      topic: payload.topic,
      partition: payload.partition,
      offset: payload.message.offset,
      key: payload.message.key?.toString('utf8') ?? null,
      value: payload.message.value ?? Buffer.alloc(0),
    };
    const firstAt = new Date();
    for (let attempt = 1; ; attempt++) {
      try {
        return await withHeartbeat(payload, () => this.takeOnce(message, payload));
      } catch (error) {
        if (error instanceof NoHandler) throw error;
        if (await this.givenUp(message, error, attempt, firstAt)) return;
        if (this.ending) throw error;
        await payload.heartbeat().catch(() => undefined);
        await new Promise((resolve) => setTimeout(resolve, Math.min(FIRST_PAUSE_MS * 2 ** (attempt - 1), 5_000)));
      }
    }
  }

  /** One try by the message's handler: of a delivery, or of a dead letter that is retried. @throws the handler's own error */
  private async takeOnce(message: ReceivedMessage, payload?: EachMessagePayload): Promise<void> {
    const { topic, partition } = message;
    const handler = this.getHandlerByPattern(topic);
    if (!handler) throw new NoHandler(`no handler for topic ${topic}`);
    const rest = [undefined as never, payload?.heartbeat ?? (async () => undefined), undefined as never] as const;
    await run(handler, message, new KafkaContext([payload?.message as never, partition, topic, ...rest]));
  }

  /** @returns whether the message is kept as a dead letter; where that fails it is tried again, for it must not be lost */
  private async givenUp(message: ReceivedMessage, error: unknown, attempt: number, firstAt: Date): Promise<boolean> {
    const place = { topic: message.topic, partition: message.partition, offset: message.offset, attempt };
    const transient = isTransient(error);
    this.log.warn({ ...place, transient, err: describeError(error) }, 'message failed');
    if (transient || attempt < ATTEMPTS) return false;
    try {
      await this.deadLetters.keep(message, error, attempt, firstAt);
    } catch (failure) {
      this.log.error({ ...place, err: describeError(failure) }, 'a dead letter could not be kept');
      return false;
    }
    this.log.error(place, 'message kept as a dead letter');
    return true;
  }
}

/** A topic nobody here handles: a mistake of ours, never a reason to lay a message aside. */
class NoHandler extends Error {}

/** A handler may take longer than the session lasts: without a sign of life the broker would give its partition to another. */
async function withHeartbeat<T>(payload: EachMessagePayload, act: () => Promise<T>): Promise<T> {
  const beating = setInterval(() => void payload.heartbeat().catch(() => undefined), HEARTBEAT_MS);
  try {
    return await act();
  } finally {
    clearInterval(beating);
  }
}

async function run(handler: MessageHandler, message: ReceivedMessage, context: KafkaContext): Promise<void> {
  const result: unknown = await handler(message, context);
  if (isObservable(result)) await lastValueFrom(result, { defaultValue: undefined });
}
