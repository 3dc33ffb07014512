import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from '../../deploy/embedded/project.js';

/**
 * A Python with one package, from a virtual environment under .bench/ (made the first time).
 * @returns the interpreter, or why there is none
 */
export function pythonWith(module: string, requirement: string): { python: string } | { missing: string } {
  const has = (python: string) => spawnSync(python, ['-c', `import ${module}`]).status === 0;
  if (has('python3')) return { python: 'python3' };
  const folder = join(projectFolder, '.bench', `python-${module}`);
  const python = join(folder, 'bin', 'python');
  if (existsSync(python) && has(python)) return { python };
  mkdirSync(join(projectFolder, '.bench'), { recursive: true });
  if (spawnSync('python3', ['-m', 'venv', folder], { timeout: 60_000 }).status !== 0)
    return { missing: 'python3 with venv is not installed' };
  const pip = spawnSync(python, ['-m', 'pip', 'install', '--quiet', requirement], { timeout: 180_000 });
  return pip.status === 0 && has(python) ? { python } : { missing: `${requirement} cannot be had from a registry` };
}
