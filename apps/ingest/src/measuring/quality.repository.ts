import type { Db } from '#platform';
import { Injectable } from '@nestjs/common';
import type { QualityCount } from './quality.js';

/** Data quality by submission and measure; the portal's page reads it through a view of its own. */
@Injectable()
export class QualityRepository {
  /** Adds a batch's counts to its submission's. */
  async add(
    tx: Db,
    place: { agency: string; submission: string; feed: string },
    counts: QualityCount[],
  ): Promise<void> {
    await tx.$executeRaw`
      INSERT INTO ingest.data_quality AS q (agency, submission, feed, measure, affected, total)
      SELECT ${place.agency}, ${place.submission}::uuid, ${place.feed}, c.measure, c.affected, c.total
      FROM unnest(${counts.map(({ measure }) => measure as string)}::text[], ${counts.map(({ affected }) => affected)}::int[],
                  ${counts.map(({ total }) => total)}::int[]) AS c(measure, affected, total)
      ON CONFLICT (agency, submission, measure)
      DO UPDATE SET affected = q.affected + excluded.affected, total = q.total + excluded.total`;
  }
}
