// Step 2: the npm packages, exactly as locked; Node 24 is one of them.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './children.mjs';
import { node24, pathWithoutBins, root } from './paths.mjs';
import { SetupProblem } from './problem.mjs';
import { clearStamp, hashOf, isDone, writeStamp } from './stamps.mjs';

const stamp = 'packages';
const inputs = () => hashOf(['package-lock.json', 'package.json']) + process.platform + process.arch;

/** Whether node_modules already holds what the lockfile says (somebody ran npm by hand): then it is taken as it is. */
function matchesLockfile() {
  try {
    const read = (path) => JSON.parse(readFileSync(join(root, path), 'utf8')).packages;
    const installed = read('node_modules/.package-lock.json');
    return Object.entries(read('package-lock.json')).every(
      ([path, wanted]) =>
        !path.startsWith('node_modules/') ||
        wanted.link ||
        (installed[path] ? installed[path].version === wanted.version : wanted.optional || wanted.peer),
    );
  } catch {
    return false;
  }
}

export function packagesReady() {
  if (!existsSync(node24)) return false;
  const now = inputs();
  if (isDone(stamp, now)) return true;
  if (!matchesLockfile()) return false;
  writeStamp(stamp, now);
  return true;
}

function explain(output) {
  if (/ENOSPC/.test(output)) return 'The disk is full. Make room and run the command again.';
  if (/EACCES|EPERM/.test(output))
    return 'npm may not write here: check who owns this folder, then run the command again.';
  if (/ENOTFOUND|ECONNREFUSED|ETIMEDOUT|ECONNRESET|EAI_AGAIN|network/.test(output)) {
    return 'The npm registry could not be reached. Check the network (behind a proxy: `npm config set proxy …`) and run the command again.';
  }
  if (/EUSAGE|in sync/.test(output)) return 'package.json and package-lock.json disagree: run `npm install` once.';
  return 'Run the command again; if it fails again, see the details.';
}

export async function installPackages() {
  clearStamp(stamp);
  const env = { ...process.env, PATH: pathWithoutBins() };
  // Set when this runs under `npm run`: they describe the outer command, not this one.
  for (const name of Object.keys(env)) if (/^npm_(lifecycle|package|command)/.test(name)) delete env[name];
  delete env.NODE_ENV;
  const quietly = ['--include=dev', '--no-audit', '--no-fund', '--no-progress', '--loglevel=error'];
  let { code, output } = await run('npm', ['ci', ...quietly], { cwd: root, env });
  if (code !== 0 && /Missing: .* from lock file/.test(output)) {
    // The lockfile was made where some platforms' optional packages were not to be had (see complete-lockfile.mjs):
    // then the same versions through `npm install`, the lockfile left as it is.
    const strict = output;
    ({ code, output } = await run('npm', ['install', '--no-save', ...quietly], { cwd: root, env }));
    output = `npm ci:\n${strict}\n\nnpm install:\n${output}`;
  }
  if (code === 127) throw new SetupProblem('npm was not found. Install Node.js 20.19 or newer, which brings npm.');
  if (code !== 0) throw new SetupProblem(`The packages could not be installed. ${explain(output)}`, output);
  const check = await run(node24, ['--version']);
  if (check.code !== 0 || !/^v24\./.test(check.output)) {
    throw new SetupProblem(
      'The packages were installed, but Node 24 is not among them: install scripts seem to be switched off ' +
        '(`npm config get ignore-scripts`). Switch them on, delete node_modules and run the command again.',
      `${output}\n${check.output}`,
    );
  }
  writeStamp(stamp, inputs());
}
