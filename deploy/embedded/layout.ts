import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** A file in a state folder made by the demo, which the next demo may therefore remove. */
export const DEMO_MARK = 'made-by-demo';

/** Everything one embedded hub keeps, all below one folder. */
export interface StateLayout {
  folder: string;
  postgres: string;
  kafka: string;
  logs: string;
  /** certificate authority, broker and service certificates */
  tls: string;
  /** `keys/hub`: all hub keys; `keys/<app>`: only what that service may hold */
  keys: string;
  agencies: string;
  secretsFile: string;
  portsFile: string;
  hubFile: string;
  lockFile: string;
}

/** Names the parts of a state folder and makes the folders; only the user who started the hub may look inside. */
export function openLayout(state: string): StateLayout {
  const folder = resolve(state);
  const layout: StateLayout = {
    folder,
    postgres: join(folder, 'postgres'),
    kafka: join(folder, 'kafka'),
    logs: join(folder, 'logs'),
    tls: join(folder, 'tls'),
    keys: join(folder, 'keys'),
    agencies: join(folder, 'agencies'),
    secretsFile: join(folder, 'secrets.json'),
    portsFile: join(folder, 'ports.json'),
    hubFile: join(folder, 'hub.json'),
    lockFile: join(folder, 'supervisor.pid'),
  };
  // Others may pass through the state folder itself (PostgreSQL may have to run as another user), not read it.
  mkdirSync(folder, { recursive: true, mode: 0o711 });
  for (const part of [layout.kafka, layout.logs, layout.tls, layout.keys, layout.agencies]) {
    mkdirSync(part, { recursive: true, mode: 0o700 });
  }
  return layout;
}

/** Writes a file whole or not at all, readable by its owner only. */
export function writePrivately(file: string, content: string): void {
  const partial = `${file}.${process.pid}.new`;
  writeFileSync(partial, content, { mode: 0o600 });
  renameSync(partial, file);
}
