import { HubError } from '#contracts';
import type { Command } from 'commander';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** `mash matches export`: for judging the matching. On the hub's own machine only: it needs the operator's token. */
export function registerMatches(program: Command): void {
  program
    .command('matches')
    .description('for the operator of the hub')
    .command('export')
    .description('every record–subject pair with its weight and state, as a CSV; audited')
    .requiredOption('--out <file>', 'the CSV to write')
    .action(async ({ out }: { out: string }) => {
      const csv = await exportMatches(process.env.HUB_STATE ?? '.hub');
      await writeFile(out, csv, { mode: 0o600 });
      process.stdout.write(
        `${csv.trimEnd().split('\n').length - 1} pairs written to ${out}. It names records: treat it as personal data.\n`,
      );
    });
}

/** @param state the hub's state folder @returns the CSV */
export async function exportMatches(state: string): Promise<string> {
  const [hub, token] = await Promise.all([
    readFile(join(state, 'hub.json'), 'utf8').then(
      (text) => JSON.parse(text) as { services: { matching: { health: string } } },
    ),
    readFile(join(state, 'secrets.json'), 'utf8').then((text) => (JSON.parse(text) as { operator: string }).operator),
  ]).catch(() => {
    throw new HubError(
      'usage',
      `No running hub in ${state}. Start one with "npm start -- --embedded", or set HUB_STATE.`,
    );
  });
  const response = await fetch(new URL('/operator/matches-export', hub.services.matching.health), {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
  });
  if (!response.ok) throw new HubError('forbidden', `The matching service refused (${response.status}).`);
  return response.text();
}
