import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Accuracy } from './accuracy.js';
import type { DataFiles } from './data-sets.js';
import { run } from './running.js';

/** As much of the peer's report as is held against ours. */
export interface PeerRun {
  pairsScored: number;
  seconds: { score: number; total: number };
  pairsPerSecond: number;
  peakRssMb: number;
  accuracy: { clusters: Accuracy };
  /** the whole process, with Python's imports and the peer's own evaluation */
  processSeconds: number;
}

export type Peer = (files: Pick<DataFiles, 'settings' | 'file' | 'truth'>) => Promise<PeerRun>;

const requirements = fileURLToPath(new URL('./peer-requirements.txt', import.meta.url));

/**
 * Splink on DuckDB, run by the script that lies beside the data. Its virtual environment is made in `folder` the first time.
 * @throws an Error saying what is not there (Python, pip, the packages)
 */
export async function preparePeer(script: string, folder: string, tell: (line: string) => void): Promise<Peer> {
  if (!existsSync(script)) throw new Error(`${script} is not there`);
  const python = join(folder, 'venv', 'bin', 'python');
  const done = join(folder, 'venv', 'installed.txt');
  const wanted = readFileSync(requirements, 'utf8');
  if (!existsSync(done) || readFileSync(done, 'utf8') !== wanted) {
    tell('making a Python environment with Splink, once');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, '.gitignore'), '*\n');
    await run('python3', ['-m', 'venv', '--clear', join(folder, 'venv')]);
    await run(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', requirements]);
    writeFileSync(done, wanted);
  }
  return async ({ settings, file, truth }) => {
    const { stdout, seconds } = await run(python, [script, settings, file, '--truth', truth]);
    return { ...(JSON.parse(stdout) as PeerRun), processSeconds: seconds };
  };
}
