import { describe, expect, it } from '@jest/globals';
import type { ComparisonKind } from '../linking/settings.js';
import { columnOf, levelNames, levelsBetween } from '../linking/made-table.fixture.js';
import { valueComparator } from './values.js';

const related = (kind: ComparisonKind, a: string, b: string): string =>
  levelNames(valueComparator(kind, [columnOf('column', [a, b])], 2), 0, 1)[0]!;
type Row = [ComparisonKind, string, string, string];

describe('single values', () => {
  it.each<Row>([
    ['identifier', '999 000 0018', '9990000018', 'exact'],
    ['identifier', 'QQ 12 34 56 C', 'qq123456c', 'exact'],
    ['identifier', '9990000018', '9990000016', 'one edit'],
    ['identifier', '9990000018', '9990000081', 'one edit'],
    ['identifier', '9990000018', '9990050011', 'two edits'],
    ['identifier', '9990000018', '1234567890', 'different'],
    ['identifier', '', '9990000018', 'missing'],
    ['identifier', '--', '9990000018', 'missing'],
    ['email', 'A.Person@Example.org', 'a.person@example.org ', 'exact'],
    ['email', 'a.person@example.org', 'a.persn@example.org', 'box one edit, domain'],
    ['email', 'a.person@example.org', 'a.personality@example.org', 'box alike, domain'],
    ['email', 'a.person@example.org', 'a.person@exmple.org', 'box, domain alike'],
    ['email', 'a.person@example.org', 'a.persn@exmple.org', 'box one edit, domain alike'],
    ['email', 'a.person@example.org', 'a.person@invented.test', 'box, domain different'],
    ['email', 'a.person@example.org', 'zork@example.org', 'box different, domain'],
    ['email', 'a.person@example.org', 'zork@invented.test', 'different'],
    ['email', 'none', 'a.person@example.org', 'missing'],
    ['phone', '07700 900123', '+44 7700 900123', 'exact'],
    ['phone', '07700 900123', '0044 (0)7700-900123', 'exact'],
    ['phone', '07700 900123', '900123', 'same end'],
    ['phone', '07700 900123', '07700 900133', 'one edit'],
    ['phone', '07700 900123', '07700 955555', 'different'],
    ['phone', '123', '07700 900123', 'missing'],
    ['category', 'Pretend Baker', 'pretend  baker', 'exact'],
    ['category', 'Pretend Baker', 'Pretend Bakers', 'similar'],
    ['category', 'Pretend Baker', 'Baker of bread', 'a word'],
    ['category', 'Pretend Baker', 'Tinker', 'different'],
    ['category', 'F', 'M', 'different'],
    ['category', '', 'Tinker', 'missing'],
    ['exact', 'A-1', 'a 1', 'exact'],
    ['exact', 'A-1', 'A-2', 'different'],
    ['exact', '?', 'A-2', 'missing'],
  ])('%s: "%s" and "%s"', (kind, a, b, level) => {
    expect(related(kind, a, b)).toBe(level);
    expect(related(kind, b, a)).toBe(level);
  });

  it('an e-mail address without its domain is not the same as any other', () => {
    expect(related('email', 'a.person', 'a.person@')).not.toBe('exact');
  });

  it('several columns of numbers or addresses: the best of all pairs of values', () => {
    const columns = [
      columnOf('phone', ['07700 900123', '07700 955555', '']),
      columnOf('mobile', ['07700 911111', '07700 900123', '07700 911112']),
    ];
    const comparator = valueComparator('phone', columns, 3);
    expect(levelNames(comparator, 0, 1)).toEqual(['exact']);
    expect(levelNames(comparator, 0, 2)).toEqual(['one edit']);
    expect(comparator.atoms.map(({ name }) => name)).toEqual(['phone', 'phone end']);
  });

  it('records whose numbers stand in different columns meet all the same', () => {
    const columns = [columnOf('phone', ['07700 900123', '']), columnOf('mobile', ['', '07700 900123'])];
    const comparator = valueComparator('phone', columns, 2);
    expect(levelNames(comparator, 0, 1)).toEqual(['exact']);
    const meet = comparator.atoms.some(({ codes, more }) => {
      const [a, b] = [
        [codes[0], more?.[0]],
        [codes[1], more?.[1]],
      ];
      return a.some((code) => code !== undefined && code !== 0 && b.includes(code));
    });
    expect(meet).toBe(true);
  });

  it('agreement on the rarest of several values counts', () => {
    const crowd = Array.from({ length: 60 }, () => '07700 900000');
    const columns = [
      columnOf('phone', ['07700 900000', '07700 900000', ...crowd]),
      columnOf('mobile', ['07700 900123', '07700 900123', ...crowd]),
    ];
    const comparator = valueComparator('phone', columns, 62);
    const band = (i: number, j: number): number =>
      comparator.fields[0]!.levels[levelsBetween(comparator, i, j)[0]!]!.band;
    expect(band(0, 1)).toBeGreaterThan(band(0, 2));
  });
});
