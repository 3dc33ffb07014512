import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** Whether a process of that id exists (a zombie does not count where /proc tells). */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  return statFields(pid)?.[0] !== 'Z';
}

/** Fields of /proc/<pid>/stat from the state on; null where there is no /proc. The name before may hold spaces. */
function statFields(pid: number): string[] | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return text.slice(text.lastIndexOf(')') + 2).split(' ');
  } catch {
    return null;
  }
}

/** When a process was started, in a form only good for comparing: with the id it tells a process from its successor. */
export function startOf(pid: number): string {
  const fields = statFields(pid);
  if (fields) return fields[19] ?? '';
  try {
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim();
  } catch {
    return '';
  }
}

/** Every process we may see, with its command line's words. Without /proc the words are cut at spaces. */
function commandLines(): { pid: number; words: string[] }[] {
  try {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map((name) => ({ pid: Number(name), words: wordsOf(name) }));
  } catch {
    const lines = execFileSync('ps', ['-axo', 'pid=,command='], { encoding: 'utf8' }).split('\n');
    return lines.map((line) => {
      const [pid, ...words] = line.trim().split(/\s+/);
      return { pid: Number(pid), words };
    });
  }
}

function wordsOf(pid: string): string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
  } catch {
    return []; // ended meanwhile
  }
}

/** How a process of the hub carries its state folder on its command line. */
export const stateMark = (folder: string) => `--state=${folder}`;
export const javaStateMark = (folder: string) => `-Dmash.state=${folder}`;

const marksOf = {
  services: stateMark,
  kafka: javaStateMark,
  postgres: (folder: string) => `${folder}/postgres`,
};

/** Ids of running brokers, databases and services whose command line names exactly this state folder. */
export function processesOf(folder: string, kinds: (keyof typeof marksOf)[]): number[] {
  const marks = new Set(kinds.map((kind) => marksOf[kind](folder)));
  const isOurs = (words: string[]) =>
    /(^|\/)(java|node|postgres)$/.test(words[0] ?? '') && words.some((word) => marks.has(word));
  return commandLines()
    .filter(({ pid, words }) => pid !== process.pid && isOurs(words))
    .map(({ pid }) => pid);
}

/** Ends processes that a killed hub left behind: politely, after 8 s for good. */
export async function endProcesses(pids: readonly number[]): Promise<void> {
  if (pids.length === 0) return;
  const signal = (signal: NodeJS.Signals) => {
    for (const pid of pids) {
      try {
        process.kill(pid, signal);
      } catch {
        // gone
      }
    }
  };
  // SIGINT is PostgreSQL's fast shutdown, and an orderly end to a broker and to our services too.
  signal('SIGINT');
  for (let waited = 0; waited < 80 && pids.some(isAlive); waited++) await sleep(100);
  if (pids.some(isAlive)) signal('SIGKILL');
  for (let waited = 0; waited < 20 && pids.some(isAlive); waited++) await sleep(100);
}
