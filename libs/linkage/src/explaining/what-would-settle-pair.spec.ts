import { describe, expect, it } from '@jest/globals';
import { explainPair } from './explain-pair.js';
import { madeLevels, madeModel } from './made-model.fixture.js';
import { isDoubtful, settlingInWords, whatWouldSettlePair } from './what-would-settle-pair.js';
import { withLevel } from './with-level.js';

describe('what would settle a doubtful pair', () => {
  const model = madeModel();
  const wantedOf = (names: (string | null)[]): string[] =>
    whatWouldSettlePair(model, madeLevels(names, true)).map(({ wanted }) => wanted);

  it('is the date of birth where a record lacks it, and both answers are told', () => {
    const levels = madeLevels(['exact', 'exact', null, null, 'other postcode, other address'], true);
    const [date] = whatWouldSettlePair(model, levels);
    expect(date).toMatchObject({ field: 'date', wanted: 'date of birth', ifAgree: 'linked', ifDisagree: 'apart' });
    const known = explainPair(
      model,
      madeLevels(['exact', 'exact', 'exact', null, 'other postcode, other address'], true),
    );
    expect(date!.ifAgreeWeight).toBeCloseTo(known.weight, 9);
    expect(settlingInWords([date!])[0]).toMatch(
      /^Date of birth: if it agreed, they would be linked \(\+\d.* bits\); if it differed, they would stay apart \(−.* bits\)\.$/,
    );
  });

  it('is the rest of what is known in part: a date’s, an initial’s, a place’s other half', () => {
    expect(wantedOf(['exact', 'exact', 'year', null, 'other postcode, other address'])).toContain('full date of birth');
    expect(wantedOf(['initial', 'exact', null, null, 'same postcode, same address'])).toContain('full given name');
    expect(wantedOf(['different', 'exact', 'exact', null, 'same postcode, no address'])).toContain('address');
  });

  it('is nothing when nothing left out could change the answer', () => {
    expect(wantedOf(['different', 'different', 'generation', 'exact', 'other postcode, other address'])).toEqual([]);
    expect(wantedOf(['exact', 'exact', 'exact', null, 'same postcode, same address'])).toEqual([]);
  });

  it('does not ask for a name that stands in the other’s place', () => {
    expect(wantedOf([null, 'swapped', null, null, 'other postcode, other address'])).not.toContain('given name');
  });

  it('says what agreement on a very common value would be worth', () => {
    const levels = madeLevels([null, 'exact', 'year', null, null], true);
    const [given] = whatWouldSettlePair(model, levels).filter(({ field }) => field === 'given name');
    expect(given!.ifAgreeWeight - given!.ifAgreeOnCommonWeight).toBeGreaterThan(1);
    expect(settlingInWords([given!])[0]).toContain('with a very common one');
  });

  it('moves what the field tells along with it', () => {
    const before = madeLevels([null, 'exact', null, 'exact', null]);
    const after = withLevel(model, before, 0, 1);
    expect([...after]).toEqual([...madeLevels(['exact', 'exact', null, 'exact (given name agrees)', null])]);
    expect([...withLevel(model, after, 0, 0)]).toEqual([...before]);
  });

  it('a pair is doubtful that is shown, or linked by little', () => {
    expect([-2.1, -2, 0, 2, 5.9, 6.1].map((weight) => isDoubtful(model, weight))).toEqual([
      false,
      true,
      true,
      true,
      true,
      false,
    ]);
  });
});
