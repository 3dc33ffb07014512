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

@Injectable()
export class MatchesRepository {
  /**
   * Writes proposals. One that a person has decided keeps its state; one still open takes the new weight.
   * @returns ids of those that are new or changed
   */
  async propose(tx: Db, matches: NewMatch[]): Promise<string[]> {
    if (matches.length === 0) return [];
    const rows = matches.map((match) => ({ id: randomUUID(), ...match }));
    const written = await tx.$queryRaw<{ id: string }[]>`
      INSERT INTO matching.match (id, subject_id, record_id, part, agency, feed, role, kind, other_id, weight, probability, status, model, evidence)
      SELECT * FROM jsonb_to_recordset(${JSON.stringify(rows.map(columns))}::jsonb)
        AS r(id uuid, subject_id uuid, record_id uuid, part text, agency text, feed text, role text, kind text, other_id uuid,
             weight float8, probability float8, status text, model text, evidence jsonb)
      ON CONFLICT (subject_id, record_id, part) DO UPDATE
        SET weight = excluded.weight, probability = excluded.probability, status = excluded.status, model = excluded.model,
            evidence = excluded.evidence, updated_at = now()
        WHERE matching.match.status IN ('proposed', 'closer-look') AND matching.match.weight <> excluded.weight
      RETURNING id`;
    return written.map(({ id }) => id);
  }

  /**
   * A new version of a row: what people decided about the old one stands for the new one as long as the pair is still found; a link
   * whose pair is no longer found goes back to review, it never vanishes.
   */
  async carryDecisions(tx: Db, versions: { id: string; previousId: string }[]): Promise<void> {
    for (const { id, previousId } of versions) {
      await tx.$executeRaw`
        UPDATE matching.match new SET status = old.status, updated_at = now()
        FROM matching.match old
        WHERE old.record_id = ${previousId}::uuid AND new.record_id = ${id}::uuid AND new.subject_id = old.subject_id
          AND new.part = old.part AND old.status IN ('linked', 'rejected', 'parked') AND new.status IN ('proposed', 'closer-look')`;
      await tx.$executeRaw`
        UPDATE matching.match old SET status = CASE WHEN old.status = 'linked' AND NOT EXISTS (
            SELECT 1 FROM matching.match new
            WHERE new.record_id = ${id}::uuid AND new.subject_id = old.subject_id AND new.part = old.part)
          THEN 'closer-look' ELSE 'superseded' END, updated_at = now()
        WHERE old.record_id = ${previousId}::uuid AND old.status NOT IN ('rejected', 'superseded')`;
    }
  }

  /** The inbox row of a batch. Comparing it again would change nothing, so it is a record of what is done, not a guard. */
  async markCompared(tx: Db, batchId: string): Promise<void> {
    await tx.matchingInbox.createMany({
      data: [{ consumer: 'records.accepted', message: batchId }],
      skipDuplicates: true,
    });
  }

  async setStatus(tx: Db, id: string, status: string) {
    return tx.match.update({ where: { id }, data: { status } });
  }

  async find(tx: Db, id: string) {
    return tx.match.findUnique({ where: { id } });
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
