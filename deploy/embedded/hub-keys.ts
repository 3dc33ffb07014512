import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createPublicKey } from 'node:crypto';
import { createHubKeys, KEY_FILES } from '#crypto';
import { vkeyOf } from '#ledger';
import type { App } from './environment.js';
import { writePrivately, type StateLayout } from './layout.js';

const everybody = [KEY_FILES.recordPublic, KEY_FILES.hubPublic];

/** Which of the hub's keys each service holds (architecture, "Services"): nobody gets one that its duty does not need. */
const keysOf: Record<App, string[]> = {
  ingest: [...everybody, KEY_FILES.blindIndex, KEY_FILES.hubOpening],
  matching: [...everybody, KEY_FILES.blindIndex, KEY_FILES.recordPrivate],
  portal: [...everybody, KEY_FILES.blindIndex, KEY_FILES.recordPrivate, KEY_FILES.session],
  disclosure: [...everybody, KEY_FILES.recordPrivate, KEY_FILES.hubPacks],
  audit: [KEY_FILES.ledger],
};

/** Where a service finds its keys. */
export const keyFolder = (layout: StateLayout, app: App) => join(layout.keys, app);

/** `record.private.v2.pem` is a version of `record.private.pem`. */
const withoutVersion = (file: string) => file.replace(/\.v\d+(\.[^.]+)$/, '$1');

/**
 * Makes the hub's keys on first use, in `<state>/keys/hub`, and gives each service a folder with its own ones, rotated
 * versions included.
 * @returns the hub's fingerprint, its public key's file, and the audit log's verifier key
 */
export async function prepareHubKeys(
  layout: StateLayout,
  hubId: string,
): Promise<{ fingerprint: string; publicKeyFile: string; logKey: string }> {
  const all = join(layout.keys, 'hub');
  const { fingerprint } = await createHubKeys(all, { hubId });
  for (const [app, names] of Object.entries(keysOf) as [App, string[]][]) {
    const folder = keyFolder(layout, app);
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    for (const file of readdirSync(all).filter((name) => names.includes(withoutVersion(name)))) {
      const content = readFileSync(join(all, file), 'utf8');
      const copy = join(folder, file);
      if (!existsSync(copy) || readFileSync(copy, 'utf8') !== content) writePrivately(copy, content);
    }
  }
  const ledger = createPublicKey(readFileSync(join(all, KEY_FILES.ledger)));
  return { fingerprint, publicKeyFile: join(all, KEY_FILES.hubPublic), logKey: vkeyOf(`mash-hub/${hubId}`, ledger) };
}
