import { describe, expect, it } from '@jest/globals';
import { changed, sampleRequest } from '../test/sample-request.js';
import { explain, loadPolicy } from './index.js';

const policy = loadPolicy();

describe('explain', () => {
  it('says what was asked, which row released it, on what basis, and what would stop it', () => {
    const told = explain(policy, changed('marac', { consents: [] }), 'i1');
    expect(told.asked).toBe(
      'May idva have the field surname (identity, from ashfield) about person vera (victim) of case case-1, for marac, at 2026-11-01T12:00:00Z?',
    );
    expect(told).toMatchObject({ rule: 11, outcome: 'release', reason: 'cda1998.s115' });
    expect(told.text).toMatch(/^Yes\. Row 11 .*Crime and Disorder Act 1998, section 115.*Article 6\(1\)\(e\)/);
    expect(told.whatWouldChange).toMatch(/^It would be withheld if/);
  });

  it('says why something is withheld and what would have to be different', () => {
    const told = explain(policy, changed('dhr', { recipient: { panel: [] } }), 'i1');
    expect(told).toMatchObject({ rule: 13, outcome: 'withhold', reason: 'not_on_panel' });
    expect(told.text).toBe('No. Row 13: The review is not open, or the recipient is not on its panel.');
    expect(told.whatWouldChange).toBe('The review would have to be open and the recipient on its panel.');
  });

  it('says that a third party is taken out', () => {
    const told = explain(policy, changed('marac', { item: { thirdParties: ['sid'] } }), 'i1');
    expect(told).toMatchObject({ rule: 11, outcome: 'redact', reason: 'third_party' });
    expect(told.text).toMatch(/^Yes, in part\. Row 9: .*Row 11/);
  });

  it('says that nothing opens a refuge address', () => {
    const told = explain(policy, changed('emergency', { item: { confidential: true } }), 'i1');
    expect(told.whatWouldChange).toBe('Nothing. There is no exception to this rule.');
  });

  it('has no answer about an item that was not asked', () => {
    expect(() => explain(policy, sampleRequest('dhr'), 'i2')).toThrow(
      expect.objectContaining({ code: 'unknown_item' }) as unknown as Error,
    );
  });
});
