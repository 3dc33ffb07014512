import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import type { StateLayout } from './layout.js';
import { StartProblem } from './problem.js';
import { endProcesses, isAlive, processesOf, startOf } from './process-table.js';

/**
 * Makes this process the only one that runs a hub on this state folder. What a killed hub left running on it is ended first,
 * and only that: processes whose command line names the folder.
 * @returns how to give it back
 * @throws StartProblem `state_in_use`
 */
export async function lockState(layout: StateLayout): Promise<() => void> {
  const mine = `${process.pid} ${startOf(process.pid)}`;
  for (let tries = 0; tries < 10; tries++) {
    if (place(layout.lockFile, mine)) {
      await endProcesses(processesOf(layout.folder, ['services', 'kafka', 'postgres']));
      return () => {
        if (holder(layout.lockFile) === mine) rmSync(layout.lockFile, { force: true });
      };
    }
    const other = holder(layout.lockFile);
    if (other !== null && isRunning(other)) {
      throw new StartProblem(
        'state_in_use',
        `a hub is already running on ${layout.folder} (process ${other.split(' ')[0]}). End it first, or set HUB_STATE to another folder.`,
      );
    }
    if (other !== null) breakStale(layout.lockFile, other);
  }
  throw new StartProblem('state_in_use', `several hubs are being started on ${layout.folder} at once. Try again.`);
}

/** The id alone may belong to another program by now; with its start time it cannot. */
function isRunning(other: string): boolean {
  const [pid, ...start] = other.split(' ');
  return isAlive(Number(pid)) && startOf(Number(pid)) === start.join(' ');
}

/** `link` makes the lock appear complete or not at all, and fails when there is one. */
function place(file: string, content: string): boolean {
  const partial = `${file}.${process.pid}`;
  writeFileSync(partial, content, { mode: 0o600 });
  try {
    linkSync(partial, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(partial, { force: true });
  }
}

function holder(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}

/** Of two who find the same stale lock only one gets to rename it; a fresh one renamed by mistake is put back. */
function breakStale(file: string, stale: string): void {
  const taken = `${file}.stale.${process.pid}`;
  try {
    renameSync(file, taken);
  } catch {
    return;
  }
  if (holder(taken) !== stale) {
    try {
      linkSync(taken, file);
    } catch {
      // there is a new one already
    }
  }
  rmSync(taken, { force: true });
}
