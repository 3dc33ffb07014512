import { describe, expect, it } from '@jest/globals';
import { parseSettings } from './settings-file.js';
import { linkType } from './resolve-settings.js';

const problem = (value: unknown) => {
  try {
    parseSettings(typeof value === 'string' ? value : JSON.stringify(value), 's.json');
  } catch (error) {
    return { code: (error as { code?: string }).code, message: (error as Error).message };
  }
  return null;
};
const comparisons = [{ columns: ['a'], kind: 'name' }];

describe('a settings file', () => {
  it('may leave everything out', () => {
    expect(parseSettings('{}', 's.json')).toEqual({});
  });

  it('may hold the peer’s part, and hints in a comparison', () => {
    const settings = {
      id: 'rec_id',
      type: 'dedupe',
      comparisons: [{ columns: ['dob'], kind: 'date', format: '%Y%m%d', uk: false }],
      blocking: 'auto',
      threshold: 'auto',
      threads: 0,
      splink: { em: [['dob']] },
    };
    expect(parseSettings(`\ufeff${JSON.stringify(settings)}`, 's.json')).toEqual(settings);
  });

  it.each([
    [{ comparisons: [comparisons[0], comparisons[0]] }, 's.json: comparisons names the same comparison twice.'],
    [
      { comparisons: Array.from({ length: 51 }, (_, i) => ({ columns: [`c${i}`], kind: 'text' })) },
      's.json: comparisons must hold at most 50 comparisons.',
    ],
    [{ comparisons: [{ columns: ['a'], kind: 'date', format: 'DD/MM/YYYY' }] }, /format: .*%d/],
    [{ comparisons: [{ columns: ['a'], kind: 'date', format: '%d/%Q/%Y' }] }, /format: .*%d/],
    [{ tresholds: 1 }, 's.json: unknown setting "tresholds".'],
    [{ comparisons, a: 1, b: 2 }, 's.json: unknown setting "a", "b".'],
    [
      { comparisons: [{ columns: ['a'], kind: 'nmae' }] },
      /comparisons\[1\]\.kind must be one of name, date, .*, exact\.$/,
    ],
    [{ comparisons: [] }, 's.json: comparisons must hold at least one comparison.'],
    [{ comparisons: [{ columns: [], kind: 'name' }] }, 's.json: comparisons[1].columns must name at least one column.'],
    [{ comparisons: [{ columns: ['a', 'a'], kind: 'name' }] }, 's.json: comparisons[1] names a column twice.'],
    [{ comparisons: [{ columns: ['y', 'm'], kind: 'date' }] }, /a date is in one column, or in three/],
    [{ comparisons: [{ kind: 'name' }] }, 's.json: comparisons[1].columns must be an array.'],
    [{ comparisons: 'name' }, 's.json: comparisons must be an array.'],
    [{ threshold: 'high' }, 's.json: threshold must be "auto" or bits from -100 to 1000.'],
    [{ threshold: 1e9 }, 's.json: threshold must be "auto" or bits from -100 to 1000.'],
    [{ threads: -1 }, 's.json: threads must not be below 0.'],
    [{ threads: 1.5 }, 's.json: threads must be a whole number.'],
    [{ threads: 'two' }, /threads must be a/],
    [{ type: 'join' }, 's.json: type must be "dedupe" or "link".'],
    [{ oneToOne: 'yes' }, 's.json: oneToOne must be true or false.'],
    [{ blocking: 'none' }, 's.json: blocking must be "auto" or lists of columns.'],
    [{ blocking: [] }, 's.json: blocking must be "auto" or lists of columns.'],
    [{ id: '' }, 's.json: id must not be empty.'],
    [{ id: 5 }, 's.json: id must be a heading, or two: the left file’s and the right file’s.'],
    [[], 's.json: the settings must be an object.'],
    ['null', 's.json: the settings must be an object.'],
    ['{"id":', /s\.json is not JSON/],
  ])('%j is a usage error in words', (value, message) => {
    const found = problem(value);
    expect(found?.code).toBe('usage');
    if (message instanceof RegExp) expect(found?.message).toMatch(message);
    else expect(found?.message).toBe(message);
  });
});

describe('a settings file that is not JSON', () => {
  it.each([['Zebedee Unreal,1980-01-02'], ['{"id": Zebedee'], ['{\n "id": "a" Zebedee\n}'], ['{"id": "Zebedee']])(
    '%j is not quoted: it may be a file of people',
    (text) => {
      const found = problem(text);
      expect(found?.code).toBe('usage');
      expect(found?.message).toMatch(/^s\.json is not JSON( \(line \d+, column \d+\))?\.$/);
    },
  );

  it('says where, when that is known', () => {
    expect(problem('{\n "id": "a" x}')?.message).toBe('s.json is not JSON (line 2, column 12).');
  });
});

describe('a date format', () => {
  it.each(['%d/%m/%Y', '%Y%m%d', '%d %b %Y', '%Y-%m-%dT%H:%M:%SZ'])('%s is understood', (format) => {
    expect(problem({ comparisons: [{ columns: ['a'], kind: 'date', format }] })).toBeNull();
  });
});

describe('what is asked of the files', () => {
  it('one file is searched for doubles, two are linked, unless settings say otherwise', () => {
    expect(linkType(null, 1)).toBe('dedupe');
    expect(linkType(null, 2)).toBe('link');
    expect(linkType({ type: 'dedupe' }, 2)).toBe('dedupe');
  });

  it('linking one file, or one partner each without linking, cannot be', () => {
    expect(() => linkType({ type: 'link' }, 1)).toThrow(/takes two files/);
    expect(() => linkType({ oneToOne: true }, 1)).toThrow(/oneToOne/);
    expect(() => linkType(null, 1, true)).toThrow(/--one-to-one/);
  });
});
