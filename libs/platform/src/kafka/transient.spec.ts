import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { HubError } from '#contracts';
import { freshDatabase, type FreshDatabase } from '../../../../test/support/database.js';
import { Database } from '../database/database.js';
import { isTransient } from './transient.js';

const withCode = (code: string) => Object.assign(new Error('x'), { code });

describe('errors by their codes', () => {
  it.each([
    '08006',
    '40001',
    '40P01',
    '53300',
    '57P01',
    '55P03',
    'P1001',
    'P2024',
    'P2034',
    'ECONNREFUSED',
    'EAI_AGAIN',
  ])('%s passes', (code) => {
    expect(isTransient(withCode(code))).toBe(true);
    expect(isTransient(new Error('outer', { cause: new Error('middle', { cause: withCode(code) }) }))).toBe(true);
  });

  it.each(['23505', '42501', 'P2002', '404', '400', '5300', 'out_of_sequence', 'invalid_request', ''])(
    '%s stays',
    (code) => {
      expect(isTransient(withCode(code))).toBe(false);
    },
  );

  it('ours that say a part is away pass, others stay', () => {
    for (const code of ['audit_unavailable', 'key_unavailable', 'broker_unavailable', 'busy'])
      expect(isTransient(new HubError(code, 'x'))).toBe(true);
    for (const code of ['consent_withdrawn', 'integrity', 'internal'])
      expect(isTransient(new HubError(code, 'x'))).toBe(false);
  });

  it.each([undefined, null, 'text', 0, {}])('what is no error stays: %p', (thrown) => {
    expect(isTransient(thrown)).toBe(false);
  });

  it('a ring of causes ends', () => {
    const ring = new Error('a') as Error & { cause: unknown };
    ring.cause = ring;
    expect(isTransient(ring)).toBe(false);
  });
});

describe('errors as PostgreSQL and Prisma really raise them', () => {
  let fresh: FreshDatabase;
  let database: Database;
  beforeAll(async () => {
    fresh = await freshDatabase();
    database = new Database(fresh.urlFor('ingest'));
  });
  afterAll(async () => {
    await database.client.$disconnect();
    await fresh.drop();
  });
  const failure = (act: Promise<unknown>) =>
    act.then(
      () => undefined,
      (error: unknown) => error,
    );
  const raise = (code: string) =>
    failure(
      database.unitOfWork((tx) =>
        tx.$executeRawUnsafe(`DO $$ BEGIN RAISE EXCEPTION 'x' USING ERRCODE = '${code}'; END $$`),
      ),
    );

  it.each(['40001', '40P01', '53100', '53200', '57P03', '08006'])('%s passes', async (code) => {
    expect(isTransient(await raise(code))).toBe(true);
  });

  it.each(['P0001', '23514', '42501', '22P02'])('%s stays', async (code) => {
    expect(isTransient(await raise(code))).toBe(false);
  });

  it('a connection that is taken away passes', async () => {
    const owner = new pg.Client({ connectionString: fresh.ownerUrl });
    await owner.connect();
    const waiting = failure(database.unitOfWork((tx) => tx.$executeRaw`SELECT pg_sleep(20)`));
    await new Promise((resolve) => setTimeout(resolve, 300));
    await owner.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE '%pg_sleep(20)%' AND pid <> pg_backend_pid()`,
    );
    expect(isTransient(await waiting)).toBe(true);
    await owner.end();
  });

  it('a server that is not there passes', async () => {
    const nowhere = new Database('postgresql://x:y@127.0.0.1:1/none');
    expect(isTransient(await failure(nowhere.client.$queryRaw`SELECT 1`))).toBe(true);
    expect(isTransient(await failure(nowhere.unitOfWork((tx) => tx.$queryRaw`SELECT 1`)))).toBe(true);
    await nowhere.client.$disconnect();
  });
});
