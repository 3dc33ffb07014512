import { HubError } from '#contracts';
import { Option, type Command } from 'commander';
import { userInfo } from 'node:os';
import { say } from '../telling.js';
import { letterLines, letterTable } from './letter-words.js';
import { DROP_REASONS, OperatorHub, SERVICES, type Letter, type Retried, type Service } from './operator-hub.js';

interface Options {
  service?: Service;
  json?: boolean;
  as?: string;
}

/** `mash deadletter`: messages the hub could not take. On the hub's own machine only: it needs the operator's token. */
export function registerDeadLetter(program: Command): void {
  const group = program
    .command('deadletter')
    .description('messages the hub could not take, for the operator of the hub');
  const command = (name: string, words: string) =>
    group
      .command(name)
      .description(words)
      .addOption(new Option('--service <name>', 'one service only; default every one').choices(SERVICES))
      .option('--as <name>', 'who acts, as the audit names them; default the account at this machine')
      .option('--json', 'print the outcome as JSON');

  command('list', 'what waits, oldest first')
    .option('--all', 'what was handled or dropped too')
    .action(async (options: Options & { all?: boolean }) => {
      const letters = await (await hub(options)).list(options.all === true, options.service);
      say(options.json, { letters }, letterTable(letters));
    });
  command('show <id>', 'one of them: where it stood, why it failed; never what stands in it').action(
    async (id: string, options: Options) => {
      const letter = await (await hub(options)).show(id, options.service);
      say(options.json, letter, letterLines(letter));
    },
  );
  command('retry [ids...]', 'put them through their handler once more; what was taken before has no second effect')
    .option('--all', 'every one that waits')
    .action(async (ids: string[], options: Options & { all?: boolean }) => retry(await hub(options), ids, options));
  command('drop <ids...>', 'give them up: their bytes are destroyed, that they were there is kept')
    .addOption(new Option('--reason <why>', 'why, for the audit').choices(DROP_REASONS).makeOptionMandatory())
    .action(async (ids: string[], options: Options & { reason: string }) => {
      const own = await hub(options);
      const letters = await found(own, ids, options.service);
      for (const letter of letters) await own.drop(letter, options.reason);
      say(options.json, { dropped: letters.map(({ id }) => id) }, [`${letters.length} dropped (${options.reason}).`]);
    });
}

async function retry(own: OperatorHub, ids: string[], options: Options & { all?: boolean }): Promise<void> {
  if ((ids.length === 0) === !options.all) throw new HubError('usage', 'Name the dead letters to retry, or --all.');
  const letters = options.all ? await own.list(false, options.service) : await found(own, ids, options.service);
  const retried: ({ id: string } & Retried)[] = [];
  // One after the other, oldest first: later messages of a topic may need the earlier.
  for (const letter of letters) retried.push({ id: letter.id, ...(await own.retry(letter)) });
  const failed = retried.filter(({ outcome }) => outcome === 'failed');
  say(options.json, { retried }, [
    ...retried.map(({ id, outcome, reason }) => `${id}  ${WORDS[outcome]}${reason ? ` (${reason})` : ''}`),
    `${retried.length - failed.length} done, ${failed.length} failed again.`,
  ]);
  if (failed.length > 0) throw new HubError('internal', `${failed.length} failed again and wait as before.`);
}

/** All of them before anything is done to the first. */
async function found(own: OperatorHub, ids: string[], service: Service | undefined): Promise<Letter[]> {
  const letters: Letter[] = [];
  for (const id of new Set(ids)) letters.push(await own.show(id, service));
  return letters;
}

async function hub({ as = userInfo().username }: Options): Promise<OperatorHub> {
  if (!/^[\w.-]{1,40}$/.test(as)) throw new HubError('usage', 'Name who acts: letters, digits, dots and hyphens.');
  return OperatorHub.in(process.env.HUB_STATE ?? '.hub', as);
}

const WORDS = { handled: 'handled', 'sent-again': 'back in the outbox, to be sent', failed: 'failed again' };
