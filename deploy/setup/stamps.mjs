// A stamp says "this step was done for these inputs". It is removed before the step works and written, whole, after it
// succeeded, so a step that was cut off half-way is simply done again.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { root, setupFolder } from './paths.mjs';

const stampFile = (name) => join(setupFolder, `${name}.stamp`);

/** @returns {boolean} whether the step was done for exactly these inputs */
export function isDone(name, inputs) {
  try {
    return readFileSync(stampFile(name), 'utf8') === inputs;
  } catch {
    return false;
  }
}

export function clearStamp(name) {
  rmSync(stampFile(name), { force: true });
}

export function writeStamp(name, inputs) {
  mkdirSync(setupFolder, { recursive: true });
  const partial = `${stampFile(name)}.${process.pid}`;
  writeFileSync(partial, inputs);
  renameSync(partial, stampFile(name));
}

function* filesBelow(folder, ignored) {
  const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (ignored(path, entry)) continue;
    if (entry.isDirectory()) yield* filesBelow(path, ignored);
    else if (entry.isFile()) yield path;
  }
}

/**
 * SHA-256 (hex) over the names and bytes of files and folders; what is missing counts as missing.
 * @param {string[]} paths relative to the project
 * @param {(path: string, entry: import('node:fs').Dirent) => boolean} [ignored]
 */
export function hashOf(paths, ignored = () => false) {
  const hash = createHash('sha256');
  const add = (path) => {
    const bytes = readFileSync(path);
    hash.update(`${relative(root, path)}\0${bytes.length}\0`).update(bytes);
  };
  for (const path of paths.map((name) => join(root, name))) {
    if (!existsSync(path)) hash.update(`${relative(root, path)}\0missing\0`);
    else if (isFolder(path)) for (const file of filesBelow(path, ignored)) add(file);
    else add(path);
  }
  return hash.digest('hex');
}

function isFolder(path) {
  try {
    readdirSync(path);
    return true;
  } catch {
    return false;
  }
}
