import { Command, CommanderError } from 'commander';
import { registerLink } from './register-link.js';

/**
 * `mash link` without the other commands, whose keys, feeds and schemas take half a second to load: half of what a small
 * file takes in all. Same exit codes: 0 done, 1 failed, 2 usage.
 * @param args the command line from `link` on
 */
export async function runLinkAlone(args: string[]): Promise<number> {
  const program = new Command('mash').showHelpAfterError('(--help shows how)').exitOverride();
  registerLink(program);
  for (const command of program.commands) command.copyInheritedSettings(program);
  try {
    await program.parseAsync(args, { from: 'user' });
    return 0;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    process.stderr.write(`mash: ${(error as Error).message}\n`);
    return 1;
  }
}
