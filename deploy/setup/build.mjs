// Compiles every .ts of apps, libs, prisma and deploy into dist/ with swc, and copies the data files beside them.
// Types are checked by `npm run check`; this only has to be quick.
import { transformFile } from '@swc/core';
import { cp, mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, extname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleForBrowser } from './browser-bundle.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
// Compiled aside and then put in place: a hub that runs from dist/ never finds it half there.
const dist = join(root, '.setup', `dist-${process.pid}`);
const sources = ['apps', 'libs', 'prisma', 'deploy', 'policy', 'test/bench'];
const skipped = /(\.spec\.ts|\.fixture\.ts|\.d\.ts|\.mjs|package\.json|\.md)$/;

async function* walk(folder) {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (entry.name === 'node_modules') continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* walk(path);
    else yield path;
  }
}

async function compile(path) {
  const target = join(dist, relative(root, path));
  await mkdir(dirname(target), { recursive: true });
  if (extname(path) !== '.ts') return cp(path, target);
  const out = target.replace(/\.ts$/, '.js');
  const { code, map } = await transformFile(path, { swcrc: true, sourceFileName: path });
  await writeFile(out, `${code}\n//# sourceMappingURL=${out.split('/').pop()}.map\n`);
  await writeFile(`${out}.map`, map ?? '');
}

const work = [];
for (const source of sources) {
  const folder = join(root, source);
  if (!(await stat(folder).catch(() => null))) continue;
  for await (const path of walk(folder)) if (!skipped.test(path)) work.push(compile(path));
}
try {
  await Promise.all(work);
  const page = 'apps/portal/src/uploading/browser';
  await bundleForBrowser(root, dist, `${page}/main.js`, `${page}/bundle.js`);
  const place = join(root, 'dist');
  const old = join(root, '.setup', `dist-old-${process.pid}`);
  await rename(place, old).catch(() => undefined);
  await rename(dist, place);
  await rm(old, { recursive: true, force: true });
} finally {
  await rm(dist, { recursive: true, force: true });
}
