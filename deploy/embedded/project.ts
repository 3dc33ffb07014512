import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout this runs in: sources and dist/ lie at different depths, so it is looked for, not counted. */
export const projectFolder = findProject(dirname(fileURLToPath(import.meta.url)));

function findProject(folder: string): string {
  if (existsSync(join(folder, 'package-lock.json'))) return folder;
  const parent = dirname(folder);
  if (parent === folder) throw new Error('no package-lock.json above this file');
  return findProject(parent);
}

/** Where the compiled services are. */
export const distFolder = join(projectFolder, 'dist');
