import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { metrics } from '#platform';
import { aRow, IntakeWorld, type Instance } from '../support/intake.js';

let world: IntakeWorld;
let hub: Instance;
beforeAll(async () => {
  world = await IntakeWorld.fresh();
  hub = world.instance();
});
afterAll(async () => world.end());

const person = (more: object = {}) => ({ surname: 'Canaryname', forenames: ['Mary'], ...more });
const counts = async (submission: string) => {
  const rows = await world.query<{ measure: string; affected: number; total: number }>(
    'SELECT measure, affected, total FROM ingest.data_quality WHERE submission = $1',
    [submission],
  );
  return Object.fromEntries(rows.map(({ measure, affected, total }) => [measure, `${affected}/${total}`]));
};

describe('the quality of a submission', () => {
  const submission = randomUUID();

  it('is counted as its batches come in, in any order, and added up', async () => {
    const agreed = { submission, sequence: world.nextSequence(), batches: 2, mode: 'full' };
    const second = [
      aRow('A', { person: person({ dateOfBirth: '1980-01-01' }) }),
      aRow('B', { person: person({ dateOfBirth: '1980-05-06', niNumber: 'not one' }) }),
      aRow('C', { person: { surname: '' } }),
    ];
    await hub.intake.receive('ashfield', await world.sealed({ rows: second, manifest: { ...agreed, batch: 2 } }));
    expect(await counts(submission)).toMatchObject({
      rows_refused: '1/3',
      rows_with_field_left_out: '1/3',
      birth_date_1_january: '1/2',
      birth_date_missing: '0/2',
      postcode_missing: '2/2',
    });
    const first = [aRow('D', { person: person() })];
    await hub.intake.receive('ashfield', await world.sealed({ rows: first, manifest: { ...agreed, batch: 1 } }));
    expect(await counts(submission)).toMatchObject({
      rows_refused: '1/4',
      birth_date_missing: '1/3',
      postcode_missing: '3/3',
    });
  });

  it('is not counted again for the same bytes, nor for a batch that is refused', async () => {
    const message = await world.sealed({
      rows: [aRow('E', { person: person() })],
      manifest: { submission: randomUUID() },
    });
    await hub.intake.receive('ashfield', message);
    const before = await world.count('ingest.data_quality');
    await hub.intake.receive('ashfield', message);
    await hub.intake.receive('ashfield', await world.sealed({ manifest: { rows: 9 } }));
    expect(await world.count('ingest.data_quality')).toBe(before);
  });

  it('can be read by the portal, and written by nobody but ingest', async () => {
    const portal = new pg.Client({ connectionString: world.database.urlFor('portal') });
    await portal.connect();
    try {
      const { rows } = await portal.query(
        'SELECT agency, feed FROM portal.data_quality WHERE submission = $1 LIMIT 1',
        [submission],
      );
      expect(rows).toEqual([{ agency: 'ashfield', feed: 'arrears' }]);
      await expect(portal.query('DELETE FROM portal.data_quality')).rejects.toThrow(/permission denied/);
      await expect(portal.query('SELECT * FROM ingest.data_quality')).rejects.toThrow(/permission denied/);
    } finally {
      await portal.end();
    }
  });

  it('stands in the metrics by agency, feed and measure, with no word of a person', async () => {
    const text = await metrics.metrics();
    expect(text).toMatch(
      /mash_feed_quality_affected_total\{agency="ashfield",feed="arrears",measure="birth_date_1_january"\} 1/,
    );
    expect(text).toMatch(/mash_feed_rows_total\{agency="ashfield",feed="arrears",outcome="refused"\} 1/);
    expect(text).toMatch(/mash_feed_batches_total\{agency="ashfield",status="rejected",reason="count_mismatch"\} 1/);
    expect(text).not.toMatch(/canaryname/i);
  });
});
