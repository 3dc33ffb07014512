import { describe, expect, it } from '@jest/globals';
import { first, given, withdrawn } from '../../test/deciding-samples.js';
import { changed } from '../../test/sample-request.js';
import { type DecisionRequest } from '../index.js';

describe.each(['voluntary-support', 'marac'])('consent for %s (rows 10 and 11)', (purpose) => {
  const rule = purpose === 'marac' ? 11 : 10;
  const yes = `release consent ${rule} consent`;
  const no = `withhold no_consent ${rule}`;
  it.each<[string, DecisionRequest['consents'], string]>([
    ['none', [], no],
    ['given at this moment', [given('2026-11-01T12:00:00Z', [purpose])], yes],
    ['given later', [given('2026-11-01T12:00:00.001Z', [purpose])], no],
    ['for another purpose', [given('2026-10-01T00:00:00Z', ['dhr'])], no],
    ['for another recipient', [given('2026-10-01T00:00:00Z', [purpose], ['identity'], ['police'])], no],
    ['for another category', [given('2026-10-01T00:00:00Z', [purpose], ['asb'])], no],
    ['of somebody else', [{ ...given('2026-10-01T00:00:00Z', [purpose]), person: 'pete' }], no],
    [
      'withdrawn later on',
      [given('2026-10-01T00:00:00Z', [purpose]), withdrawn('2026-10-02T00:00:00Z', [purpose])],
      no,
    ],
    [
      'withdrawn in the same moment',
      [given('2026-10-01T00:00:00Z', [purpose]), withdrawn('2026-10-01T01:00:00+01:00', [purpose])],
      no,
    ],
    [
      'withdrawn, whatever the other scope of the withdrawal',
      [given('2026-10-01T00:00:00Z', [purpose]), withdrawn('2026-10-02T00:00:00Z', [purpose], ['asb'], ['police'])],
      no,
    ],
    [
      'withdrawn for another purpose',
      [given('2026-10-01T00:00:00Z', [purpose]), withdrawn('2026-10-02T00:00:00Z', ['dhr'])],
      yes,
    ],
    [
      'withdrawn after this moment',
      [given('2026-10-01T00:00:00Z', [purpose]), withdrawn('2026-11-01T12:00:01Z', [purpose])],
      yes,
    ],
    [
      'withdrawn at this moment',
      [given('2026-10-01T00:00:00Z', [purpose]), withdrawn('2026-11-01T12:00:00Z', [purpose])],
      no,
    ],
    [
      'withdrawn, then given again',
      [withdrawn('2026-10-02T00:00:00Z', [purpose]), given('2026-10-03T00:00:00Z', [purpose])],
      yes,
    ],
    [
      'given again, for something else',
      [
        given('2026-10-01T00:00:00Z', [purpose]),
        withdrawn('2026-10-02T00:00:00Z', [purpose]),
        given('2026-10-03T00:00:00Z', [purpose], ['asb']),
      ],
      no,
    ],
    [
      'withdrawn by somebody else',
      [given('2026-10-01T00:00:00Z', [purpose]), { ...withdrawn('2026-10-02T00:00:00Z', [purpose]), person: 'pete' }],
      yes,
    ],
  ])('%s', (_says, consents, expected) =>
    expect(first(changed(purpose, { consents, case: { withoutConsent: null } }))).toBe(expected),
  );
});
