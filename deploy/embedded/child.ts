import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync, renameSync, statSync } from 'node:fs';
import { guard, release } from './watchdog.js';

/** How a process ended. */
export interface Exit {
  code: number | null;
  signal: NodeJS.Signals | null;
}

/** A process of the hub that was started and is watched. */
export interface Running {
  pid: number;
  /** resolves when it has ended, for whatever reason */
  exited: Promise<Exit>;
  /** ends it in its own orderly way; resolves when it is gone. A second call hurries. */
  stop(): Promise<void>;
}

export interface Launch {
  command: string;
  args: string[];
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  /** run as this user (only root may ask) */
  uid?: number;
  gid?: number;
  /** its stdout and stderr are appended to this file */
  logFile: string;
  /** the signal that means "end in good order" to it */
  stopSignal: 'SIGTERM' | 'SIGINT';
  /** how long it may take to end, in milliseconds, before it is killed */
  grace: number;
  /** opens a channel whose closing tells a Node process that we are gone */
  channel?: boolean;
}

const largestLog = 20 * 1024 * 1024;

/** Opens a log to append to; one that has grown large is put aside first (one older one is kept). */
function openLog(file: string): number {
  try {
    if (statSync(file).size > largestLog) renameSync(file, `${file}.1`);
  } catch {
    // none yet
  }
  return openSync(file, 'a', 0o600);
}

/**
 * Starts a process in a group of its own: Ctrl-C in the terminal reaches only us, and we end the others in order. Should we
 * be killed, the watchdog ends it.
 * @throws the error of `spawn` (code ENOENT: no such program)
 */
export async function launch(what: Launch): Promise<Running> {
  const log = openLog(what.logFile);
  let child: ChildProcess;
  try {
    child = spawn(what.command, what.args, {
      cwd: what.cwd,
      env: what.env ?? process.env,
      uid: what.uid,
      gid: what.gid,
      detached: true,
      stdio: ['ignore', log, log, ...(what.channel ? (['ipc'] as const) : [])],
    });
  } finally {
    closeSync(log);
  }
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', reject);
  });
  const pid = child.pid as number;
  guard(pid, what.stopSignal === 'SIGINT' ? 'INT' : 'TERM');
  child.on('error', () => undefined); // a signal that came too late
  let over = false;
  const exited = new Promise<Exit>((resolve) => {
    child.once('exit', (code, signal) => {
      over = true;
      release(pid);
      resolve({ code, signal });
    });
  });
  let asked = 0;
  const stop = async () => {
    if (!over) child.kill(asked++ === 0 ? what.stopSignal : 'SIGKILL');
    const hard = setTimeout(() => child.kill('SIGKILL'), what.grace);
    await exited;
    clearTimeout(hard);
  };
  return { pid, exited, stop };
}
