import type { Db } from '../database/database.js';

/** What an agency's agreement lets it send of one feed. */
export interface FeedAgreement {
  /** how long its sealed records are kept: `keepUntil` is that many days from now */
  retentionDays: number;
  /** names of the fields it may send (`withinAgreement`); null: all of the feed */
  fields: ReadonlySet<string> | null;
}

/**
 * The agreement in force at this very moment, in the caller's transaction (as `mash_ingest`). Not the transaction's own beginning: a
 * batch that has waited for its turn is judged when it is taken.
 * @returns null where the agency may not send this feed now: `feed_not_permitted`
 */
export async function feedAgreementNow(tx: Db, agency: string, feed: string): Promise<FeedAgreement | null> {
  const [row] = await tx.$queryRaw<{ retention_days: number; fields: string[] | null }[]>`
    SELECT retention_days, fields FROM ingest.permitted_feed
    WHERE agency = ${agency} AND feed = ${feed} AND valid_from <= clock_timestamp()
      AND (valid_to IS NULL OR clock_timestamp() < valid_to)
    ORDER BY valid_from DESC LIMIT 1`;
  return row ? { retentionDays: row.retention_days, fields: row.fields && new Set(row.fields) } : null;
}
