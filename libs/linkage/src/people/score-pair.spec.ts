import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { SubjectIndex } from '../indexing/subject-index.js';
import { prepare } from '../preparing/prepare.js';
import type { PersonInput } from '../person-input.js';
import { pairWeight } from '../explaining/pair-bits.js';
import { NameFrequencies } from '../names/name-frequencies.js';
import { classify } from './classify.js';
import { comparePeople } from './compare-people.js';
import { AT, type FieldName, FIELDS, PERSON_FIELDS, SEX } from './fields.js';
import { checkModel, forPopulation, loadModel, type ModelWords } from './person-model.js';
import { scorePair } from './score-pair.js';

const model = loadModel();
const HOME = { lines: ['12 Example Street'], town: 'Mansfield', postcode: 'NG18 9ZZ' };
const OLD_HOME = { lines: ['3 Sample Rd'], town: 'Worksop', postcode: 'S80 9ZX' };

function person(surname: string, forename: string, more: Partial<PersonInput> = {}): PersonInput {
  return { names: [{ surname, forenames: forename.split(' ') }], telephones: [], emails: [], addresses: [], ...more };
}
const score = (a: PersonInput, b: PersonInput) => scorePair(model, prepare(a), prepare(b));
const verdict = (a: PersonInput, b: PersonInput) => classify(model, score(a, b).weight);
const evidence = (a: PersonInput, b: PersonInput, field: string) =>
  score(a, b).fields.find((found) => found.field === field);

const anyName = fc.record({
  surname: fc.constantFrom('Smith', 'Smyth', 'Khan', 'Kaur', 'Smith-Jones', 'Pietrzak', ''),
  forenames: fc.array(fc.constantFrom('John', 'Jon', 'Liz', 'Elizabeth', 'Mohammed', 'J', 'Khan'), { maxLength: 3 }),
});
const some = <T>(arbitrary: fc.Arbitrary<T>) => fc.array(arbitrary, { maxLength: 2 });
const anyPerson: fc.Arbitrary<PersonInput> = fc.record({
  names: fc.array(anyName, { maxLength: 3 }),
  dateOfBirth: fc.constantFrom('', '1980', '1980-02', '1980-02-03', '1980-03-02', '1980-01-01', '2001-07-09'),
  sex: fc.constantFrom('', 'female', 'male'),
  nhsNumber: fc.constantFrom('', '9990000018', '9990000026'),
  niNumber: fc.constantFrom('', 'QQ123456C'),
  telephones: some(fc.constantFrom('07700 900123', '+447700900123', '0115 496 0000')),
  emails: some(fc.constantFrom('one.person@example.org', 'one.person@example.com', 'x@example.com')),
  addresses: some(fc.constantFrom(HOME, OLD_HOME, { lines: [], postcode: 'NG18 9ZZ' })),
});

describe('a pair score', () => {
  it('does not depend on which record comes first', () => {
    fc.assert(
      fc.property(anyPerson, anyPerson, (a, b) => {
        const [one, other] = [score(a, b), score(b, a)];
        expect(one.weight).toBeCloseTo(other.weight, 9);
      }),
      { seed: 2, numRuns: 2000 },
    );
  });

  it('is a probability and the sum of its evidence', () => {
    fc.assert(
      fc.property(anyPerson, anyPerson, (a, b) => {
        const { weight, probability, fields } = score(a, b);
        expect(probability).toBeGreaterThanOrEqual(0);
        expect(probability).toBeLessThanOrEqual(1);
        expect(fields.reduce((sum, field) => sum + field.weight, 0)).toBeCloseTo(weight, 9);
      }),
      { seed: 3, numRuns: 1000 },
    );
  });

  it('does not depend on the order of aliases, telephones, e-mails and addresses', () => {
    fc.assert(
      fc.property(anyPerson, anyPerson, (a, b) => {
        fc.pre(a.names.every((name) => name.surname !== '' && name.forenames.length > 0));
        const turned: PersonInput = {
          ...a,
          names: a.names.toReversed(),
          telephones: a.telephones.toReversed(),
          emails: a.emails.toReversed(),
          addresses: a.addresses.toReversed(),
        };
        expect(score(turned, b).weight).toBeCloseTo(score(a, b).weight, 9);
      }),
      { seed: 4, numRuns: 1000 },
    );
  });

  it('counts a missing field as no evidence either way', () => {
    const nobody: PersonInput = { names: [], telephones: [], emails: [], addresses: [] };
    fc.assert(
      fc.property(anyPerson, (a) => {
        expect(score(a, nobody).fields.map(({ field }) => field)).toEqual(['prior']);
      }),
      { seed: 5 },
    );
  });

  it('never puts person data into its words', () => {
    fc.assert(
      fc.property(anyPerson, anyPerson, (a, b) => {
        const words = score(a, b)
          .fields.map(({ text }) => text)
          .join(' ');
        expect(words).not.toMatch(/smith|khan|elizabeth|NG18|1980|07700/i);
      }),
      { seed: 6 },
    );
  });
});

