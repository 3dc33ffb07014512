import { LedgerError, TreeState, verifyCheckpoint } from '#ledger';
import type { LogRepository, SignedHead } from '../sequencing/log.repository.js';
import type { Faults } from './faults.js';

/**
 * The head the database states: its newest checkpoint, which must be signed by this log's key and agree with the stored
 * right edge. null when the log has not begun.
 */
export async function checkDatabaseHead(log: LogRepository, vkey: string, faults: Faults): Promise<SignedHead | null> {
  const [edge, newest] = [await log.edge(), await log.newestCheckpoint()];
  if (!newest) {
    if (edge) faults.add('audit.tree_edge', `has ${edge.size} entries, but there is no checkpoint`);
    return null;
  }
  const at = `audit.checkpoint of size ${newest.size}`;
  checkSignature(newest, at, vkey, faults);
  if (!edge) faults.add('audit.tree_edge', `is missing, the newest checkpoint has ${newest.size} entries`);
  else if (edge.size !== newest.size)
    faults.add('audit.tree_edge', `has ${edge.size} entries, the newest checkpoint ${newest.size}`);
  else if (!rootOf(edge)?.equals(newest.root)) faults.add('audit.tree_edge', `does not give the root of the ${at}`);
  return newest;
}

function checkSignature(head: SignedHead, at: string, vkey: string, faults: Faults): void {
  try {
    const signed = verifyCheckpoint(head.note, vkey);
    if (signed.size !== head.size || !signed.root.equals(head.root))
      faults.add(at, 'its note is of another size or root');
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    faults.add(at, error.message);
  }
}

function rootOf({ size, edge }: { size: number; edge: Buffer[] }): Buffer | null {
  try {
    return TreeState.from(size, edge).root();
  } catch (error) {
    if (error instanceof LedgerError) return null;
    throw error;
  }
}
