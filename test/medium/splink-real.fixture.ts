import { execFile, execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const SCRIPT = fileURLToPath(new URL('./splink-real.py', import.meta.url));
/** Where the bench makes its Python environment. */
const VENV = fileURLToPath(new URL('../../.bench/venv/bin/python', import.meta.url));

/** A Python that has Splink 5, or null. */
export const PYTHON = [VENV, 'python3'].find(hasSplink) ?? null;

function hasSplink(python: string): boolean {
  if (python === VENV && !existsSync(VENV)) return false;
  try {
    const version = execFileSync(python, ['-c', 'import splink; print(splink.__version__)'], { stdio: 'pipe' });
    return String(version).startsWith('5.');
  } catch {
    return false;
  }
}

export interface SplinkJob {
  do: 'score' | 'train';
  files: string[];
  /** Where the settings are, or (training) are to be. */
  settings: string;
  /** SQL that makes prepared columns. */
  prepare?: string;
  pairs?: string;
  /** Read every column as text; else as DuckDB guesses. */
  text?: boolean;
  /** Ask for the level of every comparison. */
  gammas?: boolean;
}

export interface SplinkPair {
  weight: number;
  gammas: Record<string, number>;
}

/** Runs the real Splink. Out: per pair, 'left id,right id', what it said. */
export async function realSplink(folder: string, job: SplinkJob): Promise<Map<string, SplinkPair>> {
  const [file, out] = [join(folder, 'job.json'), join(folder, 'splink.csv')];
  await writeFile(file, JSON.stringify({ ...job, out }));
  await promisify(execFile)(PYTHON!, [SCRIPT, file], { maxBuffer: 1 << 26 });
  const [heading, ...lines] = (await readFile(out, 'utf8')).trim().split('\n');
  const names = heading!.split(',').slice(3);
  return new Map(
    lines.map((line) => {
      const [l, r, weight, ...found] = line.split(',');
      const gammas = Object.fromEntries(names.map((name, at) => [name.replace('gamma_', ''), Number(found[at])]));
      return [`${l!},${r!}`, { weight: weight === '' ? NaN : Number(weight), gammas }];
    }),
  );
}
