import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { launch, type Running } from './child.js';
import { addressOf, environmentOf, type HubFacts, type Program } from './environment.js';
import { endOf, since } from './log-tail.js';
import { stateMark } from './process-table.js';
import { distFolder } from './project.js';
import { StartProblem } from './problem.js';

const readyWithin = 90_000;

/** Whether a program was built: a checkout in the middle of its making may not have all. */
export const isBuilt = (program: Program) => existsSync(programOf(program));
const programOf = (program: Program) =>
  program === 'identity'
    ? join(distFolder, 'deploy', 'identity', 'main.js')
    : join(distFolder, 'apps', program, 'src', 'main.js');

/**
 * Starts one service as a process of its own; its output goes to `<state>/logs/<program>.log`.
 * The open channel tells it when we are gone.
 */
export async function launchService(facts: HubFacts, program: Program): Promise<Running> {
  return launch({
    command: process.execPath,
    args: [
      '--enable-source-maps',
      '--disable-warning=ExperimentalWarning',
      '--disable-warning=TimeoutNegativeWarning',
      programOf(program),
      stateMark(facts.layout.folder),
    ],
    cwd: facts.layout.folder,
    env: environmentOf(facts, program),
    logFile: logOf(facts, program),
    stopSignal: 'SIGTERM',
    grace: 8_000,
    channel: true,
  });
}

const logOf = (facts: HubFacts, program: Program) => join(facts.layout.logs, `${program}.log`);

/**
 * Starts a service and waits until its health answers.
 * @throws StartProblem `ended_early` · `timed_out`
 */
export async function startService(facts: HubFacts, program: Program): Promise<Running> {
  const from = endOf(logOf(facts, program));
  const running = await launchService(facts, program);
  let ended = false;
  void running.exited.then(() => (ended = true));
  const deadline = Date.now() + readyWithin;
  while (!ended && Date.now() < deadline) {
    if (await isHealthy(`${addressOf(facts, program)}/health`)) return running;
    await sleep(100);
  }
  await running.stop();
  const details = since(logOf(facts, program), from).trim();
  throw new StartProblem(
    ended ? 'ended_early' : 'timed_out',
    ended
      ? `the service ${program} ended while starting; see ${logOf(facts, program)}.`
      : `the service ${program} was not ready within ${readyWithin / 1000} s; see ${logOf(facts, program)}.`,
    { details },
  );
}

async function isHealthy(url: string): Promise<boolean> {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(2_000) });
    await answer.arrayBuffer();
    return answer.status === 200;
  } catch {
    return false;
  }
}
