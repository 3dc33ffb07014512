import { join } from 'node:path';
import { exportLog, verifyFolder } from '../../apps/connector/src/auditing/index.js';

export interface AuditOutcome {
  size: number;
  root: string;
  verified: boolean;
}

/** What an auditor does: takes the log out into a folder and verifies it there, entry by entry, with nothing of the hub. */
export async function proveAudit(auditUrl: string, state: string): Promise<AuditOutcome> {
  const folder = join(state, 'audit-export');
  await exportLog(auditUrl, folder);
  const verified = await verifyFolder(folder);
  return verified.ok ? { size: verified.size, root: verified.root, verified: true } : { size: 0, root: '', verified: false };
}
