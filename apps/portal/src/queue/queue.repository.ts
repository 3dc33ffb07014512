import { Prisma } from '#prisma';
import { Database } from '#platform';
import { Inject, Injectable } from '@nestjs/common';

/** A match that waits for this reviewer. Nothing in it says whether somebody has looked already: the second look is blind. */
export interface WaitingMatch {
  id: string;
  subjectId: string;
  recordId: string;
  part: string;
  agency: string;
  feed: string;
  role: string;
  kind: 'record' | 'subject';
  weight: number;
  probability: number;
  status: string;
  createdAt: Date;
  subjectRole: string;
  subjectAgency: string;
  subjectFeed: string;
  cases: string[];
}

export interface QueueFilter {
  feed?: string | undefined;
  role?: string | undefined;
  kind?: string | undefined;
  agency?: string | undefined;
  /** open (default), or parked: waiting for more information */
  state?: 'open' | 'parked' | undefined;
}

@Injectable()
export class QueueRepository {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** Subjects that may be one person first (they change every other answer), then alleged perpetrators, then oldest and likeliest. */
  async list(reviewer: string, filter: QueueFilter, page: { limit: number; offset: number }): Promise<WaitingMatch[]> {
    return this.database.client.$queryRaw<WaitingMatch[]>`
      ${waiting(reviewer, filter)}
      SELECT w.id, w.subject_id AS "subjectId", w.record_id AS "recordId", w.part, w.agency, w.feed, w.role, w.kind, w.weight,
        w.probability, w.status, w.created_at AS "createdAt", w.subject_role AS "subjectRole", w.subject_agency AS "subjectAgency",
        w.subject_feed AS "subjectFeed",
        ARRAY(SELECT c.number FROM portal.case_person p JOIN portal."case" c ON c.id = p.case_id
              WHERE p.subject_id = w.subject_id ORDER BY c.number) AS cases
      FROM waiting w ORDER BY ${ORDER} LIMIT ${page.limit} OFFSET ${page.offset}`;
  }

  async count(reviewer: string, filter: QueueFilter): Promise<number> {
    const [row] = await this.database.client.$queryRaw<{ count: bigint }[]>`
      ${waiting(reviewer, filter)} SELECT count(*) FROM waiting`;
    return Number(row!.count);
  }

  /** The matches before and after one in the reviewer's queue. After a decision the decided one is gone: then `next` is the first. */
  async neighbours(
    reviewer: string,
    filter: QueueFilter,
    id: string,
  ): Promise<{ previous: string | null; next: string | null }> {
    const rows = await this.database.client.$queryRaw<{ id: string; previous: string | null; next: string | null }[]>`
      ${waiting(reviewer, filter)},
      ordered AS (SELECT id, lag(id) OVER (ORDER BY ${ORDER}) AS previous, lead(id) OVER (ORDER BY ${ORDER}) AS next FROM waiting w)
      SELECT * FROM ordered WHERE id = ${id}::uuid`;
    if (rows[0]) return rows[0];
    const [first] = await this.list(reviewer, filter, { limit: 1, offset: 0 });
    return { previous: null, next: first?.id ?? null };
  }
}

const ORDER = Prisma.sql`(w.kind = 'subject') DESC, w.needs_two DESC, date_trunc('hour', w.created_at), w.weight DESC, w.id`;

/**
 * The same rules as standingOf() (deciding/standing.ts), over all matches at once: votes count unless undone; a link that matching
 * has put back for a closer look is asked anew; who has voted in this round is not asked again.
 * Nobody is asked about a record that has ended: of a deletion no event comes, so the record itself is looked at.
 */
function waiting(reviewer: string, filter: QueueFilter): Prisma.Sql {
  const only = [
    filter.feed ? Prisma.sql`AND feed = ${filter.feed}` : Prisma.empty,
    filter.role ? Prisma.sql`AND role = ${filter.role}` : Prisma.empty,
    filter.kind ? Prisma.sql`AND kind = ${filter.kind}` : Prisma.empty,
    filter.agency ? Prisma.sql`AND agency = ${filter.agency}` : Prisma.empty,
    filter.state === 'parked' ? Prisma.sql`AND parked` : Prisma.sql`AND NOT parked`,
  ];
  return Prisma.sql`
    WITH looked AS (
      SELECT m.id, m.subject_id, m.record_id, m.part, m.agency, m.feed, m.role, m.kind, m.weight, m.probability, m.status,
        m.created_at, m.updated_at, s.role AS subject_role, s.agency AS subject_agency, s.feed AS subject_feed,
        'perpetrator' IN (m.role, s.role, coalesce(o.role, '')) AS needs_two, d.*
      FROM portal.match m
      JOIN portal.subject s ON s.id = m.subject_id
      LEFT JOIN portal.subject o ON o.id = m.other_id
      CROSS JOIN LATERAL (
        SELECT count(*) FILTER (WHERE outcome = 'confirm') AS confirms_all,
          count(*) FILTER (WHERE outcome = 'confirm' AND created_at >= m.updated_at) AS confirms_after,
          count(*) FILTER (WHERE outcome = 'reject') AS rejects_all,
          count(*) FILTER (WHERE outcome = 'reject' AND created_at >= m.updated_at) AS rejects_after,
          coalesce(bool_or(reviewer = ${reviewer} AND outcome <> 'need-more'), false) AS mine_all,
          coalesce(bool_or(reviewer = ${reviewer} AND outcome <> 'need-more' AND created_at >= m.updated_at), false) AS mine_after,
          (array_agg(outcome ORDER BY created_at DESC))[1] AS last_outcome
        FROM portal.decision WHERE match_id = m.id AND undone_at IS NULL
      ) AS d
      WHERE m.status IN ('proposed', 'closer-look', 'parked')
        AND EXISTS (SELECT 1 FROM portal.visible_record r WHERE r.id = m.record_id AND r.state = 'active')
    ),
    rounds AS (
      SELECT *, status = 'closer-look' AND (rejects_all - rejects_after > 0
        OR confirms_all - confirms_after >= CASE WHEN needs_two THEN 2 ELSE 1 END) AS put_back
      FROM looked
    ),
    counted AS (
      SELECT *, CASE WHEN put_back THEN confirms_after ELSE confirms_all END AS confirms,
        CASE WHEN put_back THEN rejects_after ELSE rejects_all END AS rejects,
        CASE WHEN put_back THEN mine_after ELSE mine_all END AS mine,
        coalesce(last_outcome = 'need-more', status = 'parked') AS parked
      FROM rounds
    ),
    waiting AS (
      SELECT * FROM counted
      WHERE rejects = 0 AND NOT mine AND confirms < CASE WHEN needs_two THEN 2 ELSE 1 END
      ${Prisma.join(only, ' ')}
    )`;
}
