import { appendAudit, type Actor, type Db } from '#platform';
import { Inject, Injectable } from '@nestjs/common';
import { sendEvent } from '../cases/send-event.js';
import type { NewConsent } from './consent.js';
import type { ConsentFromFeed } from './consent-from-feed.js';
import { ConsentsRepository } from './consents.repository.js';

/** Records giving and withdrawing, with audit and event, in the caller's transaction: what rests on a withdrawal stops at its commit. */
@Injectable()
export class ConsentKeeping {
  constructor(@Inject(ConsentsRepository) private readonly consents: ConsentsRepository) {}

  /** @returns the consent's id */
  async record(tx: Db, actor: Actor, consent: NewConsent, caseId?: string): Promise<string> {
    const consentId = await this.consents.add(tx, consent);
    await appendAudit(tx, {
      actor,
      action: consent.status === 'given' ? 'ConsentGiven' : 'ConsentWithdrawn',
      object: { type: 'subject', id: consent.subjectId },
      outcome: consent.status,
      ...(caseId ? { case: caseId } : {}),
      detail: { consent: consentId, purposes: consent.purposes.join(' '), recipients: consent.recipients.length },
    });
    await sendEvent(tx, 'consents.changed', consent.subjectId, { subjectId: consent.subjectId, consentId });
    return consentId;
  }

  /**
   * What a row says, unless it only repeats what the same service said last: a row is sent again with every extract.
   * A refusal counts only where something was given before, to this or a merged subject. A giving that does not say when is as old as
   * the row may be: after a withdrawal it is not taken, so that a row sent again for another reason cannot undo it.
   */
  async recordFromFeed(
    tx: Db,
    said: ConsentFromFeed,
    from: { subjectId: string; recordId: string; dated: boolean },
  ): Promise<string | null> {
    const earlier = await this.consents.ofPerson(tx, from.subjectId);
    if (said.refusal && !earlier.some((consent) => consent.status === 'given')) return null;
    const last = earlier
      .filter((consent) => consent.subjectId === from.subjectId && consent.recordedBy.startsWith('record:'))
      .sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime())[0];
    const { refusal: _refusal, ...consent } = said;
    if (last && repeats(last, consent, from.dated)) return null;
    const actor = { type: 'service', id: 'portal' } as const;
    if (said.status === 'given' && !from.dated && earlier.some(({ status }) => status === 'withdrawn')) {
      await appendAudit(tx, {
        actor,
        action: 'ConsentIgnored',
        object: { type: 'subject', id: from.subjectId },
        outcome: 'undated_after_withdrawal',
        detail: { record: from.recordId },
      });
      return null;
    }
    return this.record(tx, actor, { ...consent, subjectId: from.subjectId, recordedBy: `record:${from.recordId}` });
  }
}

/** @param dated whether the row says when: without a date the time is only when the row arrived */
function repeats(last: NewConsent, said: Omit<NewConsent, 'subjectId' | 'recordedBy'>, dated: boolean): boolean {
  const scope = (c: Pick<NewConsent, 'purposes' | 'recipients' | 'categories'>) =>
    JSON.stringify([c.purposes, c.recipients, c.categories].map((list) => [...list].sort()));
  return (
    last.status === said.status && scope(last) === scope(said) && (!dated || last.at.getTime() === said.at.getTime())
  );
}
