// Step 4: Prisma's client, generated from prisma/schema. Works offline.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './children.mjs';
import { bin, node24, pathWithOwnBin, root } from './paths.mjs';
import { SetupProblem } from './problem.mjs';
import { clearStamp, hashOf, isDone, writeStamp } from './stamps.mjs';

const stamp = 'prisma';
const notSchema = (path, entry) => entry.isFile() && !path.endsWith('.prisma');
const inputs = () => hashOf(['prisma/schema', 'prisma.config.ts', 'node_modules/prisma/package.json'], notSchema);

export function clientReady() {
  if (!existsSync(join(root, 'prisma', 'schema'))) return true; // nothing to generate from
  return existsSync(join(root, 'prisma', 'generated', 'client.ts')) && isDone(stamp, inputs());
}

export async function generateClient() {
  const before = inputs();
  clearStamp(stamp);
  const env = {
    ...process.env,
    PATH: pathWithOwnBin(),
    // `generate` needs no engine, only the name of a file that exists; otherwise it would try to download one.
    PRISMA_SCHEMA_ENGINE_BINARY: process.env.PRISMA_SCHEMA_ENGINE_BINARY ?? '/bin/true',
    PRISMA_HIDE_UPDATE_MESSAGE: '1',
    CHECKPOINT_DISABLE: '1',
  };
  const { code, output } = await run(node24, [join(bin, 'prisma'), 'generate'], { cwd: root, env });
  if (code !== 0) throw new SetupProblem('The database client could not be generated from prisma/schema.', output);
  writeStamp(stamp, before);
}
