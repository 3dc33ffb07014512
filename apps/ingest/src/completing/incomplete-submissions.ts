import { appendAudit, CONFIG, Database, describeError, LOGGER } from '#platform';
import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { Logger } from 'pino';
import type { IngestConfig } from '../config.js';
import { countIncomplete } from '../measuring/feed-metrics.js';
import { BatchesRepository } from '../storing/batches.repository.js';

/**
 * Says, once, which submissions never became whole: no batch has come for a while, or a later submission has begun and the rest would be
 * refused. Until then a `full` one has replaced nothing, and nobody would notice. Told in the audit, a metric, the portal's page and
 * `GET /v1/receipts/<submission>`. Batches that come afterwards are taken all the same.
 */
@Injectable()
export class IncompleteSubmissions implements OnApplicationBootstrap, OnModuleDestroy {
  private timer: NodeJS.Timeout | null = null;

  constructor(
    @Inject(CONFIG)
    private readonly config: Pick<IngestConfig, 'INCOMPLETE_AFTER_MINUTES' | 'INCOMPLETE_CHECK_SECONDS'>,
    @Inject(LOGGER) private readonly log: Logger,
    @Inject(Database) private readonly database: Database,
    @Inject(BatchesRepository) private readonly batches: BatchesRepository,
  ) {}

  onApplicationBootstrap() {
    const look = () =>
      this.tell().catch((error: unknown) =>
        this.log.warn({ err: describeError(error) }, 'incomplete submissions could not be looked for'),
      );
    this.timer = setInterval(() => void look(), this.config.INCOMPLETE_CHECK_SECONDS * 1000).unref();
  }

  onModuleDestroy() {
    if (this.timer) clearInterval(this.timer);
  }

  /** @returns how many were told of; with several instances each submission is told of by one */
  async tell(): Promise<number> {
    const told = await this.database.unitOfWork(async (tx) => {
      const found = await this.batches.markIncomplete(tx, this.config.INCOMPLETE_AFTER_MINUTES);
      for (const { agency, id, feed, batches, taken, superseded } of found)
        await appendAudit(tx, {
          actor: { type: 'service', id: 'ingest' },
          action: 'SubmissionIncomplete',
          object: { type: 'submission', id },
          outcome: superseded ? 'superseded' : 'overdue',
          detail: { agency, feed, batches, taken },
        });
      return found;
    });
    for (const { agency, feed, id } of told) {
      countIncomplete(agency, feed);
      this.log.warn({ agency, feed, submission: id }, 'batches of a submission never came');
    }
    return told.length;
  }
}
