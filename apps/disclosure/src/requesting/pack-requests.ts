import { HubError } from '#contracts';
import { appendAudit, Database, takeOnce, type ReceivedMessage } from '#platform';
import { Inject, Injectable } from '@nestjs/common';
import type { Purpose } from '../gathering/case-facts.js';
import { PacksRepository } from '../preparing/packs.repository.js';
import { OccasionsRepository } from './occasions.repository.js';

/** Turns "send the packs of this meeting" into one requested pack for each who is to have one. */
@Injectable()
export class PackRequests {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(OccasionsRepository) private readonly occasions: OccasionsRepository,
    @Inject(PacksRepository) private readonly packs: PacksRepository,
  ) {}

  /** @throws HubError `not_found` where there is no such meeting or review */
  async take(message: ReceivedMessage, purpose: Purpose, id: string, requestedBy: string): Promise<void> {
    await this.database.unitOfWork(async (tx) => {
      const occasion = await this.occasions.find(tx, purpose, id);
      if (!occasion) throw new HubError('not_found', `There is no such meeting or review: ${id}.`);
      // The same asking may come twice as two messages; asking again is a later moment.
      const asked = occasion.requestedAt ? `${purpose}/${id}/${occasion.requestedAt.toISOString()}` : undefined;
      if (!(await takeOnce(tx, 'disclosure', message, asked))) return;
      // Asked again: only those who have none on its way or with them.
      const served = await this.packs.served(tx, purpose, id);
      const recipients = occasion.recipients.filter((recipient) => !served.has(recipient));
      const packs = recipients.map((recipient) => ({ purpose, occasion: id, recipient, requestedBy }));
      await this.packs.request(tx, packs);
      await appendAudit(tx, {
        actor: { type: 'user', id: requestedBy },
        action: 'PacksQueued',
        purpose,
        object: { type: purpose === 'marac' ? 'meeting' : 'review', id },
        outcome: 'queued',
        detail: { packs: packs.length },
      });
    });
  }
}
