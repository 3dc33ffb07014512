import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readInstant } from './instants.js';

describe('readInstant', () => {
  it('reads what a date prints, in any zone', () => {
    const date = fc.date({
      min: new Date('0001-01-02T00:00:00Z'),
      max: new Date('9998-12-30T00:00:00Z'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(date, fc.integer({ min: -1439, max: 1439 }), (at, minutes) => {
        const clock = new Date(at.getTime() + minutes * 60_000).toISOString().slice(0, -1);
        const two = (n: number): string => String(n).padStart(2, '0');
        const zone = `${minutes < 0 ? '-' : '+'}${two(Math.trunc(Math.abs(minutes) / 60))}:${two(Math.abs(minutes) % 60)}`;
        expect(readInstant(at.toISOString())).toBe(at.getTime());
        expect(readInstant(clock + zone)).toBe(at.getTime());
      }),
      { seed: 3339, numRuns: 2000 },
    );
  });

  it('keeps fractions of a millisecond apart', () => {
    expect(readInstant('2026-11-01T12:00:00.000001Z')).toBeGreaterThan(readInstant('2026-11-01T12:00:00Z')!);
    expect(readInstant('2026-11-01T12:00:00.5+0100')).toBe(Date.UTC(2026, 10, 1, 11, 0, 0, 500));
    expect(readInstant('2026-11-01T12:00Z')).toBe(Date.UTC(2026, 10, 1, 12));
  });

  it.each([
    '',
    '2026-11-01',
    '2026-11-01T12:00:00',
    '2026-11-01 12:00:00Z',
    '2026-02-30T00:00:00Z',
    '2025-02-29T00:00:00Z',
    '2026-13-01T00:00:00Z',
    '2026-00-01T00:00:00Z',
    '2026-11-00T00:00:00Z',
    '2026-11-01T24:00:00Z',
    '2026-11-01T12:60:00Z',
    '2026-11-01T12:00:60Z',
    '2026-11-01T12:00:00+24:00',
    '2026-11-01T12:00:00+01:60',
    ' 2026-11-01T12:00:00Z',
    'now',
  ])('does not take %j for an instant', (text) => {
    expect(readInstant(text)).toBeUndefined();
  });
});
