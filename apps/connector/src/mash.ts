import { isHubError } from '#contracts';
import { Command, CommanderError } from 'commander';
import { registerAgency } from './agency/register-agency.js';
import { registerAudit } from './auditing/index.js';
import { registerDeadLetter } from './deadletters/register-deadletter.js';
import { registerPolicy } from './deciding/index.js';
import { registerMatches } from './exporting/register-matches.js';
import { registerGenerate } from './generating/index.js';
import { registerLink } from './linking/index.js';
import { registerPack } from './opening/index.js';
import { registerFeed } from './register-feed.js';

const USAGE = 2;
const REFUSED = 3;

/** The whole command line. Exit codes: 0 done, 1 failed, 2 usage, 3 refused by the hub. */
export function mash(): Command {
  const program = new Command('mash')
    .description('The command line of the MASH hub')
    .showHelpAfterError('(--help shows how)');
  for (const register of [
    registerAgency,
    registerFeed,
    registerPack,
    registerGenerate,
    registerPolicy,
    registerAudit,
    registerMatches,
    registerDeadLetter,
    registerLink,
  ])
    register(program);
  for (const command of everyCommand(program)) command.exitOverride();
  return program;
}

function everyCommand(command: Command): Command[] {
  return [command, ...command.commands.flatMap(everyCommand)];
}

/** Runs one command line. @returns the exit code; failures are told on standard error, in a line */
export async function runMash(args: string[]): Promise<number> {
  try {
    await mash().parseAsync(args, { from: 'user' });
    return 0;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : USAGE;
    process.stderr.write(`mash: ${plainly(error)}\n`);
    if ((error as { code?: unknown }).code === 'usage') return USAGE;
    return isHubError(error) && error.status < 500 ? REFUSED : 1;
  }
}

/** What went wrong in a line, never a stack. */
function plainly(error: unknown): string {
  const { code, message } = error as { code?: string; message?: string };
  if (isHubError(error)) return error.message;
  if (code === 'ENOENT') return 'a file named on the command line is not there.';
  const { code: cause } = ((error as Error).cause ?? {}) as { code?: string };
  if (code === 'ECONNREFUSED' || cause === 'ECONNREFUSED' || /KafkaJS/.test(String((error as Error).name)))
    return 'the hub cannot be reached. Is it running, and is its address right?';
  return code ?? message ?? 'it failed.';
}
