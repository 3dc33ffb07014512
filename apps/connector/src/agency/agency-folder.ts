import { HubError } from '#contracts';
import { readPublicKey, readSecretKey } from '#crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { z } from 'zod';

/** How to reach the hub, as `agency.json` says it; in an embedded hub's state folder, `hub.json` does. */
const agencySettings = z.object({
  agency: z.string().regex(/^[a-z][a-z0-9-]{0,62}$/),
  hub: z.object({ brokers: z.array(z.string()).default([]), https: z.url().optional() }),
});
export type AgencySettings = z.output<typeof agencySettings>;

/** An agency's own folder: keys, certificates, how to reach the hub. */
export class AgencyFolder {
  private constructor(
    readonly dir: string,
    readonly settings: AgencySettings,
  ) {}

  /** @throws HubError `usage` saying what is missing and how to make it */
  static async open(dir: string): Promise<AgencyFolder> {
    const folder = resolve(dir);
    const own = join(folder, 'agency.json');
    if (existsSync(own)) return new AgencyFolder(folder, await readSettings(own));
    const hub = join(dirname(dirname(folder)), 'hub.json');
    if (!existsSync(hub) || !existsSync(join(folder, 'agency.key.asc')))
      throw new HubError(
        'usage',
        `There is no agency.json in ${dir}. Make the folder with: mash agency init --id <agency> --dir ${dir}`,
      );
    const { kafka, ingest } = JSON.parse(await readFile(hub, 'utf8')) as {
      kafka: { brokers: string[] };
      ingest: string;
    };
    return new AgencyFolder(folder, {
      agency: folder.split(/[\\/]/).at(-1)!,
      hub: { brokers: kafka.brokers, https: ingest },
    });
  }

  get agency(): string {
    return this.settings.agency;
  }

  path(name: string): string {
    return join(this.dir, name);
  }

  async secretKey() {
    return readSecretKey(await this.text('agency.key.asc'), process.env.MASH_KEY_PASSPHRASE);
  }

  async hubKey() {
    return readPublicKey(await this.text('hub.pub.asc'));
  }

  /** The audit log's verifier key, where the hub has given one. */
  async logKey(): Promise<string | null> {
    return existsSync(this.path('log.vkey')) ? (await this.text('log.vkey')).trim() : null;
  }

  private async text(name: string): Promise<string> {
    return readFile(this.path(name), 'utf8').catch(() => {
      throw new HubError(
        'usage',
        `${name} is missing in ${this.dir}. The hub's administrator gives you hub.pub.asc; "mash agency init" makes the rest.`,
      );
    });
  }
}

async function readSettings(file: string): Promise<AgencySettings> {
  const parsed = agencySettings.safeParse(jsonOf(await readFile(file, 'utf8')));
  if (!parsed.success)
    throw new HubError(
      'usage',
      `${file}: ${parsed.error.issues.map((i) => `${i.path.join('.')} ${i.message}`).join('; ')}`,
    );
  return parsed.data;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
