import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays, isRealDate } from '../dates.js';
import { spellingsOf } from '../names/spelling.js';
import { nameAtBirth } from '../names/naming.js';
import { makeHouseholds } from '../people/households.js';
import type { Tradition } from '../people/person.js';
import { World } from '../people/world.js';
import { Random } from '../random.js';
import { recordedBirth } from './birth.js';
import { recorded } from './record.js';
import { withTypo } from './typo.js';

const AS_OF = '2026-11-01';

describe('errors in records', () => {
  it('a typo changes a name by a little and leaves something of it', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Z][a-z]{3,12}$/), fc.integer(), (name, seed) => {
        const typed = withTypo(new Random(String(seed)), name);
        expect(typed).toMatch(/\p{L}/u);
        expect(Math.abs(typed.length - name.length)).toBeLessThanOrEqual(1);
      }),
      { seed: 7, numRuns: 500 },
    );
  });

  it('a recorded birth date is a real one, never in the future', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 36_000 }),
        fc.integer(),
        fc.constantFrom('poor' as const, 'careful' as const),
        (days, seed, care) => {
          const written = recordedBirth(new Random(String(seed)), addDays(AS_OF, -days), AS_OF, care);
          if (written === undefined || written.length === 4) return;
          expect(isRealDate(written)).toBe(true);
          expect(written <= AS_OF).toBe(true);
        },
      ),
      { seed: 7, numRuns: 2000 },
    );
  });

  it('one person is written down differently by agencies, about as often as in life', () => {
    const people = makeHouseholds(new World(new Random('noise'), AS_OF), 6000).flatMap((h) => h.members);
    const random = new Random('records');
    const records = people.map((person) => ({
      person,
      block: recorded(random, person, AS_OF, { on: AS_OF, niNumber: 0.6 }),
    }));
    const share = (test: (r: (typeof records)[number]) => boolean) => records.filter(test).length / records.length;
    const missingBirth = share(({ block }) => block.dateOfBirth === undefined);
    expect(missingBirth).toBeGreaterThan(0.06);
    expect(missingBirth).toBeLessThan(0.1);
    const wrongBirth = share(
      ({ person, block }) => block.dateOfBirth !== undefined && block.dateOfBirth !== person.born,
    );
    expect(wrongBirth).toBeGreaterThan(0.035);
    expect(wrongBirth).toBeLessThan(0.07);
    const otherForename = share(
      ({ person, block }) => block.forenames?.[0]?.toLowerCase() !== person.forenames[0]?.toLowerCase(),
    );
    expect(otherForename).toBeGreaterThan(0.1);
    expect(otherForename).toBeLessThan(0.3);
    const noPostcode = share(({ block }) => !block.addresses?.some((address) => address.postcode));
    expect(noPostcode).toBeGreaterThan(0.03);
    expect(noPostcode).toBeLessThan(0.08);
  });
});

describe('names', () => {
  const named = (tradition: Tradition, sex: 'female' | 'male') =>
    nameAtBirth(new Random(`${tradition}${sex}`), { tradition, sex, born: '1990-05-05' });

  it('follow their tradition', () => {
    expect(named('sikh', 'female').surname + named('sikh', 'female').forenames.join()).toContain('Kaur');
    expect(named('sikh', 'male').surname + named('sikh', 'male').forenames.join()).toContain('Singh');
    expect(named('iberian', 'male').surname.split(' ')).toHaveLength(2);
    expect(named('arabic-somali', 'female').forenames).toHaveLength(2);
  });

  it('that are spelt in several ways name each other', () => {
    for (const other of spellingsOf('Mohammed')) expect(spellingsOf(other)).toContain('Mohammed');
  });
});
