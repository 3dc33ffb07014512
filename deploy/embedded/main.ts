// `npm start -- --embedded`: a whole hub with its own PostgreSQL and Kafka, until Ctrl-C or SIGTERM.
import { appendFileSync, mkdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { signIns } from '../identity/sign-ins.js';
import { DEMO_PASSWORD } from '../identity/users.js';
import { startHub, type RunningHub } from './hub.js';
import { DEMO_MARK } from './layout.js';
import { portAsked } from './port-asked.js';
import { StartProblem } from './problem.js';
import { stopOnSignals } from './stopping.js';

const started = performance.now();
const state = resolve(process.env['HUB_STATE'] || '.hub');
const say = (line: string) => void process.stdout.write(`${line}\n`);

function welcome(hub: RunningHub): void {
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  say(`
The hub is ready (${seconds} s).
  Web pages     ${hub.web}
  For agencies  ${hub.ingest} (HTTPS), ${hub.kafka.brokers.join(',')} (Kafka)
                keys and certificates in ${hub.layout.agencies}
  Audit log     ${hub.audit}/checkpoint
  All of it     ${hub.layout.hubFile}

Demo sign-ins (invented people; the password of each is ${DEMO_PASSWORD}):
${signIns()}

Ctrl-C ends it.`);
}

/** One sentence on the screen; what the failing program said goes to a file. */
function complain(error: unknown): void {
  const known = error instanceof StartProblem;
  const text = known ? error.message : `unexpected: ${error instanceof Error ? error.message : String(error)}`;
  const details = known ? error.details : error instanceof Error ? error.stack : undefined;
  let where = '';
  if (details) {
    try {
      mkdirSync(join(state, 'logs'), { recursive: true, mode: 0o700 });
      appendFileSync(join(state, 'logs', 'supervisor.log'), `${new Date().toISOString()} ${text}\n${details}\n`, {
        mode: 0o600,
      });
      where = `\n  Details: ${join(state, 'logs', 'supervisor.log')}`;
    } catch {
      // a full disk, say: the sentence has to do
    }
  }
  process.stderr.write(`\n✖ The hub did not start: ${text}${where}\n`);
}

const stopping = stopOnSignals(say);
try {
  const hub = await startHub({ state, port: portAsked(), say, unwanted: () => stopping.asked });
  // A demo's hub that somebody goes on with is theirs from now on: the next demo moves it aside instead of removing it.
  rmSync(join(state, DEMO_MARK), { force: true });
  if (!stopping.asked) welcome(hub);
  await stopping.wanted;
  await hub.stop();
  say('Ended.');
  process.exit(0);
} catch (error) {
  if (!stopping.asked) complain(error);
  process.exit(stopping.asked ? 0 : 1);
}
