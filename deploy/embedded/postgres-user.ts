import { execFileSync, spawnSync } from 'node:child_process';
import { chownSync, existsSync, readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { StartProblem } from './problem.js';

/** Under which user the database's programs run. */
export interface PostgresUser {
  /** words to put before the command */
  prefix: string[];
  uid?: number;
  gid?: number;
  /** makes a file or folder belong to that user */
  own(path: string): void;
}

const ourselves: PostgresUser = { prefix: [], own: () => undefined };

/**
 * PostgreSQL refuses to run as root. When we are root, two ways are tried:
 * 1. a user namespace in which our user has another number: files stay ours, nothing is added to the machine, and it
 *    works below folders that only root may enter (a clone in /root);
 * 2. a system user `postgres`, made if there is none; it must be able to reach the folders.
 * An existing data folder goes on with the way it was made.
 * @throws StartProblem `not_reachable`
 */
export function postgresUser(dataFolder: string, programs: string): PostgresUser {
  if (process.getuid?.() !== 0) return ourselves;
  const owner = existsSync(dataFolder) ? statSync(dataFolder).uid : 0;
  if (owner === 0) {
    const namespace = ownNamespace();
    if (namespace) return namespace;
  }
  const { uid, gid } = systemUser();
  const closed = [...ancestors(dataFolder), ...ancestors(programs)].find((folder) => !mayEnter(folder, uid, gid));
  if (closed) {
    throw new StartProblem(
      'not_reachable',
      `PostgreSQL does not run as root, and its user "postgres" may not enter ${closed}. Run this as an ordinary user, ` +
        `or move the project (and HUB_STATE) elsewhere, or let others pass: chmod o+x "${closed}".`,
    );
  }
  return { prefix: [], uid, gid, own: (path) => chownSync(path, uid, gid) };
}

function ownNamespace(): PostgresUser | null {
  // initdb looks the number up, so it must be a known user's; "daemon" is number 1 everywhere.
  const prefix = ['unshare', '--user', '--map-user=1', '--map-group=1'];
  const tried = spawnSync(prefix[0] as string, [...prefix.slice(1), 'id', '-u'], { encoding: 'utf8' });
  return tried.status === 0 && tried.stdout.trim() === '1' ? { prefix, own: () => undefined } : null;
}

function systemUser(): { uid: number; gid: number } {
  const find = () => /^postgres:[^:]*:(\d+):(\d+):/m.exec(readFileSync('/etc/passwd', 'utf8'));
  let entry = find();
  if (!entry) {
    try {
      execFileSync('groupadd', ['--system', '--force', 'postgres'], { stdio: 'ignore' });
      execFileSync('useradd', ['--system', '-g', 'postgres', 'postgres'], { stdio: 'ignore' });
    } catch {
      // reported below, all the same
    }
    entry = find();
  }
  if (!entry) {
    throw new StartProblem(
      'not_reachable',
      'PostgreSQL does not run as root, and no user "postgres" could be made. Run this as an ordinary user.',
    );
  }
  return { uid: Number(entry[1]), gid: Number(entry[2]) };
}

function ancestors(path: string): string[] {
  const parent = dirname(path);
  return parent === path ? [] : [parent, ...ancestors(parent)];
}

function mayEnter(folder: string, uid: number, gid: number): boolean {
  if (!existsSync(folder)) return true;
  const { mode, uid: owner, gid: group } = statSync(folder);
  const bit = owner === uid ? 0o100 : group === gid ? 0o010 : 0o001;
  return (mode & bit) !== 0;
}
