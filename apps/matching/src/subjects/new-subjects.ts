import { appendAudit, Database, enqueue, OutboxRelay } from '#platform';
import { Inject, Injectable } from '@nestjs/common';
import type { OpenedRecord } from '../reading/record-reader.js';
import { SubjectsRepository, type SubjectRef } from './subjects.repository.js';

/** Makes subjects of the people a referral or a Women's Aid row names, committed before anything is compared with them. */
@Injectable()
export class NewSubjects {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(SubjectsRepository) private readonly subjects: SubjectsRepository,
    @Inject(OutboxRelay) private readonly outbox: OutboxRelay,
  ) {}

  async make(records: OpenedRecord[]): Promise<SubjectRef[]> {
    if (records.length === 0) return [];
    const made = await this.database.unitOfWork(async (tx) => {
      const all: SubjectRef[] = [];
      for (const record of records) {
        await this.subjects.moveToVersion(tx, record);
        const subjects = await this.subjects.ofRecord(tx, record);
        if (subjects.length === 0) continue;
        all.push(...subjects);
        const { id: recordId, agency, feed } = record;
        const value = { recordId, agency, feed, subjects: subjects.map(({ id, part, role }) => ({ id, part, role })) };
        await enqueue(tx, 'matching', { topic: 'subjects.changed', key: recordId, value });
      }
      await appendAudit(tx, {
        actor: { type: 'service', id: 'matching' },
        action: 'SubjectsAdded',
        purpose: 'matching',
        object: { type: 'record', id: records[0]!.id },
        outcome: 'added',
        detail: { records: records.length, subjects: all.length },
      });
      return all;
    });
    this.outbox.nudge();
    return made;
  }
}
