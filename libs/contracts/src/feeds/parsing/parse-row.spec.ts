import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { FEEDS, parseRow, type FeedName } from '../../index.js';
import { sampleRows } from '../sample-rows.js';

const seed = 20261101;
const now = new Date('2026-11-03T12:00:00Z');
const clone = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

function edited(feed: FeedName, edit: (row: any) => void): Record<string, unknown> {
  const row = clone(sampleRows[feed]);
  edit(row);
  return row;
}
function errorsOf(feed: FeedName, row: unknown) {
  const result = parseRow(feed, row, { now });
  return result.ok ? [] : result.errors;
}

describe.each(FEEDS)('a row of %s', (feed) => {
  it('with every field is taken whole', () => {
    const result = parseRow(feed, sampleRows[feed], { now });
    expect(result).toMatchObject({
      ok: true,
      deleted: false,
      fieldProblems: [],
      recordRef: sampleRows[feed]['recordRef'],
    });
    if (result.ok && !result.deleted)
      expect(Object.keys(result.row).sort()).toEqual(Object.keys(sampleRows[feed]).sort());
  });

  it('parsed once parses to itself', () => {
    const once = parseRow(feed, sampleRows[feed], { now });
    if (!once.ok || once.deleted) throw new Error('not taken');
    expect(parseRow(feed, clone(once.row), { now })).toEqual(once);
  });

  it('with an unknown field is refused, and names the field', () => {
    expect(errorsOf(feed, { ...sampleRows[feed], shoeSize: 5 })).toEqual([
      { path: 'shoeSize', code: 'unknown_field', message: expect.any(String) },
    ]);
  });

  it('whose unknown field may itself be data does not have it repeated', () => {
    const errors = errorsOf(feed, { ...sampleRows[feed], 'Jane Example, 3 Lane': 1 });
    expect(errors).toMatchObject([{ path: '', code: 'unknown_field' }]);
    expect(JSON.stringify(errors)).not.toContain('Jane');
  });

  it('without recordRef, or with one too long, is refused', () => {
    expect(
      errorsOf(
        feed,
        edited(feed, (row) => delete row.recordRef),
      ),
    ).toMatchObject([{ path: 'recordRef', code: 'required' }]);
    expect(errorsOf(feed, { ...sampleRows[feed], recordRef: 'x'.repeat(65) })).toMatchObject([
      { path: 'recordRef', code: 'too_long' },
    ]);
    expect(errorsOf(feed, { ...sampleRows[feed], recordRef: '' })).toMatchObject([
      { path: 'recordRef', code: 'required' },
    ]);
    expect(parseRow(feed, { ...sampleRows[feed], recordRef: 'x'.repeat(64) }, { now }).ok).toBe(true);
  });

  it.each(['__proto__', 'constructor', 'prototype'])(
    'with the key %s anywhere is refused and pollutes nothing',
    (key) => {
      const text = JSON.stringify(sampleRows[feed]).replace('{', `{"${key}":{"polluted":true},`);
      const deep = JSON.stringify(sampleRows[feed]).replace('"forenames":', `"${key}":{"polluted":true},"forenames":`);
      expect(errorsOf(feed, JSON.parse(text))).toMatchObject([{ code: 'forbidden_field' }]);
      expect(errorsOf(feed, JSON.parse(deep))).toMatchObject([{ code: 'forbidden_field' }]);
      expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    },
  );

  it('never throws, whatever one of its values is, and no message repeats the value', () => {
    const paths: string[][] = [];
    const walk = (value: unknown, path: string[]): void => {
      if (path.length > 0) paths.push(path);
      if (typeof value === 'object' && value !== null)
        for (const [k, v] of Object.entries(value)) walk(v, [...path, k]);
    };
    walk(sampleRows[feed], []);
    fc.assert(
      fc.property(fc.constantFrom(...paths), fc.oneof(fc.string({ minLength: 8 }), fc.jsonValue()), (path, value) => {
        const row = clone(sampleRows[feed]) as any;
        let holder = row;
        for (const part of path.slice(0, -1)) holder = holder[part];
        holder[path.at(-1)!] = value;
        const result = parseRow(feed, row, { now });
        const said = JSON.stringify(result.ok ? result.fieldProblems : result.errors.map((error) => error.message));
        if (typeof value === 'string' && value.trim().length > 7) expect(said).not.toContain(value.trim());
      }),
      { seed, numRuns: 300 },
    );
  });

  it('that is anything else never throws', () => {
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), fc.anything({ maxDepth: 3 })), (value) => {
        expect(parseRow(feed, value, { now }).ok).toBe(false);
      }),
      { seed, numRuns: 200 },
    );
  });

  it('marked deleted is a deletion in a delta submission and refused in a full one', () => {
    const row = { recordRef: 'X-1', deleted: true };
    expect(parseRow(feed, row, { mode: 'delta' })).toEqual({
      ok: true,
      deleted: true,
      recordRef: 'X-1',
      fieldProblems: [],
    });
    expect(parseRow(feed, row, { mode: 'full' })).toMatchObject({
      ok: false,
      recordRef: 'X-1',
      errors: [{ code: 'deletion_not_allowed' }],
    });
    expect(parseRow(feed, { ...row, person: {} }, { mode: 'delta' })).toMatchObject({
      ok: false,
      errors: [{ code: 'unknown_field' }],
    });
    expect(parseRow(feed, { deleted: true }, { mode: 'delta' })).toMatchObject({
      ok: false,
      errors: [{ code: 'required' }],
    });
    expect(parseRow(feed, { ...sampleRows[feed], deleted: false }, { now })).toMatchObject({
      ok: true,
      deleted: false,
    });
  });
});

