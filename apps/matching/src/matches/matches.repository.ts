import { Prisma } from '#prisma';
import type { FieldEvidence } from '#linkage';
import type { Db } from '#platform';
import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';

export interface NewMatch {
  subjectId: string;
  recordId: string;
  part: string;
  agency: string;
  feed: string;
  role: string;
  kind: 'record' | 'subject';
  otherId: string | null;
  weight: number;
  probability: number;
  status: 'proposed' | 'closer-look';
  model: string;
  /** levels and weights, never values */
  evidence: { fields: FieldEvidence[] };
}

/** A record and one of the versions before it; the newest of these first. */
export interface Version {
  id: string;
  earlierId: string;
}

/** Ids of matches whose state followed a new version; `returned` are links that somebody has to look at again. */
export interface CarriedDecisions {
  changed: string[];
  returned: string[];
}

@Injectable()
export class MatchesRepository {
  /**
   * Writes proposals. One that a person has decided keeps its state, one still open takes the new weight; a link whose subject turns out
   * to be an alleged perpetrator is asked anew, because it needs a second reviewer. A version replaced meanwhile gets none.
   * @returns ids of those that are new or changed
   */
  async propose(tx: Db, matches: NewMatch[]): Promise<string[]> {
    if (matches.length === 0) return [];
    const rows = matches.map((match) => ({ id: randomUUID(), ...match }));
    const written = await tx.$queryRaw<{ id: string }[]>`
      INSERT INTO matching.match (id, subject_id, record_id, part, agency, feed, role, kind, other_id, weight, probability, status, model, evidence)
      SELECT r.* FROM jsonb_to_recordset(${JSON.stringify(rows.map(columns))}::jsonb)
        AS r(id uuid, subject_id uuid, record_id uuid, part text, agency text, feed text, role text, kind text, other_id uuid,
             weight float8, probability float8, status text, model text, evidence jsonb)
      WHERE NOT EXISTS (SELECT 1 FROM matching.record x WHERE x.id = r.record_id AND x.state = 'superseded')
      ON CONFLICT (subject_id, record_id, part) DO UPDATE
        SET weight = excluded.weight, probability = excluded.probability, role = excluded.role, model = excluded.model,
            evidence = excluded.evidence, updated_at = now(),
            status = CASE
              WHEN matching.match.status IN ('proposed', 'closer-look') THEN excluded.status
              WHEN matching.match.status = 'linked' AND matching.match.role <> 'perpetrator' AND excluded.role = 'perpetrator' THEN 'closer-look'
              ELSE matching.match.status END
        WHERE matching.match.role <> excluded.role
          OR (matching.match.status IN ('proposed', 'closer-look') AND matching.match.weight <> excluded.weight)
      RETURNING id`;
    return written.map(({ id }) => id);
  }

  /**
   * New versions of rows: what people decided about the earlier ones stands for the new one as long as the pair is still found; a link
   * whose pair is no longer found goes back to review (once, marked `returned`), it never vanishes. A match replaced by that of the new
   * version names it (`next`), so that a decision already under way finds it.
   */
  async carryDecisions(tx: Db, versions: Version[]): Promise<CarriedDecisions> {
    if (versions.length === 0) return { changed: [], returned: [] };
    const pairs = Prisma.sql`unnest(${versions.map(({ id }) => id)}::uuid[], ${versions.map(({ earlierId }) => earlierId)}::uuid[])
      WITH ORDINALITY AS v(new_id, old_id, age)`;
    const same = Prisma.sql`new.record_id = old.new_id AND new.subject_id = old.subject_id
      AND CASE WHEN old.other_id IS NULL THEN new.part = old.part ELSE new.other_id = old.other_id END`;
    const carried = await tx.$queryRaw<{ id: string }[]>`
      UPDATE matching.match new SET status = old.status, updated_at = now()
      FROM (
        SELECT DISTINCT ON (v.new_id, m.subject_id, m.part) v.new_id, m.subject_id, m.part, m.other_id, m.role, m.status
        FROM ${pairs} JOIN matching.match m ON m.record_id = v.old_id
        WHERE m.status <> 'superseded' ORDER BY v.new_id, m.subject_id, m.part, v.age
      ) AS old
      WHERE ${same} AND old.status IN ('linked', 'rejected', 'parked') AND new.status IN ('proposed', 'closer-look')
        AND (old.status <> 'linked' OR new.role <> 'perpetrator' OR old.role = 'perpetrator')
      RETURNING new.id`;
    const ended = await tx.$queryRaw<{ id: string; status: string }[]>`
      UPDATE matching.match m SET updated_at = now(),
        status = CASE WHEN change.next IS NULL AND m.status = 'linked' THEN 'closer-look' ELSE 'superseded' END,
        evidence = m.evidence || CASE WHEN change.next IS NOT NULL THEN jsonb_build_object('next', change.next)
          WHEN m.status = 'linked' THEN '{"returned":true}'::jsonb ELSE '{}'::jsonb END
      FROM (
        SELECT old.id, (SELECT new.id FROM matching.match new WHERE ${same} LIMIT 1) AS next
        FROM (SELECT v.new_id, m.* FROM ${pairs} JOIN matching.match m ON m.record_id = v.old_id) AS old
        WHERE old.status NOT IN ('rejected', 'superseded')
      ) AS change
      WHERE m.id = change.id AND NOT (change.next IS NULL AND m.evidence ? 'returned')
      RETURNING m.id, m.status`;
    return {
      changed: [...carried, ...ended].map(({ id }) => id),
      returned: ended.filter(({ status }) => status === 'closer-look').map(({ id }) => id),
    };
  }

  /** The inbox row of a batch. @returns whether it was not compared before; comparing it again is harmless */
  async markCompared(tx: Db, batchId: string): Promise<boolean> {
    const { count } = await tx.matchingInbox.createMany({
      data: [{ consumer: 'records.accepted', message: batchId }],
      skipDuplicates: true,
    });
    return count === 1;
  }

  async setStatus(tx: Db, id: string, status: string) {
    return tx.match.update({ where: { id }, data: { status } });
  }

  async find(tx: Db, id: string) {
    return tx.match.findUnique({ where: { id } });
  }

  /** A match, or the one of the newest version that took its place. */
  async standing(tx: Db, id: string) {
    let match = await this.find(tx, id);
    while (match?.status === 'superseded') {
      const { next } = match.evidence as { next?: string };
      if (!next) break;
      match = await this.find(tx, next);
    }
    return match;
  }

  /** Every match with its subject's source, in a stable order. */
  async all(db: Db) {
    return db.$queryRaw<
      {
        id: string;
        subject_id: string;
        source_record: string;
        record_id: string;
        weight: number;
        status: string;
        subject_part: string;
        part: string;
      }[]
    >(Prisma.sql`
      SELECT m.id, m.subject_id, s.record_id AS source_record, s.part AS subject_part, m.record_id, m.part, m.weight, m.status
      FROM matching.match m JOIN matching.subject s ON s.id = m.subject_id ORDER BY m.weight DESC, m.id`);
  }
}

function columns(match: NewMatch & { id: string }) {
  const { subjectId, recordId, otherId, ...rest } = match;
  return { ...rest, subject_id: subjectId, record_id: recordId, other_id: otherId };
}
