import type { Db } from '#platform';
import { Injectable } from '@nestjs/common';

/** What agencies' agreements let them send. */
@Injectable()
export class PermissionsRepository {
  /** How many days rows of this feed are kept, or null where the agency may not send it now. */
  async retentionDays(tx: Db, agency: string, feed: string): Promise<number | null> {
    const rows = await tx.$queryRaw<{ retention_days: number }[]>`
      SELECT retention_days FROM ingest.permitted_feed
      WHERE agency = ${agency} AND feed = ${feed} AND valid_from <= now() AND (valid_to IS NULL OR now() < valid_to)`;
    return rows[0]?.retention_days ?? null;
  }
}
