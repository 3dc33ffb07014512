import { HubError, type AgencyHistoryRow } from '#contracts';
import { Database } from '#platform';
import { Inject, Injectable } from '@nestjs/common';
import { actorOf } from '../../allowing/allow.js';
import { RecordReading } from '../../cases/reading/record-reading.js';
import type { SessionUser } from '../../signing-in/session-user.js';
import { ReviewsRepository, type ReviewRow } from '../reviews.repository.js';
import { mergeEvents, type Gap, type MergedEvent, type OpenedAnswer, type Scope } from './merge-events.js';

/** What one agency answered, beside its events. */
export interface AgencyAnswer {
  agency: string;
  receivedAt: Date;
  known: boolean;
  events: number;
  recordsSecured: string | boolean | null;
  imrNeeded: boolean | null;
  lastContact: string | null;
}

export interface ChronologyView {
  id: string;
  number: string;
  scope: Scope;
  entries: (MergedEvent | Gap)[];
  answers: AgencyAnswer[];
  nothingKnown: { agency: string; receivedAt: Date }[];
  /** asked, and not answered yet */
  outstanding: { agency: string; dueBy: Date; overdue: boolean }[];
}

/** The integrated chronology of a review: every agency's history in one order, each event with its source. */
@Injectable()
export class Chronology {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(ReviewsRepository) private readonly reviews: ReviewsRepository,
    @Inject(RecordReading) private readonly records: RecordReading,
  ) {}

  async open(user: SessionUser, reviewId: string): Promise<ChronologyView> {
    const review = await this.reviews.find(this.database.client, reviewId);
    if (!review) throw new HubError('not_found', 'There is no such review.');
    const answers = await this.answers(user, review);
    const scope = { from: isoDate(review.scopeFrom), to: isoDate(review.scopeTo) };
    const told = answers.map(answerOf);
    const answered = new Set(answers.map(({ agency }) => agency));
    const now = new Date();
    return {
      id: review.id,
      number: review.number,
      scope,
      entries: mergeEvents(answers, scope),
      answers: told,
      nothingKnown: [...answered]
        .filter((agency) => told.filter((one) => one.agency === agency).every(({ known }) => !known))
        .map((agency) => ({ agency, receivedAt: told.find((one) => one.agency === agency)!.receivedAt })),
      outstanding: review.requests
        .filter(({ agency }) => !answered.has(agency))
        .map(({ agency, dueBy }) => ({ agency, dueBy, overdue: dueBy < now })),
    };
  }

  /** Answers as they stand: one that its agency has since corrected or taken back is left out. */
  private async answers(user: SessionUser, review: ReviewRow): Promise<OpenedAnswer[]> {
    const ids = review.requests.flatMap((request) => request.answers.map(({ recordId }) => recordId));
    const object = { type: 'review', id: review.id };
    const opened = await this.records.open(
      { actor: actorOf(user), action: 'ChronologyViewed', purpose: 'dhr', object },
      ids,
    );
    return [...opened.values()]
      .filter((record) => record.state === 'active' && record.feed === 'agency-history')
      .map(({ id, agency, receivedAt, row }) => ({ recordId: id, agency, receivedAt, row: row as AgencyHistoryRow }))
      .sort((a, b) => a.agency.localeCompare(b.agency) || a.receivedAt.getTime() - b.receivedAt.getTime());
  }
}

function answerOf({ agency, receivedAt, row }: OpenedAnswer): AgencyAnswer {
  return {
    agency,
    receivedAt,
    known: row.known === 'yes',
    events: row.events?.length ?? 0,
    recordsSecured: row.recordsSecured ?? null,
    imrNeeded: row.imrNeeded ?? null,
    lastContact: row.lastContact ?? null,
  };
}

/** A date column: midnight UTC of its day. */
function isoDate(date: Date | null): string | null {
  return date ? date.toISOString().slice(0, 10) : null;
}
