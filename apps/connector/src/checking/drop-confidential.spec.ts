import { describe, expect, it } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { confidentialAddresses, parseRow, type FeedName } from '#contracts';
import { checkFile } from './check-file.js';
import { dropConfidential } from './drop-confidential.js';

const person = (...addresses: object[]) => ({ surname: 'Invented', forenames: ['Mary'], addresses });
const home = { lines: ['12 Made Up Road'], postcode: 'NG18 1AA', type: 'current' };
const old = { lines: ['3 Pretend Lane'], postcode: 'S80 1AA', type: 'previous' };
const flagged = { ...home, confidential: true };
const refuge = { lines: ["Women's Aid refuge", '1 Secret Way'], town: 'Mansfield' };

const cases: [string, FeedName, object, number][] = [
  ['a flagged address', 'arrears', { recordRef: 'A', person: person(flagged, old) }, 1],
  ['two flagged addresses around a good one', 'arrears', { recordRef: 'A', person: person(flagged, old, flagged) }, 2],
  ['refuge words', 'housing', { recordRef: 'A', person: person(refuge, old) }, 1],
  [
    'everyone present while in refuge',
    'dv-service',
    {
      recordRef: 'A',
      role: 'victim',
      serviceType: 'refuge',
      person: person(home, old),
      children: [{ person: person(home) }],
    },
    2,
  ],
  [
    'an area with a postcode',
    'dv-service',
    { recordRef: 'A', role: 'victim', person: person(old), area: 'NG18 1AA' },
    1,
  ],
  [
    'a partner’s location that names a refuge',
    'dv-service',
    {
      recordRef: 'A',
      role: 'victim',
      person: person(old),
      relatedPeople: [{ role: 'child', person: person(), location: 'safe house' }],
    },
    1,
  ],
  [
    'a stay in refuge',
    'homelessness',
    { recordRef: 'A', person: person(home), temporaryAccommodation: { kind: 'refuge', area: 'Refuge, NG18 1AA' } },
    2,
  ],
];

describe('confidential addresses are dropped at the sender', () => {
  it.each(cases)('%s', (_name, feed, row, count) => {
    expect(dropConfidential(feed, row)).toBe(count);
    expect(confidentialAddresses(feed, row)).toEqual([]);
    expect(parseRow(feed, row)).toMatchObject({ ok: true });
    expect(dropConfidential(feed, row)).toBe(0);
  });

  it('a row without any is left as it is', () => {
    const row = { recordRef: 'A', person: person(home, old) };
    expect(dropConfidential('arrears', row)).toBe(0);
    expect(row).toEqual({ recordRef: 'A', person: person(home, old) });
  });

  it.each([
    null,
    3,
    'text',
    [],
    { confidential: true },
    { addresses: { confidential: true } },
    { 'a.b': flagged },
    [flagged],
    { person: { addresses: flagged } },
  ])('ends on the misshapen row %j', (row) => {
    expect(dropConfidential('dv-service', structuredClone(row))).toBeGreaterThanOrEqual(0);
  });

  it.each([
    ['a row marked as a whole', { recordRef: 'A-1', confidential: true, person: person(flagged) }],
    ['a flag under a name with a dot', { recordRef: 'A-1', person: person(old), 'odd.name': flagged }],
  ])('%s is not sent at all, not even to hear the hub refuse it', async (_name, row) => {
    const dir = await mkdtemp(join(tmpdir(), 'confidential-'));
    await writeFile(
      join(dir, 'rows.ndjson'),
      `${JSON.stringify(row)}\n${JSON.stringify({ recordRef: 'A-2', person: {} })}\n`,
    );
    const checked = await checkFile('arrears', join(dir, 'rows.ndjson'), { keepBad: true });
    await rm(dir, { recursive: true });
    expect(checked.problems).toHaveLength(2);
    expect(checked.lines.map((line) => JSON.parse(line).recordRef)).toEqual(['A-2']);
  });

  it('a row larger than the hub reads is a problem here and is not sent', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'large-'));
    const row = { recordRef: 'A-1', person: person(old), tenancyRef: 'x'.repeat(300_000) };
    await writeFile(join(dir, 'rows.ndjson'), `${JSON.stringify(row)}\n`);
    const checked = await checkFile('arrears', join(dir, 'rows.ndjson'), { keepBad: true });
    await rm(dir, { recursive: true });
    expect(checked.lines).toEqual([]);
    expect(checked.problems).toMatchObject([{ recordRef: 'A-1', errors: [{ code: 'too_long' }] }]);
  });
});
