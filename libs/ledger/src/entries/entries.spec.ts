import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { canonicalEntry, commitTo, parseEntry, type LedgerEntry } from '../index.js';

const entry: LedgerEntry = {
  v: 1,
  at: '2026-11-01T02:00:00Z',
  outcome: 'accepted',
  actor: { type: 'agency', id: 'ashfield' },
  object: { type: 'submission', id: '3f0c7e1a' },
  action: 'BatchAccepted',
  detail: { rows: 5000, feed: 'arrears', nested: { z: [1, null, true], a: 'é' } },
  commit: { rows: 'ab'.repeat(32) },
};
const with_ = (change: object): LedgerEntry => ({ ...entry, ...change }) as LedgerEntry;
const refuses = (value: unknown, code = 'entry_invalid'): void =>
  expect(() => canonicalEntry(value as LedgerEntry)).toThrow(expect.objectContaining({ code }));

describe('entries', () => {
  it('are canonical JSON, members in order, whatever order they were given in', () => {
    expect(canonicalEntry(entry).toString()).toBe(
      '{"action":"BatchAccepted","actor":{"id":"ashfield","type":"agency"},"at":"2026-11-01T02:00:00Z",' +
        `"commit":{"rows":"${'ab'.repeat(32)}"},"detail":{"feed":"arrears","nested":{"a":"é","z":[1,null,true]},"rows":5000},` +
        '"object":{"id":"3f0c7e1a","type":"submission"},"outcome":"accepted","v":1}',
    );
    const backwards = Object.fromEntries(Object.entries(entry).reverse()) as unknown as LedgerEntry;
    expect(canonicalEntry(backwards)).toEqual(canonicalEntry(entry));
    expect(canonicalEntry(with_({ case: undefined, detail: { ...entry.detail, absent: undefined } }))).toEqual(
      canonicalEntry(entry),
    );
  });

  it('are read back as what was written', () => {
    expect(parseEntry(canonicalEntry(entry))).toEqual(entry);
    const detail = fc.dictionary(fc.string({ unit: 'grapheme' }), fc.jsonValue({ maxDepth: 3 }), { maxKeys: 6 });
    fc.assert(
      fc.property(detail, (value) => {
        const clean = JSON.parse(JSON.stringify(value)) as Record<string, unknown>;
        fc.pre(isStorable(clean));
        expect(JSON.stringify(parseEntry(canonicalEntry(with_({ detail: clean }))).detail)).toHaveLength(
          JSON.stringify(clean).length,
        );
      }),
      { seed: 20261104, numRuns: 200 },
    );
  });

  it.each([
    ['another version', { v: 2 }],
    ['a member the contract does not name', { name: 'x' }],
    ['no actor', { actor: undefined }],
    ['an actor with a name', { actor: { type: 'user', id: '1', name: 'x' } }],
    ['an empty id', { object: { type: 'case', id: '' } }],
    ['a local time', { at: '2026-11-01T02:00:00+01:00' }],
    ['a day that does not exist', { at: '2026-02-30T02:00:00Z' }],
    ['a time without zone', { at: '2026-11-01T02:00:00' }],
    ['an action that is no name', { action: 'batch accepted' }],
    ['no outcome', { outcome: undefined }],
    ['a null case', { case: null }],
    ['a case of two lines', { case: 'a\nb' }],
    ['a detail that is a list', { detail: [] }],
    ['a detail with NaN', { detail: { n: NaN } }],
    ['a detail with an unsafe whole number', { detail: { n: 2 ** 53 } }],
    ['a detail with a date object', { detail: { d: new Date(0) } }],
    ['a detail with a function', { detail: { toJSON: () => 1 } }],
    ['a detail with undefined in a list', { detail: { list: [undefined] } }],
    ['a detail with a lone surrogate', { detail: { s: '\ud800' } }],
    ['a commitment in upper case', { commit: { rows: 'AB'.repeat(32) } }],
    ['a commitment that is short', { commit: { rows: 'ab' } }],
  ])('with %s are refused', (_, change) => refuses(with_(change)));

  it('that are no objects, loop or nest too deeply are refused', () => {
    for (const value of [null, undefined, [], 'text', 1, new Map()]) refuses(value);
    const loop: Record<string, unknown> = {};
    loop['self'] = loop;
    refuses(with_({ detail: loop }));
  });

  it('of more than 65,535 bytes are refused, counted in bytes', () => {
    const rest = canonicalEntry(with_({ detail: { s: '' } })).length;
    expect(canonicalEntry(with_({ detail: { s: 'a'.repeat(65_535 - rest) } }))).toHaveLength(65_535);
    refuses(with_({ detail: { s: 'a'.repeat(65_536 - rest) } }), 'entry_too_large');
    refuses(with_({ detail: { s: 'é'.repeat(40_000) } }), 'entry_too_large');
  });

  it('that are not canonical are not taken for entries', () => {
    const text = canonicalEntry(entry).toString();
    for (const other of [
      ` ${text}`,
      text.replace('5000', '5e3'),
      text.replace('é', '\\u00e9'),
      text.slice(1),
      '',
      'null',
    ]) {
      expect(() => parseEntry(Buffer.from(other))).toThrow(expect.objectContaining({ code: 'entry_not_canonical' }));
    }
  });

  it('that are refused are not quoted in the error', () => {
    expect(() => canonicalEntry(with_({ detail: { invented: new Date(0) }, case: 'x' }))).toThrow(/^(?!.*invented)/);
    try {
      parseEntry(Buffer.from('{"invented'));
    } catch (error) {
      expect(`${String(error)} ${String((error as Error).cause)}`).not.toContain('invented');
    }
  });
});

describe('commitments', () => {
  const salt = Buffer.alloc(16, 7);

  it('depend on value and salt, and on where the one ends', () => {
    const one = commitTo('NG17 1AA', salt);
    expect(one).toMatch(/^[0-9a-f]{64}$/);
    expect(commitTo(Buffer.from('NG17 1AA'), salt)).toBe(one);
    expect(commitTo('NG17 1AB', salt)).not.toBe(one);
    expect(commitTo('NG17 1AA', Buffer.alloc(16, 8))).not.toBe(one);
    expect(commitTo('\u0007NG17 1AA', salt)).not.toBe(commitTo('NG17 1AA', Buffer.alloc(17, 7)));
  });

  it('need a salt that cannot be guessed', () => {
    expect(() => commitTo('x', Buffer.alloc(15))).toThrow(expect.objectContaining({ code: 'salt_too_short' }));
  });
});

/** Whole numbers beyond 2^53 are refused on purpose. */
function isStorable(value: unknown): boolean {
  if (typeof value === 'number') return !Number.isInteger(value) || Number.isSafeInteger(value);
  if (typeof value === 'string') return value.isWellFormed();
  return (
    typeof value !== 'object' ||
    value === null ||
    Object.entries(value).every(([k, v]) => k.isWellFormed() && isStorable(v))
  );
}
