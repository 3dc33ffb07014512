import { Database } from '#platform';
import { Controller, Get, Inject, Injectable, Render } from '@nestjs/common';
import { Allow } from '../allowing/allow.js';

/** Dead letters of one kind: where they wait, why, and since when. */
export interface DeadLetterCount {
  service: string;
  topic: string;
  reason: string;
  count: number;
  attempts: number;
  firstAt: Date;
  lastAt: Date;
}

/** Every service's dead letters, as counts: nobody sees a message here. */
@Injectable()
export class DeadLetterCounts {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** Oldest first. */
  async all(): Promise<DeadLetterCount[]> {
    return this.database.client.$queryRaw<DeadLetterCount[]>`
      SELECT service, topic, reason, count, attempts, first_at AS "firstAt", last_at AS "lastAt"
      FROM portal.dead_letter_count ORDER BY first_at, service, topic, reason`;
  }

  async total(): Promise<number> {
    return (await this.all()).reduce((sum, { count }) => sum + count, 0);
  }
}

@Controller('system/dead-letters')
export class DeadLettersPageController {
  constructor(@Inject(DeadLetterCounts) private readonly counts: DeadLetterCounts) {}

  @Get()
  @Allow('administrator')
  @Render('system/dead-letters.njk')
  async page() {
    const rows = await this.counts.all();
    return { title: 'Dead letters', rows, total: rows.reduce((sum, { count }) => sum + count, 0) };
  }
}
