import type { Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Policy } from '#policy';
import { answer, isRefusal } from './answering.js';
import { readLines } from './lines.js';

/** What was answered: requests decided, and lines refused. */
export interface Tally {
  decided: number;
  refused: number;
}

/**
 * Answers requests from `input`, one a line, to `output`, one a line and in the same order. Reads no faster than `output`
 * takes (memory stays flat), and leaves `output` open.
 */
export async function decideStream(policy: Policy, input: Readable, output: Writable): Promise<Tally> {
  const tally: Tally = { decided: 0, refused: 0 };
  await pipeline(
    input,
    async function* (bytes: AsyncIterable<Buffer>) {
      for await (const lines of readLines(bytes)) {
        let text = '';
        for (const line of lines) {
          const given = answer(policy, line);
          if (isRefusal(given)) tally.refused++;
          else tally.decided++;
          text += JSON.stringify(given) + '\n';
        }
        yield text;
      }
    },
    output,
    { end: false },
  );
  return tally;
}
