// All set-up, from a fresh clone to a compiled hub. Runs on Node 20, before anything is installed: node: imports only.
// Every step is skipped when it was done already, so this costs a fraction of a second from the second time on.
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isStopping, stopChildren } from './children.mjs';
import { build, buildReady } from './compile.mjs';
import { clientReady, generateClient } from './database-client.mjs';
import { fetchKafka, kafkaReady, kafkaSize } from './kafka.mjs';
import { withLock } from './lock.mjs';
import { installPackages, packagesReady } from './packages.mjs';
import { kafkaVersion } from './paths.mjs';
import { report, SetupProblem, Stopped } from './problem.mjs';
import { checkTools } from './tools.mjs';

const say = (line) => process.stdout.write(`${line}\n`);

async function step(number, text, work) {
  const started = Date.now();
  say(`[${number}/5] ${text} …`);
  await work();
  say(`[${number}/5] ${text}: done (${((Date.now() - started) / 1000).toFixed(1)} s)`);
}

/** Waits for all, even when one fails: nothing may still be writing when the failure is reported. */
async function together(...work) {
  const failed = (await Promise.allSettled(work)).find((result) => result.status === 'rejected');
  if (failed) throw failed.reason;
}

async function steps(needs) {
  const wantKafka = needs.broker && !kafkaReady();
  const wantPackages = !packagesReady();
  const first = wantKafka || wantPackages;
  if (first) await step(1, 'Checking Java and disk space', () => checkTools(needs));
  else await checkTools(needs);

  await together(
    wantPackages && step(2, 'Installing packages (npm ci)', installPackages),
    wantKafka && step(3, `Fetching Apache Kafka ${kafkaVersion} (${kafkaSize})`, fetchKafka),
  );
  if (!clientReady()) await step(4, 'Generating the database client', generateClient);
  if (!buildReady()) await step(5, 'Compiling', build);
}

/**
 * Makes everything ready.
 * @param {{broker: boolean}} [needs] `broker`: whether Kafka (and so Java) is needed for what comes next
 * @returns {Promise<number>} seconds it took
 * @throws {SetupProblem} with what to do
 * @throws {Stopped} when stopped by a signal
 */
export async function setup(needs = { broker: true }) {
  const started = Date.now();
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    throw new SetupProblem(
      `Node.js ${process.versions.node} is too old: install 20.19 or newer (the rest is fetched).`,
    );
  }
  await withLock(() => steps(needs), say);
  return (Date.now() - started) / 1000;
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => isStopping() || stopChildren());
  try {
    const seconds = await setup();
    say(`Ready (${seconds.toFixed(1)} s).`);
  } catch (error) {
    if (!(error instanceof Stopped) && !isStopping()) report(error);
    process.exitCode = error instanceof Stopped ? 130 : 1;
  }
}
