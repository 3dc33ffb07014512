import type { Db } from '#platform';
import { Injectable } from '@nestjs/common';
import type { ConsentFact, Source } from './case-facts.js';

interface PersonRow {
  case_id: string;
  subject_id: string;
}

/** `own`: the record made the subject; otherwise a person linked it. */
export interface SourceOfSubject extends Omit<Source, 'person'> {
  subject: string;
  own: boolean;
}

/** Who is who: subjects confirmed to be one person, and the records that tell of them. */
@Injectable()
export class PeopleRepository {
  /** Every subject that is one of a case's people, by case: merged either way, over any number of steps. */
  async personOf(db: Db, people: PersonRow[]): Promise<Map<string, Map<string, string>>> {
    const starts = [...new Set(people.map((row) => row.subject_id))];
    const rows = await db.$queryRaw<{ start: string; id: string }[]>`
      WITH RECURSIVE same AS (
        SELECT id AS start, id, merged_into FROM disclosure.subject WHERE id = ANY(${starts}::uuid[])
        UNION
        SELECT same.start, s.id, s.merged_into
        FROM same JOIN disclosure.subject s ON s.merged_into = same.id OR s.id = same.merged_into
      ) SELECT start, id FROM same`;
    const same = Map.groupBy(rows, (row) => row.start);
    const cases = new Map<string, Map<string, string>>();
    for (const { case_id, subject_id } of people) {
      const of = cases.get(case_id) ?? new Map<string, string>();
      cases.set(case_id, of);
      // Two of the case's subjects may be one person: the first one stands for both.
      const person = of.get(subject_id) ?? subject_id;
      for (const { id } of same.get(subject_id) ?? [{ id: subject_id }]) of.set(id, of.get(id) ?? person);
    }
    return cases;
  }

  /** The records of these subjects: their own, and those linked to them. A record that was replaced is not among them. */
  async sources(db: Db, subjects: string[]): Promise<SourceOfSubject[]> {
    return db.$queryRaw`
      SELECT s.id AS subject, true AS own, s.record_id AS "recordId", s.part, (
          SELECT l.id FROM disclosure.link l
          WHERE l.kind = 'subject' AND l.other_id = s.id AND l.subject_id = ANY(${subjects}::uuid[]) LIMIT 1) AS "matchId"
      FROM disclosure.subject s WHERE s.id = ANY(${subjects}::uuid[])
      UNION ALL
      SELECT l.subject_id, false, l.record_id, l.part, l.id FROM disclosure.link l
      WHERE l.kind <> 'subject' AND l.subject_id = ANY(${subjects}::uuid[])
      ORDER BY 3, 4`;
  }

  async consents(db: Db, subjects: string[]): Promise<(Omit<ConsentFact, 'person'> & { subject: string })[]> {
    return db.$queryRaw`
      SELECT id, subject_id AS subject, at, status, purposes, recipients, categories
      FROM disclosure.consent WHERE subject_id = ANY(${subjects}::uuid[]) ORDER BY at, id`;
  }
}
