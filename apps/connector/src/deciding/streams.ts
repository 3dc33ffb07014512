import type { Readable, Writable } from 'node:stream';

/** Where a command reads and writes, and how it says its exit code. */
export interface Streams {
  readonly stdin: Readable;
  readonly stdout: Writable;
  readonly stderr: Writable;
  exit(code: 0 | 1 | 2): void;
}

/** The process's own. The code is set, not exited with, so that what is still in the pipe gets written. */
export const PROCESS_STREAMS: Streams = {
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  exit: (code) => {
    process.exitCode = code;
  },
};
