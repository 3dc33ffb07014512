import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sampleRows } from '#contracts';
import { aRow, IntakeWorld, type Instance, type Row } from '../support/intake.js';

let world: IntakeWorld;
let hub: Instance;
const person = (changes: Row) => ({ person: { ...(sampleRows.arrears.person as Row), ...changes } });
/** Plainly invented, and nowhere else in the tests: found anywhere in the database, it leaked. */
const CANARY = 'Zzyzxcanary';

beforeAll(async () => {
  world = await IntakeWorld.fresh();
  hub = world.instance();
});
afterAll(async () => world.end());

describe('a bad row does not stop the good ones', () => {
  it('good rows are taken, each bad one is told by its number and field', async () => {
    const rows = [
      aRow('A-1'),
      aRow('A-2', person({ dateOfBirth: `${CANARY}-31` })),
      `{"recordRef":"A-3","person":{"surname":"${CANARY}"`,
      aRow('A-1', person({ surname: CANARY })),
      aRow('A-5', { [`${CANARY} as a field`]: 1 }),
      aRow('A-6', person({ nhsNumber: '999 100 0039', surname: CANARY })),
      'null',
      '',
      aRow('A-9'),
    ];
    const { receipt } = await hub.intake.receive('ashfield', await world.sealed({ rows }));
    const draft = await world.draft(receipt);
    expect(draft).toMatchObject({ status: 'partly', accepted: 3 });
    expect(draft.quarantined.map(({ row, recordRef, errors }) => [row, recordRef, errors[0]!.code])).toEqual([
      [2, 'A-2', 'invalid_date'],
      [3, undefined, 'invalid_json'],
      [4, 'A-1', 'duplicate_ref'],
      [5, 'A-5', 'unknown_field'],
      [7, undefined, expect.any(String)],
      [8, undefined, 'invalid_json'],
    ]);
    expect(draft.fieldsQuarantined).toMatchObject([
      { row: 6, recordRef: 'A-6', errors: [{ path: 'person.nhsNumber' }] },
    ]);
    expect(await world.count(`ingest.record WHERE state = 'active'`)).toBe(3);
  });

  it('quarantine, audit, outbox and receipt hold no value of any row', async () => {
    expect(await world.count('ingest.quarantine')).toBe(7);
    for (const table of ['ingest.quarantine', 'ingest.feed_batch', 'ingest.outbox', 'ingest.record', 'audit.entry']) {
      const rows = await world.query(
        `SELECT t::text AS text, encode(convert_to(t::text, 'UTF8'), 'escape') AS raw FROM ${table} t`,
      );
      expect(rows.length).toBeGreaterThan(0);
      for (const { text } of rows) {
        expect(text).not.toContain(CANARY);
        expect(text).not.toContain(Buffer.from(CANARY).toString('hex'));
      }
    }
    const [{ id } = { id: '' }] = await world.query<{ id: string }>('SELECT id FROM ingest.feed_batch');
    expect(JSON.stringify(await world.draft(id))).not.toContain(CANARY);
  });

  it('a confidential address costs the row, and nothing of the row is kept, not even sealed', async () => {
    const before = await world.stored();
    const refuge = person({ addresses: [{ lines: [CANARY], type: 'current', confidential: true }] });
    const { receipt } = await hub.intake.receive('ashfield', await world.sealed({ rows: [aRow('R-1', refuge)] }));
    expect(await world.draft(receipt)).toMatchObject({
      accepted: 0,
      quarantined: [{ errors: [{ code: 'confidential_address' }] }],
    });
    expect(await world.stored()).toMatchObject({
      'ingest.record': before['ingest.record'],
      'vault.wrapped_key': before['vault.wrapped_key'],
    });
  });

  it('a request ref that is no id stays in the sealed row: it does not go into Kafka, and stops no record', async () => {
    const history = (recordRef: string, requestRef: string) => ({
      ...sampleRows['agency-history'],
      recordRef,
      requestRef,
    });
    const request = '3f0f8a52-7c1b-4c57-9a55-0d6f3b1f2a10';
    const rows = [history('H-1', `${CANARY} of 1984`), history('H-2', request.toUpperCase())];
    await hub.intake.receive('ashfield', await world.sealed({ feed: 'agency-history', rows }));
    const [sent] = await world.query<{ value: Buffer }>('SELECT value FROM ingest.outbox ORDER BY id DESC LIMIT 1');
    expect(sent!.value.toString()).not.toContain(CANARY);
    const event = JSON.parse(sent!.value.toString());
    expect(event.recordIds).toHaveLength(2);
    expect(event.histories).toEqual([{ recordId: expect.any(String), requestRef: request }]);
  });

  it('twelve thousand rows are told of in messages of at most five thousand ids, each under its own name', async () => {
    const rows = Array.from({ length: 12_000 }, (_, n) => ({
      ...aRow(`L-${n}`),
      person: { surname: 'Sample', forenames: ['Many'] },
    }));
    const { receipt } = await hub.intake.receive('ashfield', await world.sealed({ rows }));
    const sent = (
      await world.query<{ value: Buffer }>(
        `SELECT value FROM ingest.outbox WHERE topic = 'records.accepted' AND convert_from(value, 'UTF8')::jsonb ->> 'batchId' LIKE $1 || '%' ORDER BY id`,
        [receipt],
      )
    ).map(({ value }) => JSON.parse(value.toString()));
    expect(sent.map(({ batchId, recordIds }) => [batchId, recordIds.length])).toEqual([
      [receipt, 5_000],
      [`${receipt}-2`, 5_000],
      [`${receipt}-3`, 2_000],
    ]);
  }, 60_000);

  it('the receipt of a batch of nothing but bad rows stays small enough to be sent, and says how many it does not list', async () => {
    const rows = new Array<string>(20_000).fill('{}');
    const { receipt } = await hub.intake.receive('ashfield', await world.sealed({ rows }));
    const draft = await world.draft(receipt);
    expect(JSON.stringify(draft).length).toBeLessThan(1_100_000);
    expect(draft.quarantined.length + draft.notListed!).toBe(20_000);
    expect(await world.count('ingest.quarantine WHERE batch_id = $1', [receipt])).toBe(20_000);
  }, 60_000);
});
