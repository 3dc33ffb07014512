import { expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { migrate } from '../../prisma/migrate.js';
import { postgresUrl } from '../support/database.js';

it('one process migrates several databases, and one that is up to date again', async () => {
  const admin = new pg.Client({ connectionString: postgresUrl() });
  await admin.connect();
  const names = [1, 2].map(() => `mash_test_${randomUUID().slice(0, 8)}`);
  try {
    for (const name of names) {
      await admin.query(`CREATE DATABASE ${name}`);
      const url = Object.assign(new URL(postgresUrl()), { pathname: `/${name}` }).href;
      expect((await migrate(url)).length).toBeGreaterThan(0);
      expect(await migrate(url)).toEqual([]);
    }
  } finally {
    for (const name of names) await admin.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    await admin.end();
  }
}, 60_000);
