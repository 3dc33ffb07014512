import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { DynamicModule } from '@nestjs/common';
import 'reflect-metadata';
import type { Logger } from 'pino';
import { isHubError } from '#contracts';
import { describeConfig, readConfig } from './config/read-config.js';
import type { ServiceConfig } from './config/service-config.js';
import type { z } from 'zod';
import { createLogger, describeError, NestLog } from './logging/logger.js';
import { Database } from './database/database.js';
import { DeadLetters } from './kafka/dead-letters.js';
import { HubKafkaServer } from './kafka/hub-server.js';
import { OutboxRelay } from './kafka/outbox.js';
import { HttpErrors } from './http-errors.js';
import { identityOf } from './platform.module.js';

/** How a service is put together: its name, its configuration's schema, its module, and what it listens to. */
export interface ServiceDefinition<S extends z.ZodObject> {
  name: 'ingest' | 'matching' | 'portal' | 'disclosure' | 'audit';
  config: S;
  module(config: z.output<S> & ServiceConfig, logger: Logger): DynamicModule;
  /** whether it consumes from Kafka; the group id is the service's name */
  consumes: boolean;
  /** whether it has an outbox */
  sends: boolean;
  /** it shows pages and has an error filter of its own */
  pages?: boolean;
  /** middleware, views, … before it listens */
  prepare?(app: NestExpressApplication, config: z.output<S> & ServiceConfig, logger: Logger): Promise<void> | void;
}

/** What hangs while ending (a broker that does not answer) is cut off: everything is kept in the database anyway. */
const LONGEST_END_MS = 10_000;

/** Starts a service and keeps it until SIGTERM, SIGINT or the end of the process that started it. */
export async function runService<S extends z.ZodObject>(definition: ServiceDefinition<S>): Promise<void> {
  let logger = createLogger(definition.name, 'info');
  try {
    const config = readConfig(definition.config) as z.output<S> & ServiceConfig;
    if (process.argv.includes('--print-config')) {
      process.stdout.write(`${describeConfig(config)}\n`);
      return;
    }
    logger = createLogger(definition.name, config.LOG_LEVEL);
    await startService(definition, config, logger);
  } catch (error) {
    logger.fatal({ err: describeError(error) }, 'could not start');
    if (isHubError(error)) process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
}

async function startService<S extends z.ZodObject>(
  definition: ServiceDefinition<S>,
  config: z.output<S> & ServiceConfig,
  logger: Logger,
): Promise<void> {
  const app = await NestFactory.create<NestExpressApplication>(definition.module(config, logger), {
    logger: new NestLog(logger),
    abortOnError: false,
    bodyParser: false,
    forceCloseConnections: true,
  });
  app.enableShutdownHooks();
  app.getHttpAdapter().getInstance().disable('x-powered-by');
  if (!definition.pages) app.useGlobalFilters(new HttpErrors(logger));
  await definition.prepare?.(app, config, logger);
  if (definition.consumes) {
    const server = new HubKafkaServer(
      identityOf(definition.name, config),
      definition.name,
      app.get(DeadLetters),
      logger,
    );
    app.connectMicroservice({ strategy: server }, { inheritAppConfig: false });
  }
  if (definition.sends) app.get(OutboxRelay).start();
  // HTTP first: joining the consumer group waits for a member that was killed, and the pages need not.
  await app.listen(config.HTTP_PORT, config.HTTP_HOST);
  if (definition.consumes) await app.startAllMicroservices();
  logger.info({ port: config.HTTP_PORT }, 'ready');

  let ending = false;
  const end = async () => {
    if (ending) return;
    ending = true;
    setTimeout(() => process.exit(0), LONGEST_END_MS).unref();
    await app
      .get(OutboxRelay, { strict: false })
      .stop()
      .catch(() => undefined);
    await app.close().catch(() => undefined);
    await app
      .get(Database, { strict: false })
      .client.$disconnect()
      .catch(() => undefined);
    process.exit(0);
  };
  process.once('SIGTERM', end);
  process.once('SIGINT', end);
  process.once('disconnect', end);
}
