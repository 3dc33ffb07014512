import { randomInt } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { writePrivately, type StateLayout } from './layout.js';
import { StartProblem } from './problem.js';

/** Ports of 127.0.0.1, by what listens there. */
export type Ports = Record<string, number>;

// Below the ranges from which Linux (32768) and macOS (49152) take outgoing ports: a port of ours stays free while its
// process is being started again.
const lowest = 20_000;
const highest = 32_000;

/** Whether nothing listens on this port, here or on all addresses. */
export function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen({ port, host: '127.0.0.1', exclusive: true }, () => probe.close(() => resolve(true)));
  });
}

/**
 * A port for each name: the one remembered from the last start if it is still free, else another free one. Remembered in
 * `ports.json`, so that addresses people noted stay the same.
 * @param fixed ports somebody asked for
 * @throws StartProblem `port_in_use` for a fixed port that is taken
 */
export async function choosePorts(layout: StateLayout, names: readonly string[], fixed: Ports = {}): Promise<Ports> {
  const remembered = read(layout.portsFile);
  const chosen: Ports = {};
  for (const name of names) {
    const wanted = fixed[name];
    if (wanted) {
      if (!(await isFree(wanted))) throw portInUse(name, wanted);
      chosen[name] = wanted;
    } else {
      const last = remembered[name];
      const taken = Object.values(chosen);
      chosen[name] = last && !taken.includes(last) && (await isFree(last)) ? last : await freePort(taken);
    }
  }
  writePrivately(layout.portsFile, `${JSON.stringify({ ...read(layout.portsFile), ...chosen }, null, 2)}\n`);
  return chosen;
}

/** What to tell somebody whose port is taken. @param name what the port is for */
export function portInUse(name: string, port: number): StartProblem {
  const advice = name === 'web' ? 'set HUB_PORT to another' : 'end the program that uses it, and start again';
  return new StartProblem('port_in_use', `port ${port} is in use; ${advice}.`);
}

/** A free port that is none of `taken`. */
export async function freePort(taken: readonly number[] = []): Promise<number> {
  for (let tries = 0; tries < 200; tries++) {
    const port = randomInt(lowest, highest);
    if (!taken.includes(port) && (await isFree(port))) return port;
  }
  throw new StartProblem('port_in_use', `no free port between ${lowest} and ${highest} was found.`);
}

function read(file: string): Ports {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Ports;
  } catch {
    return {}; // none yet, or damaged: then new ones are chosen
  }
}
