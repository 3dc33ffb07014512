// Runs the tools of set-up (npm, mvn, tar …) so that Ctrl-C leaves none of them behind: each has its own process group,
// and stopping ends the group, grandchildren included.
import { spawn } from 'node:child_process';
import { Stopped } from './problem.mjs';

const running = new Set();
let stopping = false;

/**
 * Runs a program to its end.
 * @param {string} command
 * @param {string[]} args
 * @param {{cwd?: string, env?: NodeJS.ProcessEnv}} [options]
 * @returns {Promise<{code: number, output: string}>} output is stdout and stderr together, its last 200 kB; code 127 when
 *   the program does not exist
 * @throws {Stopped} when set-up was told to stop meanwhile
 */
export function run(command, args, options = {}) {
  if (stopping) return Promise.reject(new Stopped());
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { ...options, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    running.add(child);
    let output = '';
    const keep = (chunk) => (output = (output + chunk).slice(-200_000));
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.on('error', (error) => {
      running.delete(child);
      if (error.code === 'ENOENT') resolve({ code: 127, output: `${command}: not found` });
      else reject(error);
    });
    child.on('close', (code) => {
      running.delete(child);
      if (stopping) reject(new Stopped());
      else resolve({ code: code ?? 1, output });
    });
  });
}

function signalGroup(child, signal) {
  try {
    process.kill(-child.pid, signal);
  } catch {
    // already gone
  }
}

/** Ends every tool that still runs, politely and after three seconds for good; resolves when none is left. */
export async function stopChildren() {
  stopping = true;
  const left = [...running];
  await Promise.all(
    left.map(
      (child) =>
        new Promise((resolve) => {
          const hard = setTimeout(() => signalGroup(child, 'SIGKILL'), 3000);
          child.on('close', () => {
            clearTimeout(hard);
            signalGroup(child, 'SIGKILL'); // a grandchild that outlived its parent
            resolve();
          });
          signalGroup(child, 'SIGTERM');
        }),
    ),
  );
}

export const isStopping = () => stopping;