describe('named cases', () => {
  const dateOfBirth = '1986-04-17';

  it('one person written alike is proposed', () => {
    const one = person('Ashworthy', 'Rosalind', { dateOfBirth, addresses: [HOME] });
    expect(verdict(one, one)).toBe('proposed');
  });

  it('twins at one address are not proposed, and the twin guard says why', () => {
    const a = person('Ashworthy', 'Rosalind', { dateOfBirth, sex: 'female', addresses: [HOME] });
    const b = person('Ashworthy', 'Beatrix', { dateOfBirth, sex: 'female', addresses: [HOME] });
    expect(verdict(a, b)).not.toBe('proposed');
    expect(evidence(a, b, 'twin guard')!.weight).toBeLessThan(-8);
  });

  it('a father and a son of one name at one address are not proposed, and the namesake guard says why', () => {
    const father = person('Ashworthy', 'Leonard', { dateOfBirth: '1958-02-11', sex: 'male', addresses: [HOME] });
    const son = person('Ashworthy', 'Leonard', { dateOfBirth, sex: 'male', addresses: [HOME] });
    expect(verdict(father, son)).not.toBe('proposed');
    expect(evidence(father, son, 'namesake guard')!.weight).toBeLessThan(-4);
  });

  it('brothers who share an initial are no match, with or without birth dates', () => {
    const a = person('Ashworthy', 'James', { addresses: [HOME], sex: 'male' });
    const b = person('Ashworthy', 'Joseph', { addresses: [HOME], sex: 'male' });
    expect(verdict(a, b)).not.toBe('proposed');
    expect(evidence(a, b, 'household guard')!.weight).toBeLessThan(-4);
    expect(verdict({ ...a, dateOfBirth: '2001-02-03' }, { ...b, dateOfBirth: '2003-06-05' })).toBe('none');
  });

  it('an initial and a surname at one address do not suffice for a proposal', () => {
    const a = person('Ashworthy', 'James', { addresses: [HOME] });
    expect(verdict(a, person('Ashworthy', 'J', { addresses: [HOME] }))).not.toBe('proposed');
  });

  it('a woman with a new surname at her old address is proposed', () => {
    const before = person('Ashworthy', 'Rosalind', { dateOfBirth, sex: 'female', addresses: [HOME] });
    const after = person('Pellington', 'Rosalind', { dateOfBirth, sex: 'female', addresses: [HOME] });
    expect(evidence(before, after, 'surname')!.level).toBe('changed');
    expect(verdict(before, after)).toBe('proposed');
  });

  it('a man with another surname is held to be another man more than a woman is', () => {
    const [a, b] = [person('Ashworthy', 'Robin', { dateOfBirth }), person('Pellington', 'Robin', { dateOfBirth })];
    expect(score({ ...a, sex: 'male' }, { ...b, sex: 'male' }).weight).toBeLessThan(
      score({ ...a, sex: 'female' }, { ...b, sex: 'female' }).weight,
    );
  });

  it.each([
    ['Mohammed', 'Khan', 'Muhammad', 'Khan'],
    ['Yusuf', 'Choudhury', 'Yousef', 'Chowdhury'],
    ['Oleksandr', 'Shevchuk', 'Aleksandr', 'Shevchuk'],
  ])('%s %s is %s %s when the birth date agrees', (first, last, otherFirst, otherLast) => {
    const a = person(last, first, { dateOfBirth, addresses: [HOME] });
    expect(verdict(a, person(otherLast, otherFirst, { dateOfBirth, addresses: [HOME] }))).toBe('proposed');
  });

  it('someone who moved meets by the address left behind', () => {
    const subject = person('Ashworthy', 'Rosalind', { addresses: [HOME, { ...OLD_HOME, type: 'previous' }] });
    const record = person('Ashworthy', 'Ros', { addresses: [{ lines: ['3', 'Sample Road'], postcode: 's809zx' }] });
    expect(evidence(subject, record, 'place')!.level).toBe('same-address');
    expect(verdict(subject, record)).toBe('proposed');
  });

  it('nobody of a thousand called Mohammed Khan is proposed without a birth date or an address', () => {
    const subject = person('Khan', 'Mohammed', { sex: 'male', dateOfBirth, addresses: [HOME] });
    const index = new SubjectIndex(model);
    index.upsert('subject', prepare(subject));
    for (let i = 0; i < 1000; i++) {
      const forename = ['Mohammed', 'Mohammad', 'Muhammad', 'Mohamed', 'Mo'][i % 5]!;
      const record = person('Khan', forename, i % 2 === 0 ? { sex: 'male' } : {});
      for (const { score } of index.match(prepare(record))) expect(classify(model, score.weight)).not.toBe('proposed');
      expect(verdict(subject, record)).not.toBe('proposed');
    }
  });

  it('a rare name alone is never more than likely, because of chance namesakes', () => {
    const one = person('Ashworthy', 'Rosalind');
    expect(evidence(one, one, 'chance namesake guard')!.weight).toBeLessThan(-4);
    expect(score(one, one).probability).toBeLessThan(0.96);
  });

  it('in a larger county one name says less', () => {
    const one = prepare(person('Ashworthy', 'Rosalind'));
    const there = scorePair(forPopulation(model, 1_000_000), one, one).weight;
    expect(there).toBeLessThan(scorePair(model, one, one).weight - 5);
  });

  it('one NHS number outweighs a changed name and a move', () => {
    const a = person('Ashworthy', 'Rosalind', { dateOfBirth, nhsNumber: '9990000018', addresses: [HOME] });
    const b = person('Pellington', 'Rosalind', { dateOfBirth, nhsNumber: '999 000 0018', addresses: [OLD_HOME] });
    expect(verdict(a, b)).toBe('proposed');
  });

  it('the second surname of an alias counts as a name', () => {
    const a = person('Ashworthy', 'Rosalind', { dateOfBirth });
    const b = person('Pellington', 'Rosalind', { dateOfBirth });
    b.names.push({ surname: 'Ashworthy', forenames: [] });
    expect(evidence(a, b, 'surname')!.level).toBe('exact');
  });
});

