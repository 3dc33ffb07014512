import type { Command } from 'commander';
import { CURRENT_POLICY, loadPolicy, PolicyError, type Policy } from '#policy';
import { explainFrom, inWords } from './explaining.js';
import { decideStream } from './streaming.js';
import { PROCESS_STREAMS, type Streams } from './streams.js';

const VERSION = '--policy <version>';

/** Adds `mash policy decide`, `fields` and `explain`. Exit codes: 0 done, 1 failed, 2 usage (an unknown policy version). */
export function registerPolicy(program: Command, streams: Streams = PROCESS_STREAMS): void {
  const policy = program.command('policy').description('the disclosure policy: what may go to whom, and why');

  policy
    .command('decide')
    .description('decide requests: one JSON a line on standard input, one answer a line on standard output')
    .requiredOption(VERSION, 'the policy version to decide by')
    .action((options: { policy: string }) =>
      withPolicy(streams, options.policy, async (version) => {
        const { refused } = await decideStream(version, streams.stdin, streams.stdout);
        if (refused > 0) streams.stderr.write(`mash: ${refused} line(s) could not be decided; their answers say why\n`);
      }),
    );

  policy
    .command('fields')
    .description('print what each purpose may know: purpose, role, category, fields (JSON)')
    .option(VERSION, 'the policy version', CURRENT_POLICY)
    .option('--json', 'JSON (always)')
    .action((options: { policy: string }) =>
      withPolicy(streams, options.policy, ({ fields }) => {
        streams.stdout.write(JSON.stringify(fields, null, 2) + '\n');
      }),
    );

  policy
    .command('explain')
    .description('explain one item of a request on standard input, in plain words')
    .requiredOption('--item <id>', 'the item')
    .option(VERSION, 'the policy version', CURRENT_POLICY)
    .option('--json', 'as JSON')
    .action((options: { policy: string; item: string; json?: boolean }) =>
      withPolicy(streams, options.policy, async (version) => {
        const explanation = await explainFrom(version, streams.stdin, options.item);
        streams.stdout.write(options.json ? JSON.stringify(explanation) + '\n' : inWords(explanation));
      }),
    );
}

async function withPolicy(
  { stdout, stderr, exit }: Streams,
  version: string,
  act: (policy: Policy) => void | Promise<void>,
): Promise<void> {
  // A reader that went away (`| head`) is the end of the work, not a crash.
  const onOutputError = (): void => exit(1);
  stdout.on('error', onOutputError);
  try {
    await act(loadPolicy(version));
    exit(0);
  } catch (error) {
    const usage = error instanceof PolicyError && error.code === 'unknown_policy';
    if (!isClosedPipe(error)) stderr.write(`mash: ${error instanceof PolicyError ? error.message : 'failed'}\n`);
    exit(usage ? 2 : 1);
  } finally {
    setImmediate(() => stdout.off('error', onOutputError));
  }
}

function isClosedPipe(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'EPIPE';
}
