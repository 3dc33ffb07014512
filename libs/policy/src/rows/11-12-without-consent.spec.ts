import { describe, expect, it } from '@jest/globals';
import { about, type Case, first, noConsent, unsaid, withdrawn } from '../../test/deciding-samples.js';
import { changed } from '../../test/sample-request.js';

describe('row 11 without consent', () => {
  const yes = 'release cda1998.s115 11 cda1998.s115';
  const no = 'withhold no_consent 11';
  const none = { visibleHighRisk: false, professionalJudgement: false, potentialEscalation: false, repeat: false };
  const told = (changes: object) =>
    changed('marac', { ...noConsent, case: { withoutConsent: { ...unsaid, ...changes } } });
  const after = (withdrawal: ReturnType<typeof withdrawn>) => changed('marac', { consents: [withdrawal] });
  it.each<Case>([
    ['a complete decision and a criterion release', changed('marac', noConsent), yes],
    ['no decision withholds', changed('marac', { ...noConsent, case: { withoutConsent: null } }), no],
    ['no criterion withholds', changed('marac', { ...noConsent, case: { criteria: none } }), no],
    [
      'professional judgement alone is enough',
      changed('marac', { ...noConsent, case: { criteria: { ...none, professionalJudgement: true } } }),
      yes,
    ],
    [
      'potential escalation alone is enough',
      changed('marac', { ...noConsent, case: { criteria: { ...none, potentialEscalation: true } } }),
      yes,
    ],
    ['repeat alone is enough', changed('marac', { ...noConsent, case: { criteria: { ...none, repeat: true } } }), yes],
    ['without necessity', told({ necessity: '' }), no],
    ['without proportionality', told({ proportionality: null }), no],
    ['without an authorising manager', told({ authorisedBy: '  ' }), no],
    ['without whether the victim was told', told({ victimTold: '' }), no],
    ['with why the victim was not told', told({ victimTold: 'no: it would not be safe' }), yes],
    ['decided after this moment', told({ at: '2026-11-01T12:00:01Z' }), no],
    ['decided at this moment', told({ at: '2026-11-01T07:00:00-05:00' }), yes],
    ['decided before a withdrawal', after(withdrawn('2026-10-20T09:00:01Z', ['marac'])), no],
    ['decided in the moment of a withdrawal', after(withdrawn('2026-10-20T09:00:00Z', ['marac'])), no],
    ['decided after a withdrawal', after(withdrawn('2026-10-20T08:59:59Z', ['marac'])), yes],
    ['a withdrawal for another purpose does not matter', after(withdrawn('2026-10-25T00:00:00Z', ['dhr'])), yes],
    [
      "another person's withdrawal does not matter",
      after({ ...withdrawn('2026-10-25T00:00:00Z', ['marac']), person: 'pete' } as never),
      yes,
    ],
    ['a withdrawal still to come does not matter', after(withdrawn('2026-11-02T00:00:00Z', ['marac'])), yes],
    [
      'the justification for other people does not stand in',
      changed('marac', { ...noConsent, case: { withoutConsent: null } }),
      no,
    ],
  ])('%s', (_says, request, expected) => expect(first(request)).toBe(expected));
});

describe.each(['pete', 'cleo', 'olga'])('row 12 about %s', (person) => {
  const yes = 'release cda1998.s115 12 cda1998.s115';
  const no = 'withhold threshold_not_met 12';
  it.each<Case>([
    ['a criterion and both reasons release', changed('marac', about(person)), yes],
    ['no criterion withholds', changed('marac', { ...about(person), case: { criteria: {} } }), no],
    ['no justification withholds', changed('marac', { ...about(person), case: { justification: null } }), no],
    [
      'no necessity withholds',
      changed('marac', { ...about(person), case: { justification: { necessity: '', proportionality: 'p' } } }),
      no,
    ],
    [
      'no proportionality withholds',
      changed('marac', { ...about(person), case: { justification: { necessity: 'n' } } }),
      no,
    ],
  ])('%s', (_says, request, expected) => expect(first(request)).toBe(expected));
});
