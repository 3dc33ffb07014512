import type { Events } from '#contracts';
import { appendAudit, Database, takeOnce, type ReceivedMessage } from '#platform';
import { Inject, Injectable } from '@nestjs/common';
import { isId } from '../../answering/id-of.js';
import { ReviewsRepository } from '../reviews.repository.js';

/**
 * Links answers to the requests they answer. Only an agency that was asked, and only while the review is open: any other answer stays
 * sealed, because a record is visible only once it is linked.
 */
@Injectable()
export class HistoriesReceived {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(ReviewsRepository) private readonly reviews: ReviewsRepository,
  ) {}

  async link(message: ReceivedMessage, event: Events['records.accepted']): Promise<void> {
    const told = (event.histories ?? []).map(({ recordId, requestRef }) => ({
      recordId,
      requestId: requestRef.toLowerCase(),
    }));
    // What an agency writes as its request's reference may be anything.
    const ids = [...new Set(told.map(({ requestId }) => requestId).filter(isId))];
    await this.database.unitOfWork(async (tx) => {
      if (!(await takeOnce(tx, 'portal', message, `histories/${event.batchId}`))) return;
      const open = await this.reviews.openRequests(tx, event.agency, ids);
      for (const [requestId, { reviewId }] of open) {
        const answers = told.filter((answer) => answer.requestId === requestId);
        if ((await this.reviews.link(tx, answers)) === 0) continue;
        await this.audit(tx, event, { type: 'history-request', id: requestId }, 'received', {
          review: reviewId,
          records: answers.length,
        });
      }
      const refused = told.filter(({ requestId }) => !open.has(requestId)).length;
      if (refused > 0)
        await this.audit(tx, event, { type: 'batch', id: event.batchId }, 'not_asked', { records: refused });
    });
  }

  private async audit(
    tx: Parameters<typeof appendAudit>[0],
    event: Events['records.accepted'],
    object: { type: string; id: string },
    outcome: string,
    detail: Record<string, string | number>,
  ) {
    const actor = { type: 'agency', id: event.agency } as const;
    await appendAudit(tx, { actor, action: 'HistoryReceived', purpose: 'dhr', object, outcome, detail });
  }
}
