import { Database, type Db } from '#platform';
import { Inject, Injectable } from '@nestjs/common';

/** One entry of the log, as pages show it. */
export interface AuditLine {
  id: string;
  index: number | null;
  at: string;
  actorType: string;
  actor: string;
  action: string;
  objectType: string;
  object: string;
  case: string | null;
  purpose: string | null;
  basis: string | null;
  outcome: string;
}

export interface LastCheckpoint {
  size: number;
  signedAt: Date;
  origin: string;
  root: string;
  /** entries committed and not sealed yet */
  unsealed: number;
}

@Injectable()
export class AuditRepository {
  constructor(@Inject(Database) private readonly database: Database) {}

  async latest(db: Db, action: string | undefined, limit: number): Promise<AuditLine[]> {
    return db.$queryRaw<AuditLine[]>`
      SELECT id, leaf_index::int AS index, entry ->> 'at' AS at, entry -> 'actor' ->> 'type' AS "actorType",
        entry -> 'actor' ->> 'id' AS actor, entry ->> 'action' AS action, entry -> 'object' ->> 'type' AS "objectType",
        entry -> 'object' ->> 'id' AS object, entry ->> 'case' AS "case", entry ->> 'purpose' AS purpose,
        entry ->> 'basis' AS basis, entry ->> 'outcome' AS outcome
      FROM portal.audit_entry
      WHERE ${action ?? null}::text IS NULL OR entry ->> 'action' = ${action ?? null}
      ORDER BY appended_at DESC LIMIT ${limit}`;
  }

  async actions(db: Db): Promise<string[]> {
    const rows = await db.$queryRaw<{ action: string }[]>`
      SELECT DISTINCT entry ->> 'action' AS action FROM (SELECT entry FROM portal.audit_entry ORDER BY appended_at DESC LIMIT 5000) AS recent
      ORDER BY 1`;
    return rows.map((row) => row.action);
  }

  async entry(db: Db, id: string): Promise<{ index: number | null; entry: object; appendedAt: Date } | null> {
    const [row] = await db.$queryRaw<{ index: number | null; entry: object; appendedAt: Date }[]>`
      SELECT leaf_index::int AS index, entry, appended_at AS "appendedAt" FROM portal.audit_entry WHERE id = ${id}::uuid`;
    return row ?? null;
  }

  async checkpoint(db: Db = this.database.client): Promise<LastCheckpoint | null> {
    const [row] = await db.$queryRaw<{ size: number; signedAt: Date; note: string; unsealed: number }[]>`
      SELECT size::int, signed_at AS "signedAt", note,
        (SELECT count(*)::int FROM portal.audit_entry WHERE leaf_index IS NULL) AS unsealed
      FROM portal.audit_checkpoint ORDER BY size DESC LIMIT 1`;
    if (!row) return null;
    const [origin = '', , root = ''] = row.note.split('\n');
    return { size: row.size, signedAt: row.signedAt, unsealed: row.unsealed, origin, root };
  }
}
