import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { sampleRows, type Manifest } from '#contracts';
import { parseRows, standingRefs, withoutDoubled } from './rows.js';

const manifest = (mode: 'full' | 'delta' = 'full') => ({ feed: 'arrears', mode }) as Manifest;
const row = (recordRef: string, changes: object = {}) =>
  JSON.stringify({ ...sampleRows.arrears, recordRef, ...changes });
const codes = (rows: { row: number; errors: { code: string }[] }[]) =>
  rows.map(({ row, errors }) => [row, errors[0]!.code]);

describe('rows', () => {
  it('are counted from one, good and bad alike', () => {
    const parsed = parseRows(manifest(), [row('A'), '{', row('B'), '[]', row('C', { balance: 'much' })]);
    expect(parsed.taken.map(({ row, recordRef }) => [row, recordRef])).toEqual([
      [1, 'A'],
      [3, 'B'],
    ]);
    expect(parsed.quarantined.map(({ row }) => row)).toEqual([2, 4, 5]);
    expect(parsed.quarantined[2]).toMatchObject({ recordRef: 'C' });
  });

  it('that are too long are not even parsed', () => {
    expect(codes(parseRows(manifest(), ['x'.repeat(256 * 1024 + 1)]).quarantined)).toEqual([[1, 'too_long']]);
  });

  it('with a carriage return before the newline are read all the same', () => {
    expect(parseRows(manifest(), [`${row('A')}\r`]).taken).toHaveLength(1);
  });

  it('of one reference count once: the first good one', () => {
    const parsed = parseRows(manifest(), [
      row('A', { balance: 'much' }),
      row('A', { balance: 1 }),
      row('A', { balance: 2 }),
    ]);
    expect(parsed.taken).toMatchObject([{ row: 2, value: { balance: 1 } }]);
    expect(codes(parsed.quarantined)).toEqual([
      [1, expect.any(String)],
      [3, 'duplicate_ref'],
    ]);
  });

  it('may delete in a delta, and not a reference that the same batch brings', () => {
    const deletion = (recordRef: string) => JSON.stringify({ recordRef, deleted: true });
    const parsed = parseRows(manifest('delta'), [row('A'), deletion('B'), deletion('A')]);
    expect(parsed.deleted).toEqual([{ row: 2, recordRef: 'B' }]);
    expect(codes(parsed.quarantined)).toEqual([[3, 'duplicate_ref']]);
    expect(codes(parseRows(manifest(), [deletion('B')]).quarantined)).toEqual([[1, 'deletion_not_allowed']]);
  });

  it('a row that is no row costs itself only, and no error repeats a value', () => {
    const canary = 'Zzyzxcanary';
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string(), fc.constant(row('A', { tenure: canary }))), (line) => {
        const bad = line.replace(/[a-z]{5,}/g, canary);
        const parsed = parseRows(manifest(), [bad, row('good-1')]);
        expect(parsed.taken.map(({ recordRef }) => recordRef)).toContain('good-1');
        for (const { errors } of parsed.quarantined)
          expect(JSON.stringify(errors.map(({ message }) => message))).not.toContain(canary);
      }),
      { seed: 11, numRuns: 300 },
    );
  });
});

describe('rows that another batch of the submission has named', () => {
  const parsed = parseRows(manifest(), [
    row('A'),
    '{',
    row('B'),
    row('C', { person: { surname: 'Sample', niNumber: 'x' } }),
  ]);

  it('are refused, in their place among the others', () => {
    const rows = withoutDoubled(parsed, ({ recordRef }) => recordRef !== 'A');
    expect(rows.taken.map(({ recordRef }) => recordRef)).toEqual(['A']);
    expect(codes(rows.quarantined)).toEqual([
      [2, 'invalid_json'],
      [3, 'duplicate_ref'],
      [4, 'duplicate_ref'],
    ]);
    expect(rows.fieldsQuarantined).toEqual([]);
  });

  it('where there are none, nothing changes', () => {
    expect(withoutDoubled(parsed, () => false)).toBe(parsed);
  });
});

describe('references whose last good version stands', () => {
  it('are those of refused rows, but not of confidential addresses', () => {
    const hidden = row('H', { person: { surname: 'Sample', addresses: [{ lines: ['x'], confidential: true }] } });
    expect(standingRefs(parseRows(manifest(), [row('A'), row('B', { balance: 'x' }), '{', hidden]))).toEqual(['B']);
  });
});
