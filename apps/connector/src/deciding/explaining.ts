import type { Readable } from 'node:stream';
import { explain, parseRequest, PolicyError, type Explanation, type Policy } from '#policy';
import { readLines } from './lines.js';

/**
 * Explains one item of the first request on `input` that can be read and has it.
 * Errors: `unknown_item`, `request_invalid`.
 */
export async function explainFrom(policy: Policy, input: Readable, itemId: string): Promise<Explanation> {
  let problem = new PolicyError('request_invalid', 'there is no request on standard input');
  for await (const lines of readLines(input as AsyncIterable<Buffer>)) {
    for (const line of lines) {
      try {
        return explain(policy, request(line), itemId);
      } catch (error) {
        if (!(error instanceof PolicyError)) throw error;
        problem = error;
      }
    }
  }
  throw problem;
}

function request(line: { readonly text: string } | { readonly problem: string }) {
  if ('problem' in line) throw new PolicyError('request_invalid', `the line is ${line.problem}`);
  const parsed = parseRequest(json(line.text));
  if (!parsed.ok) throw new PolicyError(parsed.error.code, parsed.error.message);
  return parsed.value;
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new PolicyError('request_invalid', 'the line is not JSON');
  }
}

/** An explanation for reading. */
export function inWords({ asked, text, whatWouldChange }: Explanation): string {
  return `${asked}\n\n${text}\n\nWhat would have to be different: ${whatWouldChange}\n`;
}
