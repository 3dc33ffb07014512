import { HubError } from '#contracts';
import { certificateRequest, fingerprintForReadOut, generateAgencyKey } from '#crypto';
import type { Command } from 'commander';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { say } from '../telling.js';

/** `mash agency init`: the agency's keys, a certificate request, and a config to edit. Never overwrites. */
export function registerAgency(program: Command): void {
  const agency = program.command('agency').description("an agency's own keys and settings");
  agency
    .command('init')
    .description('make the keys, the certificate request and a settings file; prints the fingerprint to read out')
    .requiredOption('--id <agency>', 'the agency, as the hub names it (for example ashfield)')
    .requiredOption('--dir <folder>', 'where to put them; keep it private')
    .option('--json', 'print the outcome as JSON')
    .action(async ({ id, dir, json }: { id: string; dir: string; json?: boolean }) => {
      const made = await initAgency(id, dir);
      say(json, made, [
        `Made ${made.files.join(', ')} in ${dir}.`,
        `Read this fingerprint out to the hub's administrator by telephone: ${fingerprintForReadOut(made.fingerprint)}`,
        'Send them agency.pub.asc and kafka.csr. They send back kafka.crt, ca.crt, hub.pub.asc and log.vkey; put these beside.',
        'Then set the address of the hub in agency.json.',
      ]);
    });
}

const FILES = ['agency.key.asc', 'agency.pub.asc', 'kafka.key', 'kafka.csr', 'agency.json'] as const;

/** @throws HubError `usage` where there are keys already: a lost key cannot be made again */
export async function initAgency(id: string, dir: string): Promise<{ fingerprint: string; files: string[] }> {
  if (!/^[a-z][a-z0-9-]{0,62}$/.test(id))
    throw new HubError('usage', 'An agency id is lower-case letters, digits and hyphens.');
  const there = FILES.filter((name) => existsSync(join(dir, name)));
  if (there.length > 0)
    throw new HubError(
      'usage',
      `${dir} holds ${there.join(', ')} already. Choose another folder, or rotate the key with the hub's administrator.`,
    );
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const key = await generateAgencyKey({ agency: id, name: id });
  const request = await certificateRequest({ commonName: id });
  const files: Record<(typeof FILES)[number], string> = {
    'agency.key.asc': key.privateKeyArmored,
    'agency.pub.asc': key.publicKeyArmored,
    'kafka.key': request.privateKeyPem,
    'kafka.csr': request.requestPem,
    'agency.json': `${JSON.stringify({ agency: id, hub: { brokers: ['hub.example.org:9093'], https: 'https://hub.example.org:8443' } }, null, 2)}\n`,
  };
  for (const [name, content] of Object.entries(files))
    await writeFile(join(dir, name), content, { mode: 0o600, flag: 'wx' });
  return { fingerprint: key.fingerprint, files: Object.keys(files) };
}
