import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { EachMessagePayload } from 'kafkajs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { throwError } from 'rxjs';
import { HubError } from '#contracts';
import type { DeadLetters } from './dead-letters.js';
import { HubKafkaServer } from './hub-server.js';
import type { ReceivedMessage } from './message.js';

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'server-'));
  await writeFile(join(dir, 'pem'), 'x');
});
afterAll(async () => rm(dir, { recursive: true, force: true }));

type Kept = { message: ReceivedMessage; error: unknown; attempts: number };

function server(
  handler: (message: ReceivedMessage, attempt: number) => unknown,
  keep: (kept: Kept) => void = () => undefined,
) {
  const kept: Kept[] = [];
  const deadLetters = {
    keep: async (message: ReceivedMessage, error: unknown, attempts: number) => {
      keep({ message, error, attempts });
      kept.push({ message, error, attempts });
    },
  } as unknown as DeadLetters;
  const file = join(dir, 'pem');
  const made = new HubKafkaServer(
    { clientId: 't', brokers: ['none:1'], caFile: file, certFile: file, keyFile: file },
    't',
    deadLetters,
    pino({ level: 'silent' }),
  );
  let attempts = 0;
  made.addHandler('feeds.x', async (message: ReceivedMessage) => handler(message, ++attempts), true);
  return { made, kept, attempts: () => attempts };
}

function payload(changes: Partial<EachMessagePayload['message']> = {}) {
  let heartbeats = 0;
  const message = {
    key: Buffer.from('arrears'),
    value: Buffer.of(0xff, 0x00),
    offset: '5',
    headers: { reply: 'elsewhere' },
    timestamp: '0',
    attributes: 0,
    ...changes,
  };
  return {
    topic: 'feeds.x',
    partition: 2,
    message,
    heartbeat: async () => void heartbeats++,
    pause: () => () => undefined,
    heartbeats: () => heartbeats,
  } as unknown as EachMessagePayload & { heartbeats(): number };
}

describe('a message', () => {
  it('comes to its handler byte for byte, without its headers', async () => {
    let seen: ReceivedMessage | undefined;
    const { made, kept } = server((message) => void (seen = message));
    await made.handleMessage(payload());
    expect(seen).toEqual({ topic: 'feeds.x', partition: 2, offset: '5', key: 'arrears', value: Buffer.of(0xff, 0x00) });
    expect(kept).toEqual([]);
  });

  it('without a value or key comes as an empty one', async () => {
    let seen: ReceivedMessage | undefined;
    await server((message) => void (seen = message)).made.handleMessage(payload({ key: null, value: null }));
    expect(seen).toMatchObject({ key: null, value: Buffer.alloc(0) });
  });

  it('for which there is no handler is not committed', async () => {
    await expect(server(() => undefined).made.handleMessage({ ...payload(), topic: 'feeds.y' })).rejects.toThrow(
      'no handler',
    );
  });

  it('that fails is tried four times, then kept with the handler’s own error, and the partition goes on', async () => {
    const error = new HubError('invalid_request', 'x');
    const { made, kept, attempts } = server(() => throwError(() => error));
    const came = payload();
    await made.handleMessage(came);
    expect(attempts()).toBe(4);
    expect(kept).toMatchObject([{ message: { offset: '5' }, error, attempts: 4 }]);
    expect(came.heartbeats()).toBe(3);
  });

  it('that succeeds on a later try is not kept', async () => {
    const { made, kept } = server((_, attempt) => {
      if (attempt < 3) throw new Error('x');
    });
    await made.handleMessage(payload());
    expect(kept).toEqual([]);
  });

  it('waits, for as long as it takes, while a part is away, and is never given up', async () => {
    const { made, kept, attempts } = server((_, attempt) => {
      if (attempt < 6) throw Object.assign(new Error('x'), { code: 'ECONNREFUSED' });
    });
    await made.handleMessage(payload());
    expect(attempts()).toBe(6);
    expect(kept).toEqual([]);
  });

  it('is not lost when it cannot be kept: it is tried again', async () => {
    let refusals = 0;
    const { made, kept, attempts } = server(
      () => Promise.reject(new Error('x')),
      () => {
        if (++refusals === 1) throw new Error('no table');
      },
    );
    await made.handleMessage(payload());
    expect(attempts()).toBe(5);
    expect(kept).toHaveLength(1);
  });

  it('that waits is let go uncommitted when the service ends, so that ending does not hang', async () => {
    const { made, kept } = server(() => Promise.reject(Object.assign(new Error('x'), { code: '57P01' })));
    const handling = made.handleMessage(payload());
    await new Promise((resolve) => setTimeout(resolve, 50));
    await made.close();
    await expect(handling).rejects.toMatchObject({ code: '57P01' });
    expect(kept).toEqual([]);
  });

  it('that takes long keeps its session alive', async () => {
    const came = payload();
    await server(() => new Promise((resolve) => setTimeout(resolve, 3_300))).made.handleMessage(came);
    expect(came.heartbeats()).toBe(1);
  });
});
