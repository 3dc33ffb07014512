import { FileKeyProvider } from '#crypto';
import { Global, Module, type DynamicModule } from '@nestjs/common';
import type { Logger } from 'pino';
import type { ServiceConfig } from './config/service-config.js';
import { Database } from './database/database.js';
import { HealthController } from './health/health.controller.js';
import type { KafkaIdentity } from './kafka/connection.js';
import { DeadLetters } from './kafka/dead-letters.js';
import { OutboxRelay } from './kafka/outbox.js';

/** Injection tokens of what is not a class. */
export const CONFIG = Symbol('config');
export const LOGGER = Symbol('logger');
export const KAFKA_IDENTITY = Symbol('kafka identity');
export const KEYS = Symbol('key provider');

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
    return {
      module: PlatformModule,
      controllers: [HealthController],
      providers,
      exports: providers.map((p) => p.provide),
    };
  }
}
