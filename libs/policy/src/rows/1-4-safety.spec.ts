import { describe, expect, it } from '@jest/globals';
import { type Case, first } from '../../test/deciding-samples.js';
import { changed } from '../../test/sample-request.js';

describe('row 3', () => {
  it.each<Case>([
    [
      'a conflict with somebody outside the case does not matter',
      changed('marac', { recipient: { conflicts: ['sid'] } }),
      'release consent 11 consent',
    ],
    [
      'a conflict with a third party only named does not matter',
      changed('marac', { recipient: { conflicts: ['sid'] }, item: { thirdParties: ['sid'] } }),
      'redact third_party 11 consent',
    ],
  ])('%s', (_says, request, expected) => expect(first(request)).toBe(expected));
});

describe('row 4', () => {
  const acting = { actsFor: ['pete'] };
  it.each<Case>([
    [
      'holds for how to reach a child',
      changed('dhr', { recipient: acting, item: { kind: 'contact', person: 'cleo' } }),
      'withhold perpetrator_link 4',
    ],
    [
      'does not hold for an ordinary item',
      changed('dhr', { recipient: acting }),
      'release dvcva2004.s9 13 dvcva2004.s9',
    ],
    [
      "does not hold for the perpetrator's own whereabouts",
      changed('dhr', { recipient: acting, item: { kind: 'location', person: 'pete' } }),
      'release dvcva2004.s9 13 dvcva2004.s9',
    ],
    [
      'does not hold for another person',
      changed('dhr', { recipient: acting, item: { kind: 'location', person: 'olga' } }),
      'release dvcva2004.s9 13 dvcva2004.s9',
    ],
    [
      'does not hold for who acts for the victim',
      changed('dhr', { recipient: { actsFor: ['vera', 'sid'] }, item: { kind: 'location' } }),
      'release dvcva2004.s9 13 dvcva2004.s9',
    ],
  ])('%s', (_says, request, expected) => expect(first(request)).toBe(expected));
});
