import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { randomRequest } from '../test/random-request.js';
import { sampleItem, sampleRequest } from '../test/sample-request.js';
import { decide, loadPolicy, parseRequest } from './index.js';

const policy = loadPolicy();
const sample = sampleRequest('marac');

/** The sample with one key, named by its path, removed or set. */
function altered(path: string, ...value: unknown[]): unknown {
  const copy = structuredClone(sample) as unknown as Record<string, unknown>;
  const keys = path.split('.');
  const last = keys.pop()!;
  const parent = keys.reduce<Record<string, unknown>>((object, key) => object[key] as Record<string, unknown>, copy);
  if (value.length === 0) delete parent[last];
  else parent[last] = value[0];
  return copy;
}

describe('parseRequest', () => {
  it('takes every request of the format, and changes no decision', () => {
    fc.assert(
      fc.property(randomRequest(policy, 5), (request) => {
        const parsed = parseRequest(JSON.parse(JSON.stringify(request)));
        expect(parsed.ok && decide(policy, parsed.value)).toEqual(decide(policy, request));
      }),
      { seed: 15, numRuns: 500 },
    );
  });

  it('ignores keys it does not know, at any depth', () => {
    const extra = { ...sample, note: 1, items: [{ ...sampleItem(), note: 1 }] };
    expect(parseRequest(extra)).toEqual({ ok: true, value: sample });
  });

  it.each([
    'case.review',
    'case.withoutConsent',
    'case.justification',
    'case.breakGlass',
    'case.requester',
    'case.criteria.repeat',
  ])('takes a request whose %s is null or absent', (path) => {
    expect(parseRequest(altered(path)).ok).toBe(true);
    expect(parseRequest(altered(path, null)).ok).toBe(true);
  });

  it('gives numbered requests and items their numbers back', () => {
    const parsed = parseRequest({ ...sample, id: 7, items: [{ ...sampleItem(), id: 9 }] });
    expect(parsed.ok && decide(policy, parsed.value)).toMatchObject({ id: 7, items: [{ id: 9 }] });
  });

  it.each([
    'id',
    'at',
    'purpose',
    'recipient',
    'recipient.agency',
    'recipient.authority',
    'recipient.panel',
    'recipient.safeguardingPartner',
    'recipient.conflicts',
    'recipient.actsFor',
    'case',
    'case.id',
    'case.people',
    'case.people.0.id',
    'case.people.0.role',
    'case.people.0.deceased',
    'case.people.0.adultAtRisk',
    'case.criteria',
    'case.review.id',
    'case.review.open',
    'case.withoutConsent.at',
    'case.caldicott',
    'case.breakGlass.from',
    'case.breakGlass.to',
    'case.safetyDelay',
    'agreements',
    'agreements.0.source',
    'agreements.0.recipient',
    'agreements.0.purposes',
    'agreements.0.categories',
    'agreements.0.from',
    'agreements.0.to',
    'consents',
    'consents.0.person',
    'consents.0.at',
    'consents.0.status',
    'consents.0.purposes',
    'consents.0.recipients',
    'consents.0.categories',
    'items',
    'items.0.id',
    'items.0.source',
    'items.0.category',
    'items.0.person',
    'items.0.field',
    'items.0.kind',
    'items.0.confidential',
    'items.0.thirdParties',
  ])('refuses a request without %s, and says where', (path) => {
    const parsed = parseRequest(altered(path));
    expect(parsed).toEqual({
      ok: false,
      error: { code: 'request_invalid', message: expect.stringContaining(path) as unknown as string },
    });
  });

  it.each<[string, unknown]>([
    ['at', '2026-11-01'],
    ['at', 0],
    ['recipient.authority', 'true'],
    ['recipient.panel', 'review-1'],
    ['case.caldicott', 1],
    ['case.criteria.repeat', 'yes'],
    ['agreements.0.to', 'never'],
    ['consents.0.status', 'unsure'],
    ['items.0.kind', 'biometric'],
    ['items.0.confidential', null],
    ['items.0.thirdParties.0', 7],
  ])('refuses %s when it is %j, without repeating it', (path, value) => {
    const parsed = parseRequest(altered(path, value));
    expect(!parsed.ok && parsed.error.message).toContain(path);
    if (!parsed.ok && typeof value === 'string') expect(parsed.error.message).not.toContain(`"${value}"`);
  });

  it.each([null, 1, 'text', [], [sample], {}])('refuses %j', (json) => {
    expect(parseRequest(json).ok).toBe(false);
  });
});
