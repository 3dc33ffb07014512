// Step 5: TypeScript to dist/, when a source changed.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './children.mjs';
import { node24, pathWithOwnBin, root } from './paths.mjs';
import { SetupProblem } from './problem.mjs';
import { clearStamp, hashOf, isDone, writeStamp } from './stamps.mjs';

const stamp = 'build';
const sources = ['apps', 'libs', 'prisma', 'deploy', 'policy', 'test/bench', 'deploy/setup/build.mjs', '.swcrc'];
const notCompiled = (path, entry) =>
  entry.name === 'node_modules' || (entry.isFile() && /(\.spec\.ts|\.d\.ts|\.mjs|package\.json|\.md)$/.test(path));
const inputs = () => hashOf([...sources, 'package-lock.json'], notCompiled);

export function buildReady() {
  return existsSync(join(root, 'dist', 'deploy')) && isDone(stamp, inputs());
}

export async function build() {
  // Hashed before it is compiled: an edit made meanwhile makes the next run build again.
  const before = inputs();
  clearStamp(stamp);
  const env = { ...process.env, PATH: pathWithOwnBin() };
  const { code, output } = await run(node24, [join(root, 'deploy', 'setup', 'build.mjs')], { cwd: root, env });
  if (code !== 0) {
    const first = output.split('\n').find((line) => /error|×|Error/.test(line)) ?? '';
    throw new SetupProblem(`The sources do not compile. ${first.trim()}`, output);
  }
  writeStamp(stamp, before);
}
