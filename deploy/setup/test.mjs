// npm test: brings up a real PostgreSQL for the suites (those that need Kafka or the whole hub start their own), runs them all, and ends
// with the line "N passed, N failed[, N skipped]". `npm test -- libs/policy` runs a part.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { node24, root } from './paths.mjs';

const args = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'mash-test-'));
const results = join(folder, 'results.json');
const needsDatabase = args.length === 0 || args.some((arg) => !/^libs\/(?!platform)|^-/.test(arg));

let database = null;
let jest = null;
let stopping = false;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
  process.on(signal, () => {
    stopping = true;
    jest?.kill('SIGTERM');
  });

/** testcontainers where a Docker engine is wanted (TEST_INFRA=containers), else our own embedded PostgreSQL. */
async function startDatabase() {
  if (process.env.TEST_POSTGRES_URL) return { url: process.env.TEST_POSTGRES_URL, stop: async () => {} };
  if (process.env.TEST_INFRA === 'containers') {
    const { PostgreSqlContainer } = await import('@testcontainers/postgresql');
    const container = await new PostgreSqlContainer('postgres:18').start();
    return { url: container.getConnectionUri(), stop: () => container.stop() };
  }
  const { startPostgres } = await import(join(root, 'dist/deploy/embedded/postgres.js'));
  return startPostgres({ state: join(folder, 'state') });
}

function runJest(env) {
  return new Promise((resolve, reject) => {
    jest = spawn(
      node24,
      [
        '--experimental-vm-modules',
        '--disable-warning=ExperimentalWarning',
        'node_modules/jest/bin/jest.js',
        ...['--json', `--outputFile=${results}`, '--maxWorkers=2', '--colors=false', ...args],
      ],
      { cwd: root, stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, ...env } },
    );
    jest.on('error', reject);
    jest.on('exit', (code) => resolve(code ?? 1));
  });
}

let failed = 1;
try {
  if (needsDatabase) database = await startDatabase();
  const code = stopping ? 1 : await runJest(database ? { TEST_POSTGRES_URL: database.url } : {});
  const outcome = JSON.parse(readFileSync(results, 'utf8'));
  for (const suite of outcome.testResults)
    for (const test of suite.assertionResults)
      if (test.status === 'pending' || test.status === 'todo') console.log(`skipped: ${test.fullName}`);
  // A suite that could not even start counts as a failure of its own.
  const broken = outcome.testResults.filter(
    (suite) => suite.status === 'failed' && suite.assertionResults.every((test) => test.status !== 'failed'),
  ).length;
  const skipped = outcome.numPendingTests + outcome.numTodoTests;
  failed = outcome.numFailedTests + broken;
  if (code !== 0 && failed === 0) failed = 1;
  console.log(`${outcome.numPassedTests} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`);
} catch (error) {
  console.error(stopping ? 'Stopped.' : `The tests could not be run: ${error.message}`);
  if (!stopping) console.log(`0 passed, 1 failed`);
} finally {
  await database?.stop();
  rmSync(folder, { recursive: true, force: true });
}
process.exit(failed ? 1 : 0);
