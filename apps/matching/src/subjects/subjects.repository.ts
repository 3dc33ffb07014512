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

/** A subject that goes on in a newer version of its row. */
export interface Move {
  id: string;
  recordId: string;
  part: string;
  role: PersonRole;
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

  async ofRecords(db: Db, recordIds: string[]): Promise<SubjectRef[]> {
    if (recordIds.length === 0) return [];
    return (await db.subject.findMany({ where: { recordId: { in: recordIds } } })) as SubjectRef[];
  }

  /** Subjects are made one batch after the other, across all instances: two versions of a row must not both make them. */
  async lock(tx: Db): Promise<void> {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('matching.subjects'))`;
  }

  /** Which of these records a newer version has not replaced meanwhile. */
  async notReplaced(tx: Db, recordIds: string[]): Promise<Set<string>> {
    const rows = await tx.$queryRaw<{ id: string }[]>`
      SELECT id FROM matching.record WHERE id = ANY(${recordIds}::uuid[]) AND state <> 'superseded'`;
    return new Set(rows.map(({ id }) => id));
  }

  async move(tx: Db, moves: Move[]): Promise<void> {
    if (moves.length === 0) return;
    await tx.$executeRaw`
      UPDATE matching.subject s SET record_id = m.record_id, part = m.part, role = m.role
      FROM unnest(${moves.map(({ id }) => id)}::uuid[], ${moves.map(({ recordId }) => recordId)}::uuid[],
                  ${moves.map(({ part }) => part)}::text[], ${moves.map(({ role }) => role)}::text[]) AS m(id, record_id, part, role)
      WHERE s.id = m.id`;
  }

  /** Makes the subjects of records that are not there yet. @returns ids of the records that got one */
  async add(tx: Db, records: OpenedRecord[]): Promise<Set<string>> {
    const data = records.flatMap(({ id: recordId, agency, feed, people }) =>
      people.map(({ part, role }) => ({ id: randomUUID(), recordId, part, role, agency, feed })),
    );
    const made = await tx.subject.createManyAndReturn({ data, skipDuplicates: true, select: { recordId: true } });
    return new Set(made.map(({ recordId }) => recordId));
  }

  /** A subject is part of the oldest one that a standing link says is the same person, or of none. */
  async mergeAsLinked(tx: Db, id: string): Promise<void> {
    await tx.$executeRaw`
      UPDATE matching.subject SET merged_into = (
        SELECT s.id FROM matching.match m JOIN matching.subject s ON s.id = m.subject_id
        WHERE m.other_id = ${id}::uuid AND m.kind = 'subject' AND m.status = 'linked' ORDER BY s.created_at, s.id LIMIT 1)
      WHERE id = ${id}::uuid`;
  }
}
