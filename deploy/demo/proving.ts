import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { exportLog, openSource, verifySource } from '../../apps/connector/src/auditing/index.js';

export interface AuditOutcome {
  size: number;
  root: string;
  verified: boolean;
}

/** What an auditor does: takes the log out into a folder and verifies it there, entry by entry, with nothing of the hub but the key an agency pinned. */
export async function proveAudit(auditUrl: string, state: string): Promise<AuditOutcome> {
  const folder = join(state, 'audit-export');
  const vkey = (await readFile(join(state, 'agencies', 'police', 'log.vkey'), 'utf8')).trim();
  await exportLog(await openSource(auditUrl), folder, { vkey });
  const verified = await verifySource(await openSource(folder), { vkey });
  return { size: verified.size ?? 0, root: verified.root ?? '', verified: verified.ok };
}
