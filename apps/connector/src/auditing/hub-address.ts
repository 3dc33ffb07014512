import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AuditError } from './errors.js';

/**
 * The audit address of the hub on this machine: `audit` of `$HUB_STATE/hub.json` (HUB_STATE defaults to `.hub`).
 * Throws `usage` when there is none: then `--url` must name it.
 */
export async function hubAuditAddress(env: NodeJS.ProcessEnv): Promise<string> {
  const file = join(env['HUB_STATE'] || '.hub', 'hub.json');
  try {
    const hub: unknown = JSON.parse(await readFile(file, 'utf8'));
    const address = (hub as { audit?: unknown } | null)?.audit;
    if (typeof address === 'string' && /^https?:\/\//.test(address)) return address;
  } catch (cause) {
    throw new AuditError('usage', `no hub found (${file}): name its audit address with --url`, { cause });
  }
  throw new AuditError('usage', `${file} names no audit address: name it with --url`);
}
