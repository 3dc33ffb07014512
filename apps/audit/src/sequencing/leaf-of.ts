import { canonicalEntry, LedgerError, type LedgerEntry } from '#ledger';
import type { UnsealedEntry } from './log.repository.js';

/**
 * The bytes an entry is sealed as. One that cannot be (too large, or not of the contract's shape: `audit.append` refuses
 * most) must not hold up all others, nor be lost without a word: an `EntryUnreadable` with its digest takes its place.
 */
export function leafOf(entry: UnsealedEntry): { leaf: Buffer; readable: boolean } {
  try {
    if (entry.text === null) throw new LedgerError('entry_too_large', 'longer than any entry');
    return { leaf: canonicalEntry(JSON.parse(entry.text) as LedgerEntry), readable: true };
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    return { leaf: standIn(entry, error.code), readable: false };
  }
}

function standIn(entry: UnsealedEntry, reason: string): Buffer {
  return canonicalEntry({
    v: 1,
    at: entry.appendedAt.toISOString(),
    actor: { type: 'service', id: 'audit' },
    action: 'EntryUnreadable',
    object: { type: 'audit-entry', id: entry.id },
    outcome: reason,
    commit: { entry: entry.digest },
  });
}
