import { FileKeyProvider } from '#crypto';
import { Global, Module, type DynamicModule } from '@nestjs/common';
import type { Logger } from 'pino';
import type { ServiceConfig } from './config/service-config.js';
import { Database } from './database/database.js';
import { HealthController } from './health/health.controller.js';
import type { KafkaIdentity } from './kafka/connection.js';
import { DeadLetterWork } from './kafka/dead-letter-work.js';
import { DeadLettersController } from './kafka/dead-letters.controller.js';
import { DeadLetters } from './kafka/dead-letters.js';
import { OutboxRelay } from './kafka/outbox.js';
import { CONFIG, KAFKA_IDENTITY, KEYS, LOGGER } from './tokens.js';

export * from './tokens.js';

/** Who a service is at the broker. */
export function identityOf(app: string, config: ServiceConfig): KafkaIdentity {
  return {
    clientId: app,
    brokers: config.KAFKA_BROKERS,
    caFile: config.KAFKA_CA_FILE,
    certFile: config.KAFKA_CERT_FILE,
    keyFile: config.KAFKA_KEY_FILE,
  };
}

/** What every service gets: configuration, logger, database, Kafka identity, outbox relay, dead letters, health and metrics. */
@Global()
@Module({})
export class PlatformModule {
  static forService(app: string, config: ServiceConfig, logger: Logger): DynamicModule {
    const identity = identityOf(app, config);
    const database = new Database(config.DATABASE_URL);
    const providers = [
      { provide: CONFIG, useValue: config },
      { provide: LOGGER, useValue: logger },
      { provide: KAFKA_IDENTITY, useValue: identity },
      { provide: KEYS, useValue: new FileKeyProvider(config.KEYS_DIR) },
      { provide: Database, useValue: database },
      { provide: DeadLetters, useValue: new DeadLetters(database, app) },
      { provide: OutboxRelay, useValue: new OutboxRelay(database, app, identity, logger) },
    ];
    // The audit consumes nothing: it has no dead letters.
    const consumes = app !== 'audit';
    return {
      module: PlatformModule,
      controllers: [HealthController, ...(consumes ? [DeadLettersController] : [])],
      providers: [...providers, ...(consumes ? [DeadLetterWork] : [])],
      exports: providers.map((p) => p.provide),
    };
  }
}
