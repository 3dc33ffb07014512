import { agencyById, HubError, topics, type FeedName } from '#contracts';
import { appendAudit, Database, enqueue, OutboxRelay } from '#platform';
import { Inject, Injectable } from '@nestjs/common';
import { createHash, randomUUID } from 'node:crypto';
import { actorOf } from '../allowing/allow.js';
import type { SessionUser } from '../signing-in/session-user.js';
import { requireSealed } from './sealed-body.js';
import { UploadsRepository } from './uploads.repository.js';

/** What the sender says a sealed batch is; ingest believes only what is signed inside. */
export interface BatchLabel {
  feed: FeedName;
  submission: string;
  batch: number;
  batches: number;
}

/** Batches of one agency that may wait for the broker at a time: an agency's flood does not fill the outbox everybody shares. */
const MOST_WAITING = 32;

/** Puts a batch that was sealed in a browser on the topic of its sender's agency, unopened; ingest judges it as any other. */
@Injectable()
export class HandingOn {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(UploadsRepository) private readonly uploads: UploadsRepository,
    @Inject(OutboxRelay) private readonly outbox: OutboxRelay,
  ) {}

  /**
   * May be asked again with the same bytes: nothing is sent twice.
   * @throws HubError `wrong_agency` · `feed_not_permitted` · `not_encrypted_to_hub` · `conflict` (other bytes under the same batch) · `busy`
   */
  async take(user: SessionUser, label: BatchLabel, body: Buffer): Promise<{ again: boolean }> {
    const agency = agencyOf(user);
    requireSealed(body);
    if (!(await this.uploads.permittedFeeds(agency)).includes(label.feed))
      throw new HubError('feed_not_permitted', 'Your agreement does not let you send this feed.', { status: 403 });
    const digest = createHash('sha256').update(body).digest();
    const again = await this.database.unitOfWork(async (tx) => {
      const upload = { id: randomUUID(), agency, ...label, digest, size: body.length, sentBy: user.id };
      if (!(await this.uploads.add(tx, upload))) {
        const before = await this.uploads.digestOf(tx, agency, label.submission, label.batch);
        if (before?.equals(digest)) return true;
        throw new HubError(
          'conflict',
          'This batch of this submission was sent with other content. Begin a new submission.',
        );
      }
      if ((await this.uploads.waiting(tx, topics.feeds(agency))) >= MOST_WAITING)
        throw new HubError(
          'busy',
          'Your last batches are still on their way. Nothing of this one was kept; send it again in a moment.',
        );
      await appendAudit(tx, {
        actor: actorOf(user),
        action: 'BatchUploaded',
        object: { type: 'upload', id: upload.id },
        outcome: 'handed_on',
        detail: {
          agency,
          feed: label.feed,
          submission: label.submission,
          batch: label.batch,
          digest: digest.toString('hex'),
        },
      });
      await enqueue(tx, 'portal', { topic: topics.feeds(agency), key: label.feed, value: body });
      return false;
    });
    this.outbox.nudge();
    return { again };
  }
}

/** The agency somebody sends for: the one their account is bound to, and no other. @throws HubError `wrong_agency` without one */
export function agencyOf(user: SessionUser): string {
  if (agencyById(user.agency)) return user.agency;
  throw new HubError('wrong_agency', 'Your account is not bound to an agency. Ask your administrator.');
}
