import { describe, expect, it } from '@jest/globals';
import { loadModel } from '../people/person-model.js';
import type { PersonInput } from '../person-input.js';
import { prepare } from '../preparing/prepare.js';
import { SubjectIndex } from './subject-index.js';

const model = loadModel();
const made = (surname: string, forename: string, dateOfBirth: string, more: Partial<PersonInput> = {}) =>
  prepare({
    names: [{ surname, forenames: [forename] }],
    dateOfBirth,
    telephones: [],
    emails: [],
    addresses: [],
    ...more,
  });

describe('the subject index', () => {
  it('finds a subject in spite of a nickname and a typing error, best first', () => {
    const index = new SubjectIndex(model);
    index.upsert('s1', made('Ashworthy', 'Elizabeth', '1986-04-17', { telephones: ['07700 900123'] }));
    index.upsert('s2', made('Ashworthy', 'Beatrix', '1986-04-17'));
    index.upsert('s3', made('Pellington', 'Elizabeth', '1950-01-02'));
    const found = index.match(made('Ashwrothy', 'Liz', '1986-04-17', { telephones: ['+44 7700 900123'] }));
    expect(found[0]?.subjectId).toBe('s1');
    expect(found.map(({ subjectId }) => subjectId)).not.toContain('s3');
  });

  it('forgets a removed subject and the old facts of a changed one', () => {
    const index = new SubjectIndex(model);
    index.upsert('s1', made('Ashworthy', 'Rosalind', '1986-04-17'));
    index.upsert('s1', made('Pellington', 'Marjorie', '1950-01-02'));
    expect(index.size).toBe(1);
    expect(index.match(made('Ashworthy', 'Rosalind', '1986-04-17'))).toEqual([]);
    index.remove('s1');
    index.remove('s1');
    expect(index.size).toBe(0);
    expect(index.match(made('Pellington', 'Marjorie', '1950-01-02'))).toEqual([]);
  });
});
