import { describe, expect, it } from '@jest/globals';
import { prepare } from '../preparing/prepare.js';
import { NameFrequencies } from './name-frequencies.js';

describe('name frequencies', () => {
  it('start from the default table', () => {
    const frequencies = new NameFrequencies();
    expect(frequencies.share('surname', 'smith')).toBeGreaterThan(100 * frequencies.share('surname', 'ashworthy'));
  });

  it('lean towards the hub’s own people as they come in', () => {
    const frequencies = new NameFrequencies();
    const before = frequencies.share('surname', 'ashworthy');
    const person = prepare({
      names: [{ surname: 'Ashworthy', forenames: ['Ros'] }],
      telephones: [],
      emails: [],
      addresses: [],
    });
    for (let i = 0; i < 500; i++) frequencies.add(person);
    expect(frequencies.share('surname', 'ashworthy')).toBeGreaterThan(50 * before);
    expect(frequencies.share('surname', 'smith')).toBeLessThan(new NameFrequencies().share('surname', 'smith'));
  });

  it('survive being written and read', () => {
    const frequencies = NameFrequencies.fromCounts({ khan: 30, smith: 70 }, { ali: 5 });
    const read = NameFrequencies.fromJSON(JSON.parse(JSON.stringify(frequencies)));
    expect(read.share('surname', 'khan')).toBe(frequencies.share('surname', 'khan'));
  });
});