describe('a bad identifier', () => {
  it.each([
    ['nhsNumber', '9991000039', 'invalid_nhs_number'],
    ['nhsNumber', 9991000038, 'invalid_type'],
    ['niNumber', 'QQ123456C', 'invalid_ni_number'],
  ])('%s %p costs the field, not the row', (field, value, code) => {
    const result = parseRow(
      'housing',
      edited('housing', (row) => (row.person[field] = value)),
      { now },
    );
    expect(result).toMatchObject({ ok: true, fieldProblems: [{ path: `person.${field}`, code }] });
    if (result.ok && !result.deleted) expect(result.row.person).not.toHaveProperty(field);
  });

  it('in a list takes only its entry out', () => {
    const row = edited('housing', (r) => {
      r.person.telephones = ['nonsense', '07700 900123', 'x', '0115 496 0123', ''];
      r.person.emails = ['bad'];
      r.person.addresses[0].postcode = 'NG';
      r.person.addresses[1].uprn = 'abc';
      r.uprn = '0';
    });
    const result = parseRow('housing', row, { now });
    if (!result.ok || result.deleted) throw new Error('not taken');
    expect(result.row.person.telephones).toEqual(['+447700900123', '+441154960123']);
    expect(result.row.person.emails).toEqual([]);
    expect(result.row.person.addresses?.[0]).toMatchObject({ lines: ['12 Made Up Road'], uprn: '100031000001' });
    expect(result.row).not.toHaveProperty('uprn');
    expect(result.fieldProblems.map((problem) => problem.path).sort()).toEqual([
      'person.addresses.0.postcode',
      'person.addresses.1.uprn',
      'person.emails.0',
      'person.telephones.0',
      'person.telephones.2',
      'person.telephones.4',
      'uprn',
    ]);
  });

  it('beside a real mistake is named with it', () => {
    const row = edited('housing', (r) => {
      r.person.nhsNumber = '1';
      r.person.dateOfBirth = '1984-02-30';
    });
    expect(
      errorsOf('housing', row)
        .map((error) => error.code)
        .sort(),
    ).toEqual(['invalid_date', 'invalid_nhs_number']);
  });

  it('in a safe contact or a referrer leaves the rest', () => {
    const row = edited('marac-referral', (r) => {
      r.safeContact.number = '1';
      r.referrer.email = 'x';
    });
    const result = parseRow('marac-referral', row, { now });
    if (!result.ok || result.deleted) throw new Error('not taken');
    expect(result.row.safeContact).not.toHaveProperty('number');
    expect(result.row.referrer).not.toHaveProperty('email');
    expect(result.fieldProblems).toHaveLength(2);
  });
});

