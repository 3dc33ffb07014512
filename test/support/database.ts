import { createHash, randomUUID } from 'node:crypto';
import pg from 'pg';
import { migrationList } from '../../prisma/files.js';
import { migrate } from '../../prisma/migrate.js';
import { grantLogins, urlForApp, type DatabaseApp } from '../../prisma/roles.js';

const PASSWORD = 'test-only';

/** A migrated database of a test file's own, in a real PostgreSQL. */
export interface FreshDatabase {
  /** as the owner: for arranging and looking, never given to a service */
  ownerUrl: string;
  /** as an app's own role */
  urlFor(app: DatabaseApp): string;
  drop(): Promise<void>;
}

/** The server `npm test` brings up (TEST_POSTGRES_URL). */
export function postgresUrl(): string {
  const url = process.env.TEST_POSTGRES_URL;
  if (!url)
    throw new Error('These tests need PostgreSQL: run them with "npm test -- <path>", or set TEST_POSTGRES_URL.');
  return url;
}

/** Clones the migrated template: some 50 ms instead of a migration. */
export async function freshDatabase(): Promise<FreshDatabase> {
  const admin = new pg.Client({ connectionString: postgresUrl() });
  await admin.connect();
  const name = `mash_test_${randomUUID().slice(0, 8)}`;
  try {
    const template = await templateName();
    await admin.query('SELECT pg_advisory_lock(72118)');
    await ensureTemplate(admin, template);
    await admin.query(`CREATE DATABASE ${name} TEMPLATE ${template}`);
    await admin.query('SELECT pg_advisory_unlock(72118)');
  } finally {
    await admin.end();
  }
  const ownerUrl = withDatabase(name);
  return {
    ownerUrl,
    urlFor: (app) => urlForApp(ownerUrl, app, PASSWORD),
    async drop() {
      const client = new pg.Client({ connectionString: postgresUrl() });
      await client.connect();
      await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
      await client.end();
    },
  };
}

/** One template for each state of the migrations. */
async function templateName(): Promise<string> {
  const hash = createHash('sha256').update(JSON.stringify((await migrationList()).migrationDirectories));
  return `mash_template_${hash.digest('hex').slice(0, 10)}`;
}

async function ensureTemplate(admin: pg.Client, template: string): Promise<void> {
  const { rowCount } = await admin.query('SELECT 1 FROM pg_database WHERE datname = $1', [template]);
  if (rowCount) return;
  await admin.query(`DROP DATABASE IF EXISTS ${template}_making`);
  await admin.query(`CREATE DATABASE ${template}_making`);
  await migrate(withDatabase(`${template}_making`));
  await grantLogins(withDatabase(`${template}_making`), () => PASSWORD);
  await admin.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1`, [
    `${template}_making`,
  ]);
  await admin.query(`ALTER DATABASE ${template}_making RENAME TO ${template}`);
}

function withDatabase(name: string): string {
  const url = new URL(postgresUrl());
  url.pathname = `/${name}`;
  return url.href;
}
