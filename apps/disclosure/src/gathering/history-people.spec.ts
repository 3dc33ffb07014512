import { describe, expect, it } from '@jest/globals';
import { personOfAnswer } from './history-people.js';

const mary = { surname: "O'Sample", forenames: ['Mary', 'Ann'], dateOfBirth: '1984-02-29', nhsNumber: '9991000038' };
const mark = { surname: 'Sample', forenames: ['Mark'], dateOfBirth: '1980-07-01' };
const people = new Map([
  ['mary', [mary]],
  ['mark', [mark]],
]);

describe('whom an agency’s answer is about', () => {
  it.each([
    [
      'the same name and date of birth',
      { surname: 'O Sample', forenames: ['Mary'], dateOfBirth: '1984-02-29' },
      'mary',
    ],
    [
      'a misspelt surname with the rest right',
      { surname: 'Sampel', forenames: ['Mark'], dateOfBirth: '1980-07-01' },
      'mark',
    ],
    ['an NHS number whatever the name', { surname: 'Married', forenames: ['M'], nhsNumber: '9991000038' }, 'mary'],
    ['a first name alone is too little', { forenames: ['Mark'] }, null],
    ['somebody else', { surname: 'Other', forenames: ['Somebody'], dateOfBirth: '1950-01-01' }, null],
  ])('%s', (_, answer, expected) => expect(personOfAnswer(answer, people)).toBe(expected));

  it('is nobody when two fit alike', () => {
    const twins = new Map([
      ['a', [mark]],
      ['b', [mark]],
    ]);
    expect(personOfAnswer(mark, twins)).toBeNull();
  });
});
