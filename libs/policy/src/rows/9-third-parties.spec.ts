import { describe, expect, it } from '@jest/globals';
import { first } from '../../test/deciding-samples.js';
import { changed } from '../../test/sample-request.js';

describe('row 9', () => {
  it('a later row that withholds decides, not the redaction', () => {
    expect(first(changed('dhr', { case: { review: null }, item: { thirdParties: ['sid'] } }))).toBe(
      'withhold not_on_panel 13',
    );
  });
});
