import { Database, LOGGER, RegisteredKeys as Registered } from '#platform';
import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';

/** The keys agencies have registered, through this service's own view of them. */
@Injectable()
export class RegisteredKeys extends Registered {
  constructor(@Inject(Database) database: Database, @Inject(LOGGER) log: Logger) {
    super(database, log, 'ingest.registered_key');
  }
}
