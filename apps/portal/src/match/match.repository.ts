import type { FieldEvidence } from '#linkage';
import type { Db } from '#platform';
import { Injectable } from '@nestjs/common';

/** A match with the subject it is about. Ids and weights only. */
export interface MatchRow {
  id: string;
  subjectId: string;
  recordId: string;
  part: string;
  agency: string;
  feed: string;
  role: string;
  /** record: an agency's row about the subject; subject: two subjects that may be one person */
  kind: 'record' | 'subject';
  otherId: string | null;
  weight: number;
  probability: number;
  status: string;
  model: string;
  evidence: { fields?: FieldEvidence[] };
  createdAt: Date;
  updatedAt: Date;
  subjectRole: string;
  subjectAgency: string;
  subjectFeed: string;
  subjectRecordId: string;
  subjectPart: string;
  needsTwo: boolean;
  /** numbers of the cases the subject is in */
  cases: string[];
  caseIds: string[];
}

export interface RelatedMatch {
  id: string;
  relation: 'record' | 'subject';
  subjectRole: string;
  agency: string;
  feed: string;
  probability: number;
  weight: number;
  status: string;
}

@Injectable()
export class MatchRepository {
  async find(db: Db, id: string): Promise<MatchRow | null> {
    const [row] = await db.$queryRaw<MatchRow[]>`
      SELECT m.id, m.subject_id AS "subjectId", m.record_id AS "recordId", m.part, m.agency, m.feed, m.role, m.kind,
        m.other_id AS "otherId", m.weight, m.probability, m.status, m.model, m.evidence, m.created_at AS "createdAt",
        m.updated_at AS "updatedAt", s.role AS "subjectRole", s.agency AS "subjectAgency", s.feed AS "subjectFeed",
        s.record_id AS "subjectRecordId", s.part AS "subjectPart",
        'perpetrator' IN (m.role, s.role, coalesce(o.role, '')) AS "needsTwo",
        ARRAY(SELECT c.number FROM portal.case_person p JOIN portal."case" c ON c.id = p.case_id
              WHERE p.subject_id = m.subject_id ORDER BY c.number) AS cases,
        ARRAY(SELECT p.case_id::text FROM portal.case_person p WHERE p.subject_id = m.subject_id ORDER BY 1) AS "caseIds"
      FROM portal.match m
      JOIN portal.subject s ON s.id = m.subject_id
      LEFT JOIN portal.subject o ON o.id = m.other_id
      WHERE m.id = ${id}::uuid`;
    return row ?? null;
  }

  /** What else the same row, or the same subject, is matched with: the likeliest first. */
  async related(db: Db, match: MatchRow): Promise<RelatedMatch[]> {
    return db.$queryRaw<RelatedMatch[]>`
      SELECT m.id, CASE WHEN m.record_id = ${match.recordId}::uuid THEN 'record' ELSE 'subject' END AS relation,
        s.role AS "subjectRole", m.agency, m.feed, m.probability, m.weight, m.status
      FROM portal.match m JOIN portal.subject s ON s.id = m.subject_id
      WHERE (m.record_id = ${match.recordId}::uuid OR m.subject_id = ${match.subjectId}::uuid)
        AND m.id <> ${match.id}::uuid AND m.status NOT IN ('rejected', 'superseded')
      ORDER BY (m.record_id = ${match.recordId}::uuid) DESC, m.weight DESC LIMIT 20`;
  }

  /** Bodies of records a person may be shown; others are missing from the answer. */
  async bodies(db: Db, ids: string[]): Promise<{ id: string; body: Uint8Array; receivedAt: Date; state: string }[]> {
    return db.$queryRaw`
      SELECT id, body, received_at AS "receivedAt", state FROM portal.visible_record WHERE id = ANY(${ids}::uuid[])`;
  }
}
