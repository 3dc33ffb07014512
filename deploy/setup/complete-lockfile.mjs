// For maintainers, after `npm install` changed package-lock.json: `node deploy/setup/complete-lockfile.mjs`.
// A registry that mirrors only some platforms leaves the other platforms' optional packages out of the lockfile, and
// `npm ci` then refuses it everywhere ("Missing … from lock file"). This adds an entry for each (exact version, os and
// cpu from its name, no digest), which npm skips on other platforms and fetches on its own.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths.mjs';

const systems = {
  darwin: 'darwin',
  win32: 'win32',
  windows: 'win32',
  linux: 'linux',
  android: 'android',
  freebsd: 'freebsd',
  openharmony: 'openharmony',
};
const processors = /arm64|x64|ia32|ppc64|s390x|riscv64|loong64|arm(?=-)/;

const file = process.argv[2] ?? join(root, 'package-lock.json');
const lock = JSON.parse(readFileSync(file, 'utf8'));
const missing = {};
for (const [at, entry] of Object.entries(lock.packages)) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    const places = [`node_modules/${name}`, `${at}/node_modules/${name}`];
    const system = Object.keys(systems).find((word) => name.includes(word));
    if (places.some((place) => place in lock.packages) || !system || !/^\d/.test(version)) continue;
    const cpu = processors.exec(name)?.[0];
    missing[places[0]] = {
      version,
      ...(cpu && { cpu: [cpu] }),
      ...(entry.dev && { dev: true }),
      license: entry.license,
      optional: true,
      os: [systems[system]],
    };
  }
}
const packages = Object.entries({ ...lock.packages, ...missing }).sort(([a], [b]) => a.localeCompare(b, 'en'));
lock.packages = Object.fromEntries(packages);
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
process.stdout.write(`${Object.keys(missing).length} entries added to ${file}\n`);
