import type { Db } from '../database/database.js';

/** Who acts: a person by their account's id, a service or an agency by its name. Never a person's name. */
export interface Actor {
  type: 'user' | 'service' | 'agency' | 'operator';
  id: string;
}

/** One act as the audit tells it: ids and salted commitments, no person data. `v`, `at` and the service are set by the database. */
export interface AuditAct {
  actor: Actor;
  action: string;
  object: { type: string; id: string };
  case?: string;
  purpose?: string;
  basis?: string;
  outcome: string;
  detail?: Record<string, string | number | boolean | null>;
  commit?: Record<string, string>;
}

/**
 * Appends the audit entry of an act in the act's own transaction: if it cannot be written, the act does not happen.
 * @returns the entry's id; its place in the log is known once the sequencer has sealed it
 */
export async function appendAudit(tx: Db, act: AuditAct): Promise<string> {
  const [row] = await tx.$queryRaw<{ append: string }[]>`SELECT audit.append(${JSON.stringify(act)}::jsonb) AS append`;
  return row!.append;
}
