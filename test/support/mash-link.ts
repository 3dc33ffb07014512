import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const PROGRAM = fileURLToPath(new URL('../../apps/connector/bin/mash.js', import.meta.url));
/** A run that takes longer hangs. */
const LONGEST = 120_000;

export interface LinkRun {
  /** The exit code; null when it had to be stopped. */
  code: number | null;
  stdout: string;
  stderr: string;
}

/** `mash link` as it is built, in a folder of its own. */
export class LinkFolder {
  static async make(): Promise<LinkFolder> {
    return new LinkFolder(await mkdtemp(join(tmpdir(), 'mash-link-')));
  }

  private constructor(readonly dir: string) {}

  at(name: string): string {
    return join(this.dir, name);
  }

  async file(name: string, content: string | Uint8Array): Promise<string> {
    await writeFile(this.at(name), content);
    return this.at(name);
  }

  /** Runs with `--out` the folder `out`; the files and folders it names are seen from here. */
  run(out: string, ...args: string[]): Promise<LinkRun> {
    return new Promise((resolve, reject) => {
      const child = spawn(process.execPath, [PROGRAM, 'link', ...args, '--out', out], {
        cwd: this.dir,
        timeout: LONGEST,
        killSignal: 'SIGKILL',
      });
      let [stdout, stderr] = ['', ''];
      child.stdout.on('data', (chunk) => (stdout += String(chunk)));
      child.stderr.on('data', (chunk) => (stderr += String(chunk)));
      child.on('error', reject);
      child.on('close', (code) => resolve({ code, stdout, stderr }));
    });
  }

  read(out: string, name: string): Promise<string> {
    return readFile(join(this.dir, out, name), 'utf8');
  }

  async report(
    out: string,
  ): Promise<Record<string, never> & { accuracy: { clusters: { f1: number; precision: number; recall: number } } }> {
    return JSON.parse(await this.read(out, 'report.json'));
  }

  /** What stands in an output folder; none when it is not there. */
  async written(out: string): Promise<string[]> {
    return existsSync(this.at(out)) ? (await readdir(this.at(out))).sort() : [];
  }

  /** Which ids are together, whatever the clusters are called. */
  async groups(out: string): Promise<string[]> {
    const members = new Map<string, string[]>();
    for (const line of (await this.read(out, 'clusters.csv')).trim().split('\n').slice(1)) {
      const [id, cluster] = line.split(',') as [string, string];
      members.set(cluster, [...(members.get(cluster) ?? []), id]);
    }
    return [...members.values()].map((ids) => ids.sort().join()).sort();
  }

  /** Pairs and weights, whichever of the two stands first. */
  async pairs(out: string): Promise<string[]> {
    const lines = (await this.read(out, 'pairs.csv')).trim().split('\n').slice(1);
    return lines
      .map((line) => {
        const [left, right, ...rest] = line.split(',');
        return [...[left, right].sort(), ...rest].join();
      })
      .sort();
  }

  remove(): Promise<void> {
    return rm(this.dir, { recursive: true, force: true });
  }
}
