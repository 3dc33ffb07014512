// One-shot steps for containers (deploy/compose.yaml), on a development state folder shared by all:
//   prepare.js files      keys, certificates, the broker's settings, and an .env file for each container; before anything runs
//   prepare.js database   tables, logins and the register
//   prepare.js topics     topics and the broker's rights
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { prepareAgencies } from '../embedded/agencies.js';
import { Authority } from '../embedded/certificates.js';
import { prepareDatabase } from '../embedded/database.js';
import { apps, databasePassword, type App } from '../embedded/environment.js';
import { prepareHubKeys } from '../embedded/hub-keys.js';
import { serverProperties, writeBrokerPems } from '../embedded/kafka-files.js';
import { openLayout, writePrivately } from '../embedded/layout.js';
import { Secrets } from '../embedded/secrets.js';
import { prepareTopics } from '../embedded/topics.js';

const layout = openLayout(process.env['HUB_STATE'] || '.hub-containers');
const hubId = process.env['HUB_ID'] || 'development';
const secrets = new Secrets(layout);
const owner = 'mash_owner';
const broker = 'kafka:9093';

/** An .env file for one container; made of letters, digits and URL characters only, so nothing needs quoting. */
function writeEnvironment(name: string, values: Record<string, string>): void {
  const folder = join(layout.folder, 'env');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const lines = Object.entries(values).map(([key, value]) => `${key}=${value}\n`);
  writePrivately(join(folder, `${name}.env`), lines.join(''));
}

const databaseUrl = (role: string, password: string) => `postgresql://${role}:${password}@postgres:5432/mash`;

const own: Partial<Record<App, () => Record<string, string>>> = {
  portal: () => ({ SESSION_SECRET: secrets.get('session'), OIDC_CLIENT_SECRET: secrets.get('oidc.client') }),
};

async function files(): Promise<void> {
  const { publicKeyFile, logKey } = await prepareHubKeys(layout, hubId);
  await prepareAgencies(layout, publicKeyFile, logKey);
  mkdirSync(join(layout.folder, 'audit'), { recursive: true, mode: 0o700 });
  const authority = await Authority.open(layout);
  for (const app of apps) {
    // Each container sees its own folder only: its key at the broker, nobody else's.
    const folder = join(layout.tls, app);
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const file = (name: string) => join(folder, name);
    await authority.identity(app, ['client'], {
      certFile: file('kafka.crt'),
      keyFile: file('kafka.key'),
      caFile: file('ca.crt'),
    });
    writeEnvironment(app, {
      DATABASE_URL: databaseUrl(`mash_${app}`, databasePassword(secrets, app)),
      ...(app === 'audit' ? {} : { OPERATOR_TOKEN: secrets.get('operator') }),
      ...own[app]?.(),
    });
  }
  const file = (name: string) => join(layout.tls, 'ingest', name);
  const server = { certFile: file('server.crt'), keyFile: file('server.key'), caFile: file('ca.crt') };
  await authority.identity('hub-server', ['server'], server, ['ingest']);
  await authority.identity('hub-admin', ['client']);
  writeBrokerPems(layout.kafka, await authority.identity('broker', ['server', 'client'], undefined, ['kafka']));
  const place = { listen: '0.0.0.0', name: 'kafka', ports: { kafka: 9093, controller: 9094 } };
  const settings = serverProperties({ ...place, files: '/mnt/shared/config/', data: '/var/lib/kafka/data' });
  writeFileSync(join(layout.kafka, 'server.properties'), settings, { mode: 0o600 });
  writeEnvironment('postgres', {
    POSTGRES_USER: owner,
    POSTGRES_DB: 'mash',
    POSTGRES_PASSWORD: secrets.get('postgres'),
  });
  writeEnvironment('keycloak', {
    KC_BOOTSTRAP_ADMIN_USERNAME: 'admin',
    KC_BOOTSTRAP_ADMIN_PASSWORD: secrets.get('keycloak'),
    PORTAL_CLIENT_SECRET: secrets.get('oidc.client'),
  });
}

async function database(): Promise<void> {
  const { publicKeyFile, logKey } = await prepareHubKeys(layout, hubId);
  const agencies = prepareAgencies(layout, publicKeyFile, logKey);
  await prepareDatabase(databaseUrl(owner, secrets.get('postgres')), secrets, agencies);
}

async function topics(): Promise<void> {
  const authority = await Authority.open(layout);
  await prepareTopics({ brokers: [broker], admin: await authority.identity('hub-admin', ['client']) });
}

const steps: Record<string, () => Promise<void>> = { files, database, topics };
const asked = process.argv.slice(2);
if (asked.length === 0 || asked.some((name) => !(name in steps))) {
  process.stderr.write(`usage: prepare.js ${Object.keys(steps).join('|')} …\n`);
  process.exit(2);
}
for (const name of asked) {
  await steps[name]!();
  process.stdout.write(`${name}: done\n`);
}
