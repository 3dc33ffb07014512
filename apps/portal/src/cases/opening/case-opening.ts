import type { Events, MaracReferralRow } from '#contracts';
import { appendAudit, Database, OutboxRelay, type Actor } from '#platform';
import { Inject, Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { consentFromFeed } from '../../consent/consent-from-feed.js';
import { ConsentKeeping } from '../../consent/consent-keeping.js';
import { instantsOf } from '../../consent/feed-instant.js';
import { CasesRepository } from '../cases.repository.js';
import { nextNumber } from '../next-number.js';
import { RecordReading } from '../reading/record-reading.js';
import { criteriaOf } from './criteria.js';

type SubjectsChanged = Events['subjects.changed'];
const HUB: Actor = { type: 'service', id: 'portal' };

/** A referral to MARAC becomes one case, however often it is told of. */
@Injectable()
export class CaseOpening {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(RecordReading) private readonly records: RecordReading,
    @Inject(CasesRepository) private readonly cases: CasesRepository,
    @Inject(ConsentKeeping) private readonly consents: ConsentKeeping,
    @Inject(OutboxRelay) private readonly outbox: Pick<OutboxRelay, 'nudge'>,
  ) {}

  /** @returns the case's id; null when the referral can no longer be read (it was replaced or erased meanwhile) */
  async open(event: SubjectsChanged): Promise<string | null> {
    const { recordId } = event;
    const ids = event.subjects.map(({ id }) => id);
    const known = await this.cases.ofReferral(this.database.client, recordId, ids);
    if (known?.recordId === recordId && ids.every((id) => known.people.some((person) => person.subjectId === id)))
      return known.id;
    const reading = { actor: HUB, action: 'ReferralRead', purpose: 'marac', object: { type: 'record', id: recordId } };
    const record = (await this.records.open(reading, [recordId])).get(recordId);
    if (!record || record.feed !== 'marac-referral' || record.state !== 'active') return known?.id ?? null;
    const row = record.row as MaracReferralRow;
    const caseId = await this.write(event, row, record.receivedAt);
    this.outbox.nudge();
    return caseId;
  }

  private async write(event: SubjectsChanged, row: MaracReferralRow, receivedAt: Date): Promise<string> {
    return this.database.unitOfWork(async (tx) => {
      const people = event.subjects.map(({ id, role }) => ({ subjectId: id, role }));
      // Taking the number locks: two deliveries of one referral come one after the other, and the second finds the first's case.
      const number = await nextNumber(tx, 'C', 4);
      const known = await this.cases.ofReferral(
        tx,
        event.recordId,
        people.map(({ subjectId }) => subjectId),
      );
      const id = known?.id ?? randomUUID();
      const criteria = criteriaOf(row);
      if (known) await this.cases.follow(tx, id, { recordId: event.recordId, criteria }, people);
      else {
        const referredAt = row.referredAt ? instantsOf(row.referredAt).first : receivedAt;
        await this.cases.open(
          tx,
          { id, number, recordId: event.recordId, referrer: event.agency, criteria, referredAt },
          people,
        );
      }
      await appendAudit(tx, {
        actor: HUB,
        action: known ? 'CaseUpdated' : 'CaseOpened',
        purpose: 'marac',
        case: id,
        object: { type: 'case', id },
        outcome: known ? 'updated' : 'opened',
        detail: {
          record: event.recordId,
          people: people.length,
          children: people.filter(({ role }) => role === 'child').length,
        },
      });
      await this.consentOfVictim(tx, event, row, receivedAt);
      return id;
    });
  }

  private async consentOfVictim(
    tx: Parameters<ConsentKeeping['record']>[0],
    event: SubjectsChanged,
    row: MaracReferralRow,
    receivedAt: Date,
  ) {
    const said = consentFromFeed(row.consent, receivedAt);
    const victim = event.subjects.find(({ role }) => role === 'victim');
    if (!said || !victim) return;
    const from = { subjectId: victim.id, recordId: event.recordId, dated: row.consent?.at !== undefined };
    await this.consents.recordFromFeed(tx, said, from);
  }
}
