import { HubError } from '#contracts';
import { appendAudit, Database, type Db } from '#platform';
import { Inject, Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { actorOf } from '../../allowing/allow.js';
import type { SessionUser } from '../../signing-in/session-user.js';
import { FeedAgreementsRepository, type NewAgreement } from './feed-agreements.repository.js';

/** The data protection officer enters what was agreed, a second person approves it; from its start on ingest goes by it. */
@Injectable()
export class FeedAgreeing {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(FeedAgreementsRepository) private readonly agreements: FeedAgreementsRepository,
  ) {}

  /** @returns its id */
  async enter(user: SessionUser, given: Omit<NewAgreement, 'id' | 'enteredBy'>): Promise<string> {
    const id = randomUUID();
    await this.database.unitOfWork(async (tx) => {
      await this.agreements.add(tx, { ...given, id, enteredBy: user.id });
      await this.told(tx, user, 'FeedAgreementEntered', id, 'proposed', {
        agency: given.agency,
        feed: given.feed,
        fields: given.fields ? given.fields.join(' ') : 'all',
        retentionDays: given.retentionDays,
        from: given.validFrom.toISOString(),
        to: given.validTo?.toISOString() ?? null,
      });
    });
    return id;
  }

  /** @throws HubError `second_person_required`, `wrong_state`, `not_found` */
  async decide(user: SessionUser, id: string, outcome: 'approved' | 'refused'): Promise<void> {
    await this.database.unitOfWork(async (tx) => {
      const found = await this.agreements.locked(tx, id);
      if (!found) throw new HubError('not_found', 'There is no such agreement.');
      if (found.state !== 'proposed') throw new HubError('wrong_state', 'Somebody has decided on this agreement.');
      const own = found.enteredBy === user.id;
      if (own && outcome === 'approved')
        throw new HubError('second_person_required', 'Somebody else must approve it.', { status: 403 });
      const state = own ? 'withdrawn' : outcome;
      await this.agreements.decide(tx, id, state, user.id);
      const replaced = state === 'approved' ? await this.agreements.endEarlier(tx, id, user.id) : 0;
      const { agency, feed } = found;
      await this.told(tx, user, 'FeedAgreementDecided', id, state, { agency, feed, replaced });
    });
  }

  /** Ends an approved agreement at once: from the commit on the feed is refused. One person may: nothing more gets in by it. */
  async end(user: SessionUser, id: string): Promise<void> {
    await this.database.unitOfWork(async (tx) => {
      const found = await this.agreements.locked(tx, id);
      if (!found) throw new HubError('not_found', 'There is no such agreement.');
      if (found.state !== 'approved' || (found.validTo && found.validTo <= new Date()))
        throw new HubError('wrong_state', 'This agreement is not in force.');
      await this.agreements.end(tx, id, user.id);
      await this.told(tx, user, 'FeedAgreementEnded', id, 'ended', { agency: found.agency, feed: found.feed });
    });
  }

  private async told(
    tx: Db,
    user: SessionUser,
    action: string,
    id: string,
    outcome: string,
    detail: Record<string, string | number | null>,
  ): Promise<void> {
    await appendAudit(tx, { actor: actorOf(user), action, object: { type: 'feed-agreement', id }, outcome, detail });
  }
}
