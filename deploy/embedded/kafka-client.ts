import kafkajs from 'kafkajs';
import type { Kafka, RetryOptions } from 'kafkajs';
import { readIdentity, type IdentityFiles } from './certificates.js';

/** A Kafka client under this identity. kafkajs logs harmless start-up retries as errors: kept out of sight. */
export function connect(brokers: string[], identity: IdentityFiles, retry?: RetryOptions): Kafka {
  const { cert, key, ca } = readIdentity(identity);
  return new kafkajs.Kafka({
    clientId: 'mash-embedded',
    brokers,
    ssl: { cert, key, ca: [ca] },
    connectionTimeout: 5_000,
    requestTimeout: 10_000,
    retry: { retries: 10, initialRetryTime: 100, maxRetryTime: 1_000, ...retry },
    logCreator: () => () => undefined,
  });
}
