import { describe, expect, it } from '@jest/globals';
import { canonicalEntry, parseEntry, type LedgerEntry } from '#ledger';
import { leafOf } from './leaf-of.js';

const entry: LedgerEntry = {
  v: 1,
  at: '2026-11-01T02:00:00.000Z',
  actor: { type: 'user', id: 'u-1' },
  action: 'PersonViewed',
  object: { type: 'record', id: 'r-1' },
  outcome: 'shown',
};
const row = (text: string | null) => ({
  id: '5d3c9f6e-1f8e-4c38-9a51-3f6a0a4f7a11',
  appendedAt: new Date('2026-11-01T02:00:00.123Z'),
  text,
  digest: 'ab'.repeat(32),
});

describe('the leaf of an entry', () => {
  it('is its canonical form', () => {
    const { leaf, readable } = leafOf(row(JSON.stringify(entry, null, 2)));
    expect(readable).toBe(true);
    expect(leaf.equals(canonicalEntry(entry))).toBe(true);
  });

  it.each([
    ['an entry of another shape', JSON.stringify({ ...entry, action: 'looked at' }), 'entry_invalid'],
    ['an entry with a number JSON cannot carry', JSON.stringify(entry).replace('}', ',"n":1e999}'), 'entry_invalid'],
    [
      'an entry of more than 65,535 bytes',
      JSON.stringify({ ...entry, detail: { x: 'x'.repeat(65_535) } }),
      'entry_too_large',
    ],
    ['an entry too large to be fetched', null, 'entry_too_large'],
  ])('%s is stood in for by its digest', (_, text, reason) => {
    const { leaf, readable } = leafOf(row(text));
    expect(readable).toBe(false);
    expect(parseEntry(leaf)).toEqual({
      v: 1,
      at: '2026-11-01T02:00:00.123Z',
      actor: { type: 'service', id: 'audit' },
      action: 'EntryUnreadable',
      object: { type: 'audit-entry', id: '5d3c9f6e-1f8e-4c38-9a51-3f6a0a4f7a11' },
      outcome: reason,
      commit: { entry: 'ab'.repeat(32) },
    });
  });
});
