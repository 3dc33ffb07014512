import type { PersonRole } from '#contracts';
import { Database, type Db } from '#platform';
import { Inject, Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import type { OpenedRecord } from '../reading/record-reader.js';

/** A subject by reference: the person is `part` of `recordId`. */
export interface SubjectRef {
  id: string;
  recordId: string;
  part: string;
  role: PersonRole;
  agency: string;
  feed: string;
  createdAt: Date;
}

@Injectable()
export class SubjectsRepository {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** Every open subject, oldest first. */
  async open(): Promise<SubjectRef[]> {
    const rows = await this.database.client.subject.findMany({
      where: { closedAt: null },
      orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    });
    return rows as SubjectRef[];
  }

  /** The subjects of a record; made when they are not there yet. @returns all of them */
  async ofRecord(tx: Db, record: OpenedRecord): Promise<SubjectRef[]> {
    await tx.subject.createMany({
      data: record.people.map(({ part, role }) => ({
        id: randomUUID(),
        recordId: record.id,
        part,
        role,
        agency: record.agency,
        feed: record.feed,
      })),
      skipDuplicates: true,
    });
    return (await tx.subject.findMany({ where: { recordId: record.id } })) as SubjectRef[];
  }

  /** A new version of a row speaks of the same people: its subjects move to it instead of being made anew. */
  async moveToVersion(tx: Db, record: OpenedRecord): Promise<void> {
    if (!record.previousId) return;
    const parts = record.people.map(({ part }) => part);
    await tx.subject.updateMany({
      where: { recordId: record.previousId, part: { in: parts } },
      data: { recordId: record.id },
    });
  }

  /** A confirmed subject–subject match makes the newer one part of the older; undoing it sets them apart again. */
  async merge(tx: Db, newer: string, into: string | null): Promise<void> {
    await tx.subject.update({ where: { id: newer }, data: { mergedInto: into } });
  }
}
