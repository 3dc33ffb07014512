import { topics } from '#contracts';
import { appendAudit, Database, type Db } from '#platform';
import { Inject, Injectable } from '@nestjs/common';
import { RecipientsRepository } from '../deciding/recipients.repository.js';
import { CasesRepository } from '../gathering/cases.repository.js';
import { RegisteredKeys } from '../registered/registered-keys.js';
import { OutboxRepository } from '../sending/outbox.repository.js';
import { RequestsRepository, type AskedHistory } from './requests.repository.js';

/** History requests that have not left yet: a request names people, so it is held against who may learn of them until it leaves. */
@Injectable()
export class UnsentRequests {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(RequestsRepository) private readonly requests: RequestsRepository,
    @Inject(CasesRepository) private readonly cases: CasesRepository,
    @Inject(RecipientsRepository) private readonly recipients: RecipientsRepository,
    @Inject(RegisteredKeys) private readonly keys: RegisteredKeys,
    @Inject(OutboxRepository) private readonly outbox: OutboxRepository,
  ) {}

  /** @returns why this agency may not be asked, or null when it may */
  async refused(db: Db, { reviewId, agency }: AskedHistory): Promise<string | null> {
    const [review] = (await this.cases.occasion(db, 'dhr', reviewId))?.cases ?? [];
    if (!review?.review?.open) return 'review_not_open';
    const recipient = await this.recipients.find(db, agency);
    if (!recipient) return 'unknown_agency';
    const close = [...recipient.conflicts, ...recipient.actsFor];
    return close.some((subject) => review.personOf.has(subject)) ? 'conflict_of_interest' : null;
  }

  /** In the caller's transaction, that of the sending. @returns false when it may not leave: it is taken back then, with the reason logged */
  async stopUnlessStanding(tx: Db, id: string): Promise<boolean> {
    const request = await this.requests.queued(tx, id);
    if (!request) return false;
    const refused = await this.refused(tx, request);
    const stands = await this.keys.stands(tx, request.agency, request.recipientKey);
    const why = refused ?? (stands ? null : 'key_revoked');
    if (why) await this.stop(tx, request, why);
    return why === null;
  }

  /** One that the broker will never take. */
  async fail(id: string, code: string): Promise<void> {
    await this.database.unitOfWork(async (tx) => {
      const request = await this.requests.queued(tx, id);
      if (request) await this.stop(tx, request, code);
    });
  }

  private async stop(tx: Db, { id, agency, reviewId }: AskedHistory, why: string): Promise<void> {
    await this.outbox.remove(tx, topics.historyRequests(agency), id);
    await this.requests.unmark(tx, id);
    const auditId = await appendAudit(tx, {
      actor: { type: 'service', id: 'disclosure' },
      action: 'HistoryRequestStopped',
      purpose: 'dhr',
      object: { type: 'history-request', id },
      outcome: why,
      detail: { recipient: agency, review: reviewId },
    });
    await this.requests.logged(tx, id, auditId);
  }
}
