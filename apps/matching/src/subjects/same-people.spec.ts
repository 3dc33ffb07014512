import { describe, expect, it } from '@jest/globals';
import type { PersonInRow } from '#contracts';
import { loadModel } from '#linkage';
import { samePeople } from './same-people.js';
import type { SubjectRef } from './subjects.repository.js';

const child = (part: string, forename: string, dateOfBirth: string): PersonInRow => ({
  part,
  role: 'child',
  person: { surname: 'Examplewood', forenames: [forename], dateOfBirth },
});
const before = (one: PersonInRow, id: string) => ({
  subject: { id, part: one.part, role: one.role } as SubjectRef,
  person: one.person,
});
const model = loadModel();
const partsOf = (found: Map<string, PersonInRow>) => Object.fromEntries([...found].map(([id, { part }]) => [id, part]));

describe('who in a new version is which subject of the earlier one', () => {
  const [ann, ben] = [child('children.0', 'Annabella', '2012-03-05'), child('children.1', 'Benjamin', '2016-09-17')];

  it('children keep who they are whatever their place', () => {
    const swapped = [
      { ...ben, part: 'children.0' },
      { ...ann, part: 'children.1' },
    ];
    expect(partsOf(samePeople(model, [before(ann, 'a'), before(ben, 'b')], swapped))).toEqual({
      a: 'children.1',
      b: 'children.0',
    });
  });

  it('a child left out leaves no heir', () => {
    expect(partsOf(samePeople(model, [before(ann, 'a'), before(ben, 'b')], [{ ...ben, part: 'children.0' }]))).toEqual({
      b: 'children.0',
    });
  });

  it('a corrected spelling is the same child, another child in its place is not', () => {
    expect(partsOf(samePeople(model, [before(ann, 'a')], [child('children.0', 'Anabella', '2012-03-05')]))).toEqual({
      a: 'children.0',
    });
    expect(samePeople(model, [before(ann, 'a')], [child('children.0', 'Benjamin', '2016-09-17')]).size).toBe(0);
  });

  it('twins of one birthday are not swapped', () => {
    const twins = [child('children.0', 'Timothy', '2015-05-05'), child('children.1', 'Thomasina', '2015-05-05')];
    const swapped = [
      { ...twins[1]!, part: 'children.0' },
      { ...twins[0]!, part: 'children.1' },
    ];
    expect(partsOf(samePeople(model, [before(twins[0]!, 't'), before(twins[1]!, 'h')], swapped))).toEqual({
      t: 'children.1',
      h: 'children.0',
    });
  });

  it('the one person a row is about stays that person, even where the earlier version can no longer be read', () => {
    const person: PersonInRow = { part: 'person', role: 'victim', person: { surname: 'Corrected' } };
    expect(samePeople(model, [{ ...before(person, 'p'), person: null }], [person]).size).toBe(1);
  });

  it('a perpetrator of whom only a forename is known stays the same', () => {
    const only: PersonInRow = { part: 'perpetrators.0', role: 'perpetrator', person: { forenames: ['Mark'] } };
    expect(samePeople(model, [before(only, 'm')], [only]).size).toBe(1);
  });
});
