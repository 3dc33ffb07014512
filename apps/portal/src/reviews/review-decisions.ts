import { HubError } from '#contracts';
import { appendAudit, Database, OutboxRelay, type AuditAct, type Db } from '#platform';
import { Inject, Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { actorOf } from '../allowing/allow.js';
import { CasesRepository } from '../cases/cases.repository.js';
import { nextNumber } from '../cases/next-number.js';
import { sendEvent } from '../cases/send-event.js';
import { instantsOf } from '../consent/feed-instant.js';
import { mayAskAgain, PATIENCE_MS } from '../meetings/packs/asking-again.js';
import { PacksRepository } from '../meetings/packs/packs.repository.js';
import { SealedTexts } from '../sealing/sealed-texts.js';
import type { SessionUser } from '../signing-in/session-user.js';
import type { DecisionForm, RequestsForm, ReviewForm } from './review-forms.js';
import { ReviewsRepository, type ReviewPerson, type ReviewRow } from './reviews.repository.js';

/** From a notified death to histories asked for and packs sent: each step is recorded by a person, none happens by itself. */
@Injectable()
export class ReviewDecisions {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(CasesRepository) private readonly cases: CasesRepository,
    @Inject(ReviewsRepository) private readonly reviews: ReviewsRepository,
    @Inject(PacksRepository) private readonly packs: PacksRepository,
    @Inject(SealedTexts) private readonly texts: SealedTexts,
    @Inject(OutboxRelay) private readonly outbox: Pick<OutboxRelay, 'nudge'>,
  ) {}

  async notify(user: SessionUser, form: ReviewForm): Promise<{ id: string; number: string }> {
    const id = randomUUID();
    return this.database.unitOfWork(async (tx) => {
      const people = 'caseId' in form ? await this.peopleOfCase(tx, form.caseId, form.deceasedSubjectIds) : form.people;
      if (
        !(await this.reviews.subjectsExist(
          tx,
          people.map(({ subjectId }) => subjectId),
        ))
      )
        throw new HubError('not_found', 'The hub holds no such person.');
      const number = await nextNumber(tx, 'R', 3);
      await this.reviews.notify(tx, { id, number, regime: form.regime }, people);
      const deceased = people.filter((person) => person.deceased).length;
      await this.audit(tx, user, 'DeathNotified', id, 'notified', { people: people.length, deceased });
      return { id, number };
    });
  }

  /** @throws HubError `already_decided` */
  async decide(user: SessionUser, id: string, form: DecisionForm): Promise<void> {
    await this.database.unitOfWork(async (tx) => {
      const review = await this.find(tx, id);
      if (review.outcome !== 'notified')
        throw new HubError('already_decided', 'This review has been decided on already.');
      const reasonId = await this.texts.keep(tx, 'review-decision', { reason: form.reason });
      const now = new Date();
      const opens = form.outcome === 'review';
      const decision = {
        outcome: form.outcome,
        reasonId,
        openedAt: opens ? now : null,
        closedAt: opens ? null : now,
        scopeFrom: form.scopeFrom ? new Date(form.scopeFrom) : null,
        scopeTo: form.scopeTo ? new Date(form.scopeTo) : null,
      };
      const members = opens ? [...new Set(form.members)] : [];
      await this.reviews.decide(tx, id, decision, members);
      await this.audit(tx, user, 'ReviewDecided', id, form.outcome, { members: members.length, regime: review.regime });
    });
  }

  /** Agencies asked before are not asked again. @throws HubError `wrong_state` · `conflict` @returns the new requests' ids */
  async ask(user: SessionUser, id: string, form: RequestsForm): Promise<string[]> {
    const dueBy = instantsOf(form.dueBy).last;
    if (dueBy < new Date()) throw new HubError('invalid_request', 'The day the answers are due has passed.');
    const made = await this.database.unitOfWork(async (tx) => {
      const review = this.open(await this.find(tx, id));
      const asked = new Set(review.requests.map(({ agency }) => agency));
      const agencies = [...new Set(form.agencies)].filter((agency) => !asked.has(agency));
      if (agencies.length === 0) throw new HubError('conflict', 'These agencies have been asked already.');
      const requests = agencies.map((agency) => ({ id: randomUUID(), agency, dueBy }));
      await this.reviews.ask(tx, id, requests);
      const requestIds = requests.map((request) => request.id);
      await this.audit(tx, user, 'HistoryRequestMade', id, 'requested', { agencies: agencies.join(' ') });
      await sendEvent(tx, 'packs.requested', id, { kind: 'history-request', requestIds, requestedBy: user.id });
      return requestIds;
    });
    this.outbox.nudge();
    return made;
  }

  /** Sends the requests that did not get out once more, as they are. @throws HubError `wrong_state` · `conflict` @returns their ids */
  async askAgain(user: SessionUser, id: string): Promise<string[]> {
    const sent = await this.database.unitOfWork(async (tx) => {
      this.open(await this.find(tx, id));
      const requestIds = await this.reviews.undelivered(tx, id, PATIENCE_MS);
      if (requestIds.length === 0) throw new HubError('conflict', 'Every request has been sent or is on its way.');
      await this.audit(tx, user, 'HistoryRequestMade', id, 'requested_again', { requests: requestIds.length });
      await sendEvent(tx, 'packs.requested', id, { kind: 'history-request', requestIds, requestedBy: user.id });
      return requestIds;
    });
    this.outbox.nudge();
    return sent;
  }

  /** @throws HubError `wrong_state` · `conflict` when they were asked for before, and each member's is sent or on its way */
  async requestPacks(user: SessionUser, id: string): Promise<void> {
    await this.database.unitOfWork(async (tx) => {
      const review = this.open(await this.find(tx, id));
      if (review.members.length === 0) throw new HubError('wrong_state', 'The review has no panel to send to.');
      const before = review.packsRequestedAt;
      const members = review.members.map(({ agency }) => agency);
      if (before && !mayAskAgain(members, await this.packs.ofReview(tx, id), before))
        throw new HubError('conflict', 'The packs of this review have been asked for already.');
      await this.reviews.requestPacks(tx, id);
      await this.audit(tx, user, 'PacksRequested', id, before ? 'requested_again' : 'requested');
      await sendEvent(tx, 'packs.requested', id, { kind: 'dhr', reviewId: id, requestedBy: user.id });
    });
    this.outbox.nudge();
  }

  private async peopleOfCase(tx: Db, caseId: string, deceased: string[]): Promise<ReviewPerson[]> {
    const found = await this.cases.find(tx, caseId);
    if (!found) throw new HubError('not_found', 'There is no such case.');
    if (!deceased.every((id) => found.people.some(({ subjectId }) => subjectId === id)))
      throw new HubError('not_found', 'Somebody named as having died is not in this case.');
    return found.people.map(({ subjectId, role }) => ({ subjectId, role, deceased: deceased.includes(subjectId) }));
  }

  private async find(tx: Db, id: string): Promise<ReviewRow> {
    await this.reviews.lock(tx, id);
    const review = await this.reviews.find(tx, id);
    if (!review) throw new HubError('not_found', 'There is no such review.');
    return review;
  }

  private open(review: ReviewRow): ReviewRow {
    if (review.outcome !== 'review' || review.closedAt) throw new HubError('wrong_state', 'This review is not open.');
    return review;
  }

  private async audit(
    tx: Db,
    user: SessionUser,
    action: string,
    id: string,
    outcome: string,
    detail: AuditAct['detail'] = {},
  ) {
    await appendAudit(tx, {
      actor: actorOf(user),
      action,
      purpose: 'dhr',
      object: { type: 'review', id },
      outcome,
      detail,
    });
  }
}
