import { describe, expect, it } from '@jest/globals';
import { about, type Case, first, PURPOSES, RELEASE } from '../../test/deciding-samples.js';
import { changed, sampleRequest } from '../../test/sample-request.js';

describe.each(PURPOSES)('for purpose %s', (purpose) => {
  const [rule, basis] = RELEASE[purpose]!;
  it.each<Case>([
    ['the sample item is released', sampleRequest(purpose), `release ${basis} ${rule} ${basis}`],
    [
      'row 1 withholds a confidential address',
      changed(purpose, { item: { confidential: true } }),
      'withhold confidential_address 1',
    ],
    ['row 2 withholds what is about a stranger', changed(purpose, about('sid')), 'withhold not_in_case 2'],
    [
      'row 3 withholds from a reader with a conflict',
      changed(purpose, { recipient: { conflicts: ['sid', 'olga'] } }),
      'withhold conflict_of_interest 3',
    ],
    [
      'row 4 withholds where the victim is from who acts for the perpetrator',
      changed(purpose, { recipient: { actsFor: ['pete'] }, item: { kind: 'location' } }),
      'withhold perpetrator_link 4',
    ],
    [
      'row 9 redacts and the releasing row is named',
      changed(purpose, { item: { thirdParties: ['olga', 'sid'] } }),
      `redact third_party ${rule} ${basis}`,
    ],
    [
      'row 9 leaves a third party of the case alone',
      changed(purpose, { item: { thirdParties: ['olga'] } }),
      `release ${basis} ${rule} ${basis}`,
    ],
    [
      'row 7 withholds health data without sign-off',
      changed(purpose, { case: { caldicott: false }, item: { kind: 'health' } }),
      'withhold caldicott 7',
    ],
    [
      'row 7 lets health data go on with sign-off',
      changed(purpose, { item: { kind: 'health' } }),
      `release ${basis} ${rule} ${basis}`,
    ],
    [
      'row 8 withholds offences from who is no authority',
      changed(purpose, { recipient: { authority: false }, item: { kind: 'criminal' } }),
      'withhold not_authority 8',
    ],
    [
      'row 8 lets offences go on to an authority',
      changed(purpose, { item: { kind: 'criminal' } }),
      `release ${basis} ${rule} ${basis}`,
    ],
  ])('%s', (_says, request, expected) => expect(first(request)).toBe(expected));

  it('rows 5 and 6 ask for an agreement and a necessary field, where the purpose is subject to them', () => {
    const free = `release ${basis} ${rule} ${basis}`;
    const agreed = purpose === 'emergency' || purpose === 'subject-access' ? free : 'withhold no_agreement 5';
    expect(first(changed(purpose, { agreements: [] }))).toBe(agreed);
    const needed = purpose === 'subject-access' ? free : 'withhold not_necessary 6';
    expect(first(changed(purpose, { item: { field: 'niNumber' } }))).toBe(needed);
  });
});
