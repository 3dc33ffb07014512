import { HubError } from '#contracts';
import { Database } from '#platform';
import { Inject, Injectable } from '@nestjs/common';
import { addMonths } from 'date-fns';
import { actorOf } from '../allowing/allow.js';
import { OpenedPeople } from '../cases/reading/opened-people.js';
import { mayAskAgain, PATIENCE_MS } from '../meetings/packs/asking-again.js';
import { PacksRepository, type PackRow } from '../meetings/packs/packs.repository.js';
import { SealedTexts } from '../sealing/sealed-texts.js';
import type { SessionUser } from '../signing-in/session-user.js';
import { ReviewsRepository, type RequestRow, type ReviewPerson, type ReviewRow } from './reviews.repository.js';

/** A decision is due within one month of the notification (2016 statutory guidance, section 3). */
const DECISION_MONTHS = 1;

const ORDER = ['victim', 'child', 'perpetrator', 'other'];

export const STAGES = ['notified', 'histories', 'writing', 'closed'] as const;
/** notified: to be decided · histories: agencies are asked or owe answers · writing: all have answered · closed */
export type Stage = (typeof STAGES)[number];

export interface ListedReview extends Omit<ReviewRow, 'people' | 'members' | 'requests' | 'reasonId'> {
  stage: Stage;
  decisionDue: Date;
  deceased: number;
  members: string[];
  asked: number;
  answered: number;
  overdue: number;
  /** the next date somebody has to keep */
  nextDue: Date | null;
}

export interface ReviewView extends ListedReview {
  people: (ReviewPerson & { name: string; dateOfBirth: string | null })[];
  reason: string | null;
  requests: (Omit<RequestRow, 'answers'> & {
    answers: number;
    answeredAt: Date | null;
    overdue: boolean;
    /** it did not get out, and may be sent again */
    undelivered: boolean;
  })[];
  /** newest first for each recipient */
  packs: PackRow[];
  /** the packs may be asked for once more */
  again: boolean;
}

@Injectable()
export class ReviewViews {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(ReviewsRepository) private readonly reviews: ReviewsRepository,
    @Inject(OpenedPeople) private readonly people: OpenedPeople,
    @Inject(PacksRepository) private readonly packs: PacksRepository,
    @Inject(SealedTexts) private readonly texts: SealedTexts,
  ) {}

  /** Without names: nothing is opened for a list. */
  async all(): Promise<ListedReview[]> {
    return (await this.reviews.all(this.database.client)).map((review) => listed(review));
  }

  async one(user: SessionUser, id: string): Promise<ReviewView> {
    const review = await this.reviews.find(this.database.client, id);
    if (!review) throw new HubError('not_found', 'There is no such review.');
    const reading = { actor: actorOf(user), action: 'PersonViewed', purpose: 'dhr', object: { type: 'review', id } };
    const opened = await this.people.open(
      reading,
      review.people.map(({ subjectId }) => subjectId),
    );
    const texts = review.reasonId
      ? await this.texts.read<{ reason: string }>(this.database, { ...reading, action: 'DecisionTextRead' }, [
          review.reasonId,
        ])
      : new Map<string, { reason: string }>();
    const now = new Date();
    const packs = await this.packs.ofReview(this.database.client, id);
    const undelivered = await this.reviews.undelivered(this.database.client, id, PATIENCE_MS);
    const members = review.members.map(({ agency }) => agency);
    return {
      ...listed(review, now),
      people: [...review.people]
        .sort((a, b) => ORDER.indexOf(a.role) - ORDER.indexOf(b.role))
        .map((person) => {
          const one = opened.get(person.subjectId);
          return { ...person, name: one?.name ?? 'Name no longer held', dateOfBirth: one?.dateOfBirth ?? null };
        }),
      reason: review.reasonId ? (texts.get(review.reasonId)?.reason ?? null) : null,
      requests: review.requests.map(({ answers, ...request }) => ({
        ...request,
        answers: answers.length,
        answeredAt: answers.at(-1)?.receivedAt ?? null,
        overdue: answers.length === 0 && request.dueBy < now,
        undelivered: undelivered.includes(request.id),
      })),
      packs,
      again: mayAskAgain(members, packs, review.packsRequestedAt, now),
    };
  }
}

function listed(
  { people, members, requests, reasonId: _reason, ...review }: ReviewRow,
  now = new Date(),
): ListedReview {
  const open = requests.filter(({ answers }) => answers.length === 0);
  const decisionDue = addMonths(review.createdAt, DECISION_MONTHS);
  const stage: Stage =
    review.outcome === 'notified'
      ? 'notified'
      : review.closedAt
        ? 'closed'
        : requests.length === 0 || open.length > 0
          ? 'histories'
          : 'writing';
  const dates = stage === 'notified' ? [decisionDue] : open.map(({ dueBy }) => dueBy);
  return {
    ...review,
    stage,
    decisionDue,
    deceased: people.filter((person) => person.deceased).length,
    members: members.map(({ agency }) => agency),
    asked: requests.length,
    answered: requests.length - open.length,
    overdue: open.filter(({ dueBy }) => dueBy < now).length,
    nextDue: dates.sort((a, b) => a.getTime() - b.getTime())[0] ?? null,
  };
}
