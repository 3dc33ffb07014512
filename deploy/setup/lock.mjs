// One set-up at a time in one checkout: the second waits for the first and then finds everything done.
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { join } from 'node:path';
import { isStopping } from './children.mjs';
import { setupFolder } from './paths.mjs';
import { Stopped } from './problem.mjs';

const lockFile = join(setupFolder, 'lock');

function isAlive(pid) {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (error.code !== 'EPERM') return false;
  }
  try {
    // The id may belong to another program by now; where /proc exists, look.
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('setup');
  } catch {
    return true;
  }
}

/** Puts our id into the lock in one step: a lock file is never seen empty or half-written. */
function tryLock() {
  const mine = `${lockFile}.${process.pid}`;
  writeFileSync(mine, String(process.pid));
  try {
    linkSync(mine, lockFile);
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(mine, { force: true });
  }
}

function holder() {
  try {
    return Number(readFileSync(lockFile, 'utf8'));
  } catch {
    return null;
  }
}

/** Takes a dead holder's lock away, by renaming it, so that of two waiters only one does so. */
function breakStale(pid) {
  const taken = `${lockFile}.stale.${process.pid}`;
  try {
    renameSync(lockFile, taken);
  } catch {
    return;
  }
  // Someone else may have broken it and locked again between our look and our rename: then give it back.
  if (Number(readFileSync(taken, 'utf8')) !== pid) {
    try {
      linkSync(taken, lockFile);
    } catch {
      // a third one holds it now
    }
  }
  rmSync(taken, { force: true });
}

/**
 * Runs `work` while holding the checkout's set-up lock.
 * @param {() => Promise<void>} work
 * @param {(line: string) => void} say told once when it has to wait
 */
export async function withLock(work, say) {
  mkdirSync(setupFolder, { recursive: true });
  for (let waited = 0; !tryLock(); waited++) {
    const pid = holder();
    if (pid !== null && !isAlive(pid)) breakStale(pid);
    else {
      if (waited === 5) say(`Another set-up is at work in this folder (process ${pid}); waiting for it …`);
      await sleep(200);
      if (isStopping()) throw new Stopped();
    }
  }
  try {
    await work();
  } finally {
    if (holder() === process.pid) rmSync(lockFile, { force: true });
  }
}