describe('a model', () => {
  it('that is not known is refused', () => {
    expect(() => loadModel('county-1999-1')).toThrow(expect.objectContaining({ code: 'unknown_model' }));
    expect(() => loadModel('../../secret')).toThrow(expect.objectContaining({ code: 'unknown_model' }));
  });

  it('with a share outside 0 to 1 is refused', () => {
    const wrong = structuredClone(model);
    wrong.classes[0]!.shares[AT.sex]![SEX.agrees] = 1.2;
    expect(() => checkModel(wrong)).toThrow(expect.objectContaining({ code: 'invalid_model' }));
  });

  it('with other levels than the comparers give is refused', () => {
    const wrong = structuredClone(model);
    wrong.fields[AT.place]!.levels.pop();
    expect(() => checkModel(wrong)).toThrow(expect.objectContaining({ code: 'invalid_model' }));
  });

  it('without words for a level or a lookalike is refused', () => {
    for (const take of [
      (words: ModelWords) => delete words.fields.surname.levels['typo'],
      (words: ModelWords) => delete words.lookalikes['twin'],
    ]) {
      const wrong = structuredClone(model);
      take(wrong.words);
      expect(() => checkModel(wrong)).toThrow(expect.objectContaining({ code: 'invalid_model' }));
    }
  });

  it('has words that name no level it does not have', () => {
    PERSON_FIELDS.forEach((field) => {
      const known = field.levels.map(({ name }) => name);
      expect(known).toEqual(expect.arrayContaining(Object.keys(model.words.fields[field.name as FieldName].levels)));
    });
  });

  it('is one the engine’s own explainer takes apart into the same weight', () => {
    const people = fc.sample(anyPerson, { numRuns: 300, seed: 7 }).map(prepare);
    const levels = new Uint8Array(FIELDS.length);
    for (let at = 1; at < people.length; at++) {
      const [a, b] = [people[at - 1]!, people[at]!];
      comparePeople(a, b, new NameFrequencies(), levels);
      expect(pairWeight(model, levels)).toBeCloseTo(scorePair(model, a, b).weight, 6);
    }
  });
});
