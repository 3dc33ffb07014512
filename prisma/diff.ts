// node dist/prisma/diff.js URL — prints the SQL that brings that (migrated) database to prisma/schema. For writing a new migration.
import { noFilter, schemaFiles } from './files.js';
import { loadSchemaEngine } from './schema-engine.js';

const url = process.argv[2];
if (!url) {
  process.stderr.write('usage: diff.js POSTGRES_URL\n');
  process.exit(2);
}
const files = await schemaFiles();
const engine = await loadSchemaEngine(url, files);
const { stdout } = await engine.diff({
  from: process.argv[3] === '--from-empty' ? { tag: 'empty' } : { tag: 'url', url },
  to: { tag: 'schemaDatamodel', files: files.map(([path, content]) => ({ path, content })) },
  script: true,
  exitCode: null,
  shadowDatabaseUrl: null,
  filters: noFilter,
});
process.stdout.write(stdout ?? '');
await engine.close();
