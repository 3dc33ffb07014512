import type { PersonRole } from '#contracts';
import type { Db } from '#platform';
import { Injectable } from '@nestjs/common';

export interface ReviewPerson {
  subjectId: string;
  role: PersonRole;
  deceased: boolean;
}

export interface RequestRow {
  id: string;
  agency: string;
  dueBy: Date;
  requestedAt: Date;
  answers: { recordId: string; receivedAt: Date }[];
}

export interface ReviewRow {
  id: string;
  number: string;
  regime: string;
  /** notified, or what was decided */
  outcome: string;
  reasonId: string | null;
  openedAt: Date | null;
  closedAt: Date | null;
  scopeFrom: Date | null;
  scopeTo: Date | null;
  packsRequestedAt: Date | null;
  createdAt: Date;
  people: ReviewPerson[];
  members: { agency: string }[];
  requests: RequestRow[];
}

const WHOLE = {
  people: true,
  members: { orderBy: { agency: 'asc' } },
  requests: { orderBy: { agency: 'asc' }, include: { answers: { orderBy: { receivedAt: 'asc' } } } },
} as const;

@Injectable()
export class ReviewsRepository {
  async find(db: Db, id: string): Promise<ReviewRow | null> {
    return (await db.review.findUnique({ where: { id }, include: WHOLE })) as ReviewRow | null;
  }

  /** Newest first. */
  async all(db: Db): Promise<ReviewRow[]> {
    return (await db.review.findMany({
      include: WHOLE,
      orderBy: { createdAt: 'desc' },
      take: 200,
    })) as unknown as ReviewRow[];
  }

  /** One decision after the other: whoever decides has the row to themselves. */
  async lock(tx: Db, id: string): Promise<void> {
    await tx.$executeRaw`SELECT 1 FROM portal.review WHERE id = ${id}::uuid FOR UPDATE`;
  }

  async notify(tx: Db, review: Pick<ReviewRow, 'id' | 'number' | 'regime'>, people: ReviewPerson[]) {
    await tx.review.create({ data: { ...review, outcome: 'notified', people: { create: people } } });
  }

  async decide(
    tx: Db,
    id: string,
    decision: Pick<ReviewRow, 'outcome' | 'reasonId' | 'openedAt' | 'closedAt' | 'scopeFrom' | 'scopeTo'>,
    members: string[],
  ) {
    await tx.review.update({ where: { id }, data: decision });
    await tx.reviewMember.createMany({
      data: members.map((agency) => ({ reviewId: id, agency })),
      skipDuplicates: true,
    });
  }

  async ask(tx: Db, reviewId: string, requests: { id: string; agency: string; dueBy: Date }[]) {
    await tx.historyRequest.createMany({ data: requests.map((request) => ({ reviewId, ...request })) });
  }

  /** The time is the database's, as that of the packs disclosure then makes. The caller holds the row (`lock`). */
  async requestPacks(tx: Db, id: string): Promise<void> {
    await tx.$executeRaw`UPDATE portal.review SET packs_requested_at = clock_timestamp() WHERE id = ${id}::uuid`;
  }

  /**
   * Requests of a review that did not get out: disclosure could not send them, or said nothing of them for so long. One that was answered
   * all the same needs no sending.
   * @param patience milliseconds after which no word of a request means that it is lost
   */
  async undelivered(db: Db, reviewId: string, patience: number): Promise<string[]> {
    const rows = await db.$queryRaw<{ id: string }[]>`
      SELECT q.id FROM portal.history_request q LEFT JOIN portal.history_delivery d ON d.request_id = q.id
      WHERE q.review_id = ${reviewId}::uuid AND d.sent_at IS NULL
        AND (d.request_id IS NOT NULL OR q.requested_at < now() - ${patience} * interval '1 millisecond')
        AND NOT EXISTS (SELECT 1 FROM portal.history_answer a WHERE a.request_id = q.id)
      ORDER BY q.agency`;
    return rows.map(({ id }) => id);
  }

  /** Requests to this agency, by id, whose review is still open: the only ones its answers may be linked to. */
  async openRequests(db: Db, agency: string, ids: readonly string[]): Promise<Map<string, { reviewId: string }>> {
    const rows = await db.historyRequest.findMany({
      where: { id: { in: [...ids] }, agency, review: { outcome: 'review', closedAt: null } },
      select: { id: true, reviewId: true },
    });
    return new Map(rows.map(({ id, reviewId }) => [id, { reviewId }]));
  }

  /** @returns how many are new */
  async link(tx: Db, answers: { requestId: string; recordId: string }[]): Promise<number> {
    return (await tx.historyAnswer.createMany({ data: answers, skipDuplicates: true })).count;
  }

  async subjectsExist(db: Db, ids: readonly string[]): Promise<boolean> {
    const wanted = [...new Set(ids)];
    const [row] = await db.$queryRaw<{ found: number }[]>`
      SELECT count(*)::int AS found FROM portal.subject WHERE id = ANY(${wanted}::uuid[])`;
    return row!.found === wanted.length;
  }
}
