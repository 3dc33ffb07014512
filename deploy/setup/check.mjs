// npm run check: types, lint, format, dependency rules, duplicated code, generated contracts. Says which failed; all are run.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from './paths.mjs';

const bin = (name) => join(root, 'node_modules', '.bin', name);
const steps = [
  ['types', bin('tsc'), ['-p', 'tsconfig.json']],
  ['lint', bin('eslint'), ['.', '--max-warnings', '0']],
  ['format', bin('prettier'), ['--check', '--log-level', 'warn', '.']],
  ['dependency rules', bin('depcruise'), ['--config', '.dependency-cruiser.mjs', 'apps', 'libs', 'deploy', 'prisma']],
  ['duplicated code', bin('jscpd'), ['--config', '.jscpd.json', '.']],
  ['generated contracts', process.execPath, [join(root, 'dist/deploy/contracts/main.js'), '--check']],
];

const failed = [];
for (const [name, command, args] of steps) {
  console.log(`\n== ${name}`);
  const { status } = spawnSync(command, args, { cwd: root, stdio: 'inherit' });
  if (status !== 0) failed.push(name);
}
console.log(failed.length ? `\nFailed: ${failed.join(', ')}` : '\nAll checks passed.');
process.exit(failed.length ? 1 : 0);
