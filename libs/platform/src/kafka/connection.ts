import kafkajs from 'kafkajs';
import type { Kafka, KafkaConfig, logCreator } from 'kafkajs';
import { readFileSync } from 'node:fs';

/** Where the broker is and who we are: our name there is the certificate's common name. */
export interface KafkaIdentity {
  clientId: string;
  brokers: string[];
  caFile: string;
  certFile: string;
  keyFile: string;
}

/** kafkajs tells of harmless start-up retries as errors; what matters reaches us as a rejected promise. */
const silent: logCreator = () => () => undefined;

/** kafkajs settings for mutual TLS. */
export function connectionSettings(identity: KafkaIdentity): KafkaConfig {
  return {
    clientId: identity.clientId,
    brokers: identity.brokers,
    ssl: {
      ca: [readFileSync(identity.caFile, 'utf8')],
      cert: readFileSync(identity.certFile, 'utf8'),
      key: readFileSync(identity.keyFile, 'utf8'),
    },
    connectionTimeout: 5_000,
    requestTimeout: 15_000,
    retry: { initialRetryTime: 150, maxRetryTime: 3_000, retries: 30 },
    logCreator: silent,
  };
}

/** @param patience other than usual: an agent that must check again before each try allows no retries, and waits for none for long */
export function connectKafka(identity: KafkaIdentity, patience?: { retries: number; timeoutMs: number }): Kafka {
  const settings = connectionSettings(identity);
  if (!patience) return new kafkajs.Kafka(settings);
  const { retries, timeoutMs } = patience;
  return new kafkajs.Kafka({
    ...settings,
    connectionTimeout: timeoutMs,
    requestTimeout: timeoutMs,
    retry: { retries },
  });
}
