import { describe, expect, it } from '@jest/globals';
import { idOf } from './id-of.js';

const ID = '0f8fad5b-d9cb-469f-a165-70867728950e';

describe('an id of an address', () => {
  it('is taken in either case and given in one', () => {
    expect(idOf(ID.toUpperCase(), 'match')).toBe(ID);
  });

  it('that cannot be one is nothing here, in the words of what was looked for', () => {
    for (const text of ['', '1', `${ID}0`, `x${ID}`, "1' OR 1=1", ID.replaceAll('-', '')])
      for (const what of ['match', 'receipt', 'audit entry'] as const)
        expect(() => idOf(text, what)).toThrow(
          expect.objectContaining({ code: 'not_found', message: `There is no such ${what}.` }),
        );
  });
});
