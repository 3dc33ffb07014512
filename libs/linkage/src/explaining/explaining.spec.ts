import { describe, expect, it } from '@jest/globals';
import type { PersonInput } from '../person-input.js';
import { prepare } from '../preparing/prepare.js';
import { loadModel } from '../people/person-model.js';
import { scorePair } from '../people/score-pair.js';
import { likelihoodInWords } from './likelihood-in-words.js';
import { waterfallSvg } from './waterfall-svg.js';
import { xmlProblems } from './well-formed.fixture.js';
import { whatWouldSettle } from './what-would-settle.js';

const model = loadModel();
const made = (surname: string, forename: string, more: Partial<PersonInput> = {}) =>
  prepare({ names: [{ surname, forenames: [forename] }], telephones: [], emails: [], addresses: [], ...more });
const home = { lines: ['12 Example Street'], postcode: 'NG18 9ZZ' };

describe('the waterfall picture', () => {
  const score = scorePair(
    model,
    made('Ashworthy', 'Rosalind', { sex: 'female', addresses: [home] }),
    made('Ashworthy', 'Beatrix', { sex: 'female', addresses: [home] }),
  );
  const svg = waterfallSvg(score, { id: 'm1', title: 'Record & "subject" <compared>' });

  it('is well-formed XML', () => {
    expect(xmlProblems(svg)).toEqual([]);
  });

  it('has a title and a description that says what the bars show', () => {
    expect(svg).toContain('aria-labelledby="m1-title m1-desc"');
    expect(svg).toContain('<title id="m1-title">Record &amp; &quot;subject&quot; &lt;compared&gt;</title>');
    expect(svg).toMatch(/<desc id="m1-desc">Total .*surname agrees exactly.*forenames differ.*household/);
  });

  it('shows the sign by a mark as well as by colour', () => {
    expect(svg).toContain('▲ +');
    expect(svg).toContain('▼ −');
  });

  it('holds no person data', () => {
    expect(svg).not.toMatch(/ashworthy|rosalind|beatrix|NG18|Example Street/i);
  });
});

describe('likelihood in words', () => {
  it.each([
    [0.9999, 'almost certainly the same person'],
    [0.96, 'very likely the same person'],
    [0.5, 'may or may not be the same person'],
    [0.0001, 'almost certainly two people'],
  ])('of %d: %s', (probability, words) => {
    expect(likelihoodInWords({ probability })).toBe(words);
  });
});

describe('what would settle a doubtful pair', () => {
  it('is the birth date and numbers that one record lacks', () => {
    const a = made('Ashworthy', 'Rosalind', { dateOfBirth: '1986-04-17', nhsNumber: '9990000018' });
    const b = made('Ashworthy', 'Rosalind');
    const found = whatWouldSettle(model, a, b);
    expect(found.map(({ field }) => field)).toEqual(expect.arrayContaining(['dateOfBirth', 'nhsNumber']));
    for (const { ifAgreeWeight, ifDisagreeWeight } of found) expect(ifAgreeWeight).toBeGreaterThan(ifDisagreeWeight);
  });

  it('is nothing when all is said', () => {
    const more: Partial<PersonInput> = { dateOfBirth: '1986-04-17', sex: 'female', nhsNumber: '9990000018' };
    expect(whatWouldSettle(model, made('Ashworthy', 'Rosalind', more), made('Ashworthy', 'Rosalind', more))).toEqual(
      [],
    );
  });
});
