import { describe, expect, it } from '@jest/globals';
import { benchPolicy, CURRENT_POLICY, loadPolicy, makePolicy } from './index.js';

const policy = loadPolicy();

describe('the policy data', () => {
  it('has eighteen rows in order and a text for every basis a row can release on', () => {
    expect(policy.version).toBe(CURRENT_POLICY);
    expect(policy.rules.map(({ row }) => row)).toEqual(Array.from({ length: 18 }, (_, i) => i + 1));
    expect(new Set(policy.rules.flatMap(({ bases }) => bases))).toEqual(new Set(Object.keys(policy.bases)));
  });

  it('gives every basis its Article 6 basis, its condition, its source and a review date, and claims nobody approved it', () => {
    for (const basis of Object.values(policy.bases)) {
      expect(basis).toEqual({
        title: expect.any(String),
        text: expect.any(String),
        article6: expect.stringMatching(/^Article 6\(1\)\([a-f]\)/),
        condition: expect.stringMatching(/Article 9\(2\)/),
        source: {
          title: expect.any(String),
          section: expect.any(String),
          url: expect.stringMatching(/^https:\/\/www\.legislation\.gov\.uk\//),
        },
        reviewDate: expect.stringMatching(/^\d{4}-\d{2}-\d{2}$/),
        approvedBy: null,
      });
    }
  });

  it('lists fields for every purpose that needs a list, each for the four roles', () => {
    const purposes = ['marac', 'dhr', 'voluntary-support', 'adult-safeguarding', 'child-safeguarding', 'emergency'];
    expect(Object.keys(policy.fields).toSorted()).toEqual(purposes.toSorted());
    for (const roles of Object.values(policy.fields))
      expect(Object.keys(roles)).toEqual(['victim', 'perpetrator', 'child', 'other']);
  });

  it('never lists a National Insurance number, nor the same field twice', () => {
    for (const list of Object.values(policy.fields).flatMap((roles) =>
      Object.values(roles).flatMap((c) => Object.values(c)),
    )) {
      expect(list.filter((field) => /ninumber/i.test(field))).toEqual([]);
      expect(new Set(list).size).toBe(list.length);
    }
  });

  it('never lists how to contact a victim safely among what is needed about an alleged perpetrator', () => {
    for (const roles of Object.values(policy.fields)) {
      expect(
        Object.values(roles['perpetrator']!)
          .flat()
          .filter((field) => field.startsWith('safeContact')),
      ).toEqual([]);
    }
  });

  it.each(['2026-02', '../2026-01', '', 'latest'])('has no version %j', (version) => {
    expect(() => loadPolicy(version)).toThrow(expect.objectContaining({ code: 'unknown_policy' }) as unknown as Error);
  });

  it('is refused with a row missing or a basis without text', () => {
    const invalid = expect.objectContaining({ code: 'policy_invalid' }) as unknown as Error;
    expect(() => makePolicy({ ...policy, rules: policy.rules.slice(1) })).toThrow(invalid);
    expect(() => makePolicy({ ...policy, bases: {} })).toThrow(invalid);
  });

  it('can be measured', () => {
    expect(benchPolicy(1000, policy)).toBeGreaterThan(0);
  });
});
