import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** What a whole process cost, and what it said on standard output. */
export interface Ran {
  stdout: string;
  /** from its start to its end, imports and all */
  seconds: number;
  /** the most memory it held at once, as the kernel counts it; 0 where there is no /proc */
  peakMb: number;
}

const children = new Set<ChildProcess>();
let guarded = false;

/**
 * Runs a program to its end.
 * @throws an Error with the line of standard error that says why, when it cannot be started or ends with another code than 0
 */
export function run(command: string, args: string[]): Promise<Ran> {
  endTogether();
  return new Promise((resolve, reject) => {
    const from = performance.now();
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    children.add(child);
    let [stdout, stderr, peakMb] = ['', '', 0];
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr = (stderr + text).slice(-4000)));
    const watch = setInterval(() => (peakMb = Math.max(peakMb, peakMegabytes(child.pid))), 50);
    child.on('error', (error) => {
      clearInterval(watch);
      children.delete(child);
      reject(error);
    });
    child.on('close', (code, signal) => {
      clearInterval(watch);
      children.delete(child);
      if (code === 0) resolve({ stdout, seconds: (performance.now() - from) / 1000, peakMb });
      else reject(new Error(gist(stderr) ?? `it ended with ${signal ?? `code ${code}`}`));
    });
  });
}

/** A command line of ours says what is wrong first and how to get help last; Python says what was raised at the very end. */
function gist(text: string): string | undefined {
  const lines = text.trim().split('\n');
  return (lines.findLast((line) => /^(error|mash): /.test(line)) ?? lines.at(-1)) || undefined;
}

/** The high-water mark, so that only what came after the last look is missed. */
function peakMegabytes(pid: number | undefined): number {
  try {
    return Math.round(Number(/^VmHWM:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) / 1024);
  } catch {
    return 0; // it has ended, or this is no Linux
  }
}

/** Whoever ends the bench ends what it started: a million records go on for a while. */
function endTogether(): void {
  if (guarded) return;
  guarded = true;
  process.on('exit', () => children.forEach((child) => child.kill('SIGKILL')));
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => process.exit(130));
  process.on('disconnect', () => process.exit(130));
}
