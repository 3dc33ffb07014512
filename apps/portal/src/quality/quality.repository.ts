import type { QualityMeasure } from '#contracts';
import { Database } from '#platform';
import { Inject, Injectable } from '@nestjs/common';

/** How many of one submission's rows or people a measure found. Counts only. */
export interface QualityCount {
  agency: string;
  feed: string;
  submission: string;
  measure: QualityMeasure;
  affected: number;
  total: number;
  at: Date;
}

export interface Incomplete {
  agency: string;
  feed: string;
  id: string;
  batches: number;
  taken: number;
  missing: number[];
  incompleteAt: Date;
}

/** Submissions a feed's history goes back by. */
const SUBMISSIONS = 26;

/** What ingest counted, as the portal's views show it. */
@Injectable()
export class QualityRepository {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** Of every feed of these agencies (null: of all) the latest submissions' counts, oldest first. */
  async counts(agency: string | null): Promise<QualityCount[]> {
    return this.database.client.$queryRaw<QualityCount[]>`
      WITH latest AS (
        SELECT agency, feed, submission, min(first_at) AS at,
               row_number() OVER (PARTITION BY agency, feed ORDER BY min(first_at) DESC) AS place
        FROM portal.data_quality WHERE ${agency}::text IS NULL OR agency = ${agency}
        GROUP BY agency, feed, submission)
      SELECT q.agency, q.feed, q.submission, q.measure, q.affected, q.total, l.at
      FROM latest l JOIN portal.data_quality q USING (agency, feed, submission)
      WHERE l.place <= ${SUBMISSIONS} ORDER BY q.agency, q.feed, l.at, q.submission`;
  }

  /** Submissions whose missing batches never came. */
  async incomplete(agency: string | null): Promise<Incomplete[]> {
    return this.database.client.$queryRaw<Incomplete[]>`
      SELECT agency, feed, id, batches, taken, missing, incomplete_at AS "incompleteAt" FROM portal.submission
      WHERE incomplete_at IS NOT NULL AND complete_at IS NULL AND (${agency}::text IS NULL OR agency = ${agency})
      ORDER BY incomplete_at DESC LIMIT 50`;
  }
}
