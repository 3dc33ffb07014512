import type { Db } from '#platform';
import { Injectable } from '@nestjs/common';

/** One person as one record names them. */
export interface Mention {
  subjectId: string;
  recordId: string;
  part: string;
  /** the record that made the subject, not one that was linked to it */
  own: boolean;
}

/** A record as it is stored: still sealed. */
export interface StoredRecord {
  id: string;
  agency: string;
  feed: string;
  body: Uint8Array;
  state: string;
  receivedAt: Date;
  endedAt: Date | null;
}

/** Where people stand in records: by their own subject's record, and by links that a person confirmed. */
@Injectable()
export class PeopleRecordsRepository {
  /** The records that made these subjects, and those confirmed to be about them. */
  async mentions(db: Db, subjectIds: readonly string[]): Promise<Mention[]> {
    return db.$queryRaw<Mention[]>`
      SELECT id AS "subjectId", record_id AS "recordId", part, true AS own FROM portal.subject WHERE id = ANY(${[...subjectIds]}::uuid[])
      UNION ALL SELECT subject_id, record_id, part, false FROM portal.match
      WHERE subject_id = ANY(${[...subjectIds]}::uuid[]) AND status = 'linked' AND kind = 'record'`;
  }

  /** Matches nobody has decided yet, by subject: those the queue asks about, so none of a record that has ended. */
  async waiting(db: Db, subjectIds: readonly string[]): Promise<Map<string, number>> {
    const rows = await db.$queryRaw<{ subjectId: string; matches: number }[]>`
      SELECT subject_id AS "subjectId", count(*)::int AS matches FROM portal.match m
      WHERE subject_id = ANY(${[...subjectIds]}::uuid[]) AND status IN ('proposed', 'closer-look', 'parked')
        AND EXISTS (SELECT 1 FROM portal.visible_record r WHERE r.id = m.record_id AND r.state = 'active')
      GROUP BY subject_id`;
    return new Map(rows.map((row) => [row.subjectId, row.matches]));
  }

  /** Records a person may be shown; one that may not is missing. */
  async stored(db: Db, ids: readonly string[]): Promise<StoredRecord[]> {
    if (ids.length === 0) return [];
    return db.$queryRaw<StoredRecord[]>`
      SELECT id, agency, feed, body, state, received_at AS "receivedAt", ended_at AS "endedAt"
      FROM portal.visible_record WHERE id = ANY(${[...new Set(ids)]}::uuid[])`;
  }
}
