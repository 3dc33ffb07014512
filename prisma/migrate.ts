import { migrationList, noFilter, schemaFiles } from './files.js';
import { loadSchemaEngine } from './schema-engine.js';

/**
 * Brings a database up to the newest migration, as `prisma migrate deploy` does.
 * @param url connection of a role that may create schemas and roles
 * @returns names of the migrations that were applied now (empty: it was up to date)
 */
export async function migrate(url: string): Promise<string[]> {
  const engine = await loadSchemaEngine(url, await schemaFiles());
  try {
    const input = { migrationsList: await migrationList(), filters: noFilter };
    return (await engine.applyMigrations(input)).appliedMigrationNames;
  } finally {
    await engine.close();
  }
}
