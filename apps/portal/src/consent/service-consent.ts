import type { DvServiceRow, Events } from '#contracts';
import { Database, OutboxRelay, takeOnce, type ReceivedMessage } from '#platform';
import { Inject, Injectable } from '@nestjs/common';
import { RecordReading } from '../cases/reading/record-reading.js';
import { consentFromFeed } from './consent-from-feed.js';
import { ConsentKeeping } from './consent-keeping.js';

/** What Women's Aid recorded of a client's consent, and of its withdrawal, kept as the hub's. */
@Injectable()
export class ServiceConsent {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(RecordReading) private readonly records: RecordReading,
    @Inject(ConsentKeeping) private readonly consents: ConsentKeeping,
    @Inject(OutboxRelay) private readonly outbox: Pick<OutboxRelay, 'nudge'>,
  ) {}

  /** @param message whose effects these are: taken once, by the record it tells of */
  async take(message: ReceivedMessage, event: Events['subjects.changed']): Promise<void> {
    const { recordId } = event;
    const client = event.subjects.find(({ part }) => part === 'person');
    if (!client) return;
    const reading = {
      actor: { type: 'service', id: 'portal' } as const,
      action: 'ConsentRead',
      purpose: 'consent',
      object: { type: 'record', id: recordId },
    };
    const record = (await this.records.open(reading, [recordId])).get(recordId);
    // A version that was replaced meanwhile: the newer one's own message says how consent stands.
    if (!record || record.feed !== 'dv-service' || record.state !== 'active') return;
    const { consent } = record.row as DvServiceRow;
    const said = consentFromFeed(consent, record.receivedAt);
    if (!said) return;
    await this.database.unitOfWork(async (tx) => {
      if (!(await takeOnce(tx, 'portal', message, `consent/${recordId}`))) return;
      await this.consents.recordFromFeed(tx, said, {
        subjectId: client.id,
        recordId,
        dated: consent?.at !== undefined,
      });
    });
    this.outbox.nudge();
  }
}
