// `npm run demo|start|test|check|bench|contracts`: set-up first, then the thing itself on Node 24.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { join, relative } from 'node:path';
import { isStopping, stopChildren } from './children.mjs';
import { node24, pathWithOwnBin, root } from './paths.mjs';
import { report, SetupProblem, Stopped } from './problem.mjs';
import { setup } from './setup.mjs';

const [command, ...args] = process.argv.slice(2);

/** What each command runs, and whether it needs a broker of ours. */
const commands = {
  demo: { file: 'dist/deploy/demo/main.js', broker: true },
  start: args.includes('--embedded')
    ? { file: 'dist/deploy/embedded/main.js', broker: true }
    : { file: 'dist/deploy/services/main.js', broker: false },
  test: { file: 'deploy/setup/test.mjs', broker: true },
  check: { file: 'deploy/setup/check.mjs', broker: false },
  bench: { file: 'dist/test/bench/main.js', broker: true },
  contracts: { file: 'dist/deploy/contracts/main.js', broker: false },
};

// A reader that went away (`npm run demo | head`) must not end us with a stack trace.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});

let child = null;
let ended = 0;

function end(signal) {
  if (child) child.kill(signal);
  else if (!isStopping()) {
    ended = 128 + constants.signals[signal];
    void stopChildren();
  }
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => end(signal));

// npm puts a shell between itself and us, and a SIGTERM to npm ends only that; SIGKILL to npm tells nobody. Either way our
// parent changes. (Not when somebody runs this file directly: then a parent may well leave us behind on purpose.)
if (process.env.npm_lifecycle_event) {
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    end('SIGTERM');
  }, 200);
  watch.unref();
}

/** Runs the program to its end, on Node 24. The open channel tells it when this process is gone, however it went. */
function launch(file, seconds) {
  return new Promise((resolve, reject) => {
    child = spawn(
      node24,
      ['--disable-warning=ExperimentalWarning', '--disable-warning=TimeoutNegativeWarning', file, ...args],
      {
        cwd: root,
        stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
        env: { ...process.env, PATH: pathWithOwnBin(), MASH_SETUP_SECONDS: seconds.toFixed(2) },
      },
    );
    child.on('error', reject);
    child.on('exit', (code, signal) => resolve(code ?? 128 + (constants.signals[signal] ?? 0)));
  });
}

async function main() {
  const wanted = commands[command];
  if (!wanted) {
    process.stderr.write(`usage: node deploy/setup/run.mjs ${Object.keys(commands).join('|')} [arguments]\n`);
    return 2;
  }
  const seconds = await setup({ broker: wanted.broker });
  if (isStopping()) return ended;
  const file = join(root, wanted.file);
  if (!existsSync(file))
    throw new SetupProblem(`There is nothing to run for "${command}": ${relative(root, file)} is missing.`);
  return launch(file, seconds);
}

try {
  process.exitCode = await main();
} catch (error) {
  if (isStopping() || error instanceof Stopped) process.exitCode = ended || 130;
  else {
    report(error);
    process.exitCode = 1;
  }
}