describe('values', () => {
  it('come out in their normal form', () => {
    const result = parseRow('housing', sampleRows.housing, { now });
    if (!result.ok || result.deleted) throw new Error('not taken');
    expect(result.row.uprn).toBe('100031000001');
    expect(result.row.person).toMatchObject({
      nhsNumber: '9991000038',
      niNumber: 'AB123456C',
      emails: ['mary@example.org'],
    });
    expect(result.row.person.addresses?.[0]?.postcode).toBe('NG18 1AA');
  });

  it('that are null are absent', () => {
    const result = parseRow(
      'housing',
      { recordRef: 'H', person: { surname: 'Sample', title: null }, tenure: null },
      { now },
    );
    expect(result).toMatchObject({ ok: true, row: { recordRef: 'H', person: { surname: 'Sample' } } });
  });

  it.each([
    ['dateOfBirth', '1984-02-30', 'invalid_date'],
    ['dateOfBirth', '2027-01-01', 'invalid_date'],
    ['dateOfBirth', 19840229, 'invalid_type'],
    ['sex', 'woman', 'invalid_choice'],
    ['surname', '', 'required'],
    ['surname', 'Ja\u202ene', 'invalid_name'],
    ['surname', 'x'.repeat(101), 'too_long'],
    ['forenames', 'Mary', 'invalid_type'],
    ['forenames', [null], 'invalid_type'],
    ['telephones', Array.from({ length: 31 }, () => '07700 900123'), 'too_many'],
  ])('person.%s %p costs the row: %s', (field, value, code) => {
    const errors = errorsOf(
      'housing',
      edited('housing', (row) => (row.person[field] = value)),
    );
    expect(errors).toMatchObject([{ path: expect.stringMatching(new RegExp(`^person\\.${field}`)), code }]);
  });

  it('are named in the words of the field', () => {
    const [error] = errorsOf(
      'housing',
      edited('housing', (row) => (row.person.dateOfBirth = '31/12/1984')),
    );
    expect(error?.message).toMatch(/^Date of birth must be/);
  });

  it('of alternatives are explained by the one that was meant', () => {
    expect(
      errorsOf(
        'asb',
        edited('asb', (row) => (row.actions = [{ action: 5 }])),
      ),
    ).toMatchObject([{ path: 'actions.0.action', code: 'invalid_type' }]);
    expect(
      errorsOf(
        'asb',
        edited('asb', (row) => (row.actions = [5])),
      ),
    ).toMatchObject([{ path: 'actions.0', code: 'invalid_type' }]);
  });
});

describe('the person', () => {
  it('needs a name, and one name is enough', () => {
    expect(errorsOf('housing', { recordRef: 'H', person: {} })).toMatchObject([
      { path: 'person.surname', code: 'required' },
    ]);
    expect(errorsOf('housing', { recordRef: 'H', person: { forenames: [] } })).toMatchObject([
      { path: 'person.surname', code: 'required' },
    ]);
    expect(errorsOf('housing', { recordRef: 'H' })).toMatchObject([{ path: 'person', code: 'required' }]);
    expect(errorsOf('housing', { recordRef: 'H', person: { forenames: ['Budi'] } })).toEqual([]);
  });

  it('of a referral may be called victim or person, but not be two people', () => {
    const { victim, ...rest } = sampleRows['marac-referral'];
    const asPerson = parseRow('marac-referral', { ...rest, person: victim }, { now });
    expect(asPerson).toEqual(parseRow('marac-referral', sampleRows['marac-referral'], { now }));
    expect(parseRow('marac-referral', { ...rest, victim, person: clone(victim) }, { now }).ok).toBe(true);
    expect(errorsOf('marac-referral', { ...rest, victim, person: { surname: 'Other' } })).toContainEqual(
      expect.objectContaining({ path: 'person', code: 'conflicting_fields' }),
    );
    expect(errorsOf('marac-referral', rest)).toMatchObject([{ path: 'victim', code: 'required' }]);
  });

  it('of anti-social behaviour may be missing when there are parties', () => {
    expect(
      errorsOf(
        'asb',
        edited('asb', (row) => delete row.person),
      ),
    ).toEqual([]);
    expect(errorsOf('asb', { recordRef: 'B', parties: [] })).toMatchObject([{ path: 'person', code: 'required' }]);
  });

  it('of a history may be missing only when nothing is known', () => {
    const nothing = { recordRef: 'Y', requestRef: 'R', known: 'no' };
    expect(errorsOf('agency-history', nothing)).toEqual([]);
    expect(errorsOf('agency-history', { ...nothing, known: 'yes' })).toMatchObject([
      { path: 'person', code: 'required' },
    ]);
    expect(errorsOf('agency-history', { ...nothing, known: 'maybe' })).toMatchObject([
      { path: 'known', code: 'invalid_choice' },
    ]);
  });
});
