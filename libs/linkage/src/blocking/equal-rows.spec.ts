import { describe, expect, it } from '@jest/globals';
import { columnOf } from '../linking/made-table.fixture.js';
import { equalRows } from './equal-rows.js';

const columns = (rows: readonly (readonly [string, string])[]) => [
  columnOf(
    'name',
    rows.map(([name]) => name),
  ),
  columnOf(
    'date',
    rows.map(([, date]) => date),
  ),
];
const same = Array.from({ length: 40 }, (): [string, string] => ['Sample Person', '1990-01-02']);

describe('rows that are equal in everything', () => {
  it('meet, however many one person has', () => {
    const { count } = equalRows(columns([['Other Person', '1980-02-03'], ...same]), 41, 0, 20);
    expect(count).toBe((40 * 39) / 2);
  });

  it('are left to the rules where a block holds them', () => {
    expect(equalRows(columns(same.slice(0, 20)), 20, 0, 20).count).toBe(0);
  });

  it('that say nothing do not meet', () => {
    expect(equalRows(columns(same.map((): [string, string] => ['', ''])), 40, 0, 20).count).toBe(0);
  });

  it('of one file do not meet where two are linked', () => {
    expect(equalRows(columns(same), 40, 10, 20).count).toBe(10 * 30);
  });

  it('in a great crowd meet the first hundred', () => {
    const { left, count } = equalRows(columns(Array.from({ length: 500 }, () => same[0]!)), 500, 0, 20);
    expect(Math.max(...left.subarray(0, count))).toBe(99);
  });
});
