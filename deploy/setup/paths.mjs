// Where set-up finds and keeps things. Everything it makes is in .setup/, node_modules/, prisma/generated/ and dist/.
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
export const setupFolder = join(root, '.setup');
export const bin = join(root, 'node_modules', '.bin');
/** Node 24, which `npm ci` brings: everything after set-up runs on it, whatever Node the machine has. */
export const node24 = join(bin, 'node');

export const kafkaVersion = '4.3.1';
export const kafkaFolder = join(setupFolder, `kafka-${kafkaVersion}`);

/** @returns {string} PATH with the project's own programs first, so that scripts find Node 24. */
export function pathWithOwnBin(path = process.env.PATH ?? '') {
  return [bin, ...path.split(delimiter).filter((entry) => entry !== bin)].join(delimiter);
}

/** @returns {string} PATH without any node_modules/.bin: `npm ci` deletes that folder while it runs. */
export function pathWithoutBins(path = process.env.PATH ?? '') {
  return path
    .split(delimiter)
    .filter((entry) => !/node_modules[\\/]\.bin[\\/]?$|node-gyp-bin$/.test(entry))
    .join(delimiter);
}
