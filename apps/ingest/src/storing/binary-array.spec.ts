import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import pg from 'pg';
import { postgresUrl } from '../../../../test/support/database.js';
import { byteas, texts, uuids } from './binary-array.js';

let client: pg.Client;
beforeAll(async () => {
  client = new pg.Client({ connectionString: postgresUrl() });
  await client.connect();
});
afterAll(async () => client.end());

const back = async (type: string, array: Buffer) =>
  (await client.query<{ back: unknown[] }>(`SELECT $1::${type} AS back`, [array])).rows[0]!.back;

describe('an array in PostgreSQL’s binary form', () => {
  it('of any bytes comes back as it went, nulls and no elements at all included', async () => {
    const items = fc.array(fc.option(fc.uint8Array({ maxLength: 40 })), { maxLength: 20 });
    const property = fc.asyncProperty(items, async (list) => {
      const given = list.map((item) => item && Buffer.from(item));
      expect(await back('bytea[]', byteas(given))).toEqual(given);
    });
    await fc.assert(property, { seed: 14, numRuns: 60 });
  });

  it('of any text', async () => {
    const text = fc.string({ unit: 'grapheme' }).filter((value) => !value.includes('\0'));
    const property = fc.asyncProperty(fc.array(text, { maxLength: 10 }), async (list) => {
      expect(await back('text[]', texts(list))).toEqual(list);
    });
    await fc.assert(property, { seed: 15, numRuns: 60 });
  });

  it('of ids', async () => {
    const ids = ['00000000-0000-4000-8000-000000000001', null, 'ffffffff-ffff-4fff-bfff-ffffffffffff'];
    expect(await back('uuid[]', uuids(ids))).toEqual(ids);
    expect(await back('uuid[]', uuids([]))).toEqual([]);
  });
});
