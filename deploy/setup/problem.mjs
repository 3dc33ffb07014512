// What went wrong, said so that the reader can act on it. Details go to a file, never a stack trace on the screen.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { root, setupFolder } from './paths.mjs';

export class SetupProblem extends Error {
  /**
   * @param {string} message one or two sentences: what failed and what to do
   * @param {string} [details] the failing tool's output, for the log file only
   */
  constructor(message, details) {
    super(message);
    this.details = details;
  }
}

/** Thrown through the steps when the user pressed Ctrl-C; not a failure to explain. */
export class Stopped extends Error {}

/** Prints one message and keeps the details in .setup/last-failure.log. */
export function report(error) {
  const known = error instanceof SetupProblem;
  const details = known ? error.details : (error?.stack ?? String(error));
  let where = '';
  if (details) {
    try {
      mkdirSync(setupFolder, { recursive: true });
      const file = join(setupFolder, 'last-failure.log');
      writeFileSync(file, `${new Date().toISOString()}\n${error.message}\n\n${details}\n`);
      where = `\n  Details: ${relative(root, file)}`;
    } catch {
      where = `\n${details}`; // nowhere to write: better on the screen than lost
    }
  }
  const message = known ? error.message : `Set-up failed unexpectedly: ${error?.message ?? error}`;
  process.stderr.write(`\n✖ ${message}${where}\n`);
}
