import { Database } from '#platform';
import { Inject, Injectable } from '@nestjs/common';

export interface FoundPerson {
  id: string;
  role: string;
  agency: string;
  feed: string;
  caseId: string;
  caseNumber: string;
  links: number;
  createdAt: Date;
}

@Injectable()
export class PeopleRepository {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** The case of this number, given in capitals. */
  async caseNumbered(number: string): Promise<string | null> {
    const [row] = await this.database.client.$queryRaw<{ id: string }[]>`
      SELECT id FROM portal."case" WHERE number = ${number}`;
    return row?.id ?? null;
  }

  async numberOf(caseId: string): Promise<string | null> {
    const [row] = await this.database.client.$queryRaw<{ number: string }[]>`
      SELECT number FROM portal."case" WHERE id = ${caseId}::uuid`;
    return row?.number ?? null;
  }

  /** The people of a case: the victim first. Ids only. */
  async inCase(caseId: string): Promise<FoundPerson[]> {
    return this.database.client.$queryRaw<FoundPerson[]>`
      SELECT s.id, p.role, s.agency, s.feed, c.id AS "caseId", c.number AS "caseNumber", s.created_at AS "createdAt",
        (SELECT count(*)::int FROM portal.match m WHERE m.subject_id = s.id AND m.status = 'linked') AS links
      FROM portal."case" c JOIN portal.case_person p ON p.case_id = c.id JOIN portal.subject s ON s.id = p.subject_id
      WHERE c.id = ${caseId}::uuid
      ORDER BY array_position(ARRAY['victim', 'perpetrator', 'child', 'other'], p.role), s.id`;
  }

  /** A subject, the records linked to it and its cases. Ids only. */
  async one(id: string) {
    const { client } = this.database;
    const [subject] = await client.$queryRaw<
      { id: string; role: string; agency: string; feed: string; recordId: string; part: string; createdAt: Date }[]
    >`
      SELECT id, role, agency, feed, record_id AS "recordId", part, created_at AS "createdAt" FROM portal.subject WHERE id = ${id}::uuid`;
    if (!subject) return null;
    const [links, cases] = await Promise.all([
      client.$queryRaw<
        { matchId: string; recordId: string; agency: string; feed: string; part: string; receivedAt: Date }[]
      >`
        SELECT m.id AS "matchId", m.record_id AS "recordId", m.agency, m.feed, m.part, r.received_at AS "receivedAt"
        FROM portal.match m JOIN portal.visible_record r ON r.id = m.record_id
        WHERE m.subject_id = ${id}::uuid AND m.status = 'linked' ORDER BY r.received_at DESC`,
      client.$queryRaw<{ id: string; number: string; role: string }[]>`
        SELECT c.id, c.number, p.role FROM portal."case" c JOIN portal.case_person p ON p.case_id = c.id
        WHERE p.subject_id = ${id}::uuid ORDER BY c.number`,
    ]);
    return { ...subject, links, cases };
  }
}
