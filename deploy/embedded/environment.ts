import { join } from 'node:path';
import type { IdentityFiles } from './certificates.js';
import { keyFolder } from './hub-keys.js';
import type { StateLayout } from './layout.js';
import type { Ports } from './ports.js';
import type { Secrets } from './secrets.js';

/** The hub's services, in the order people name them. */
export const apps = ['audit', 'ingest', 'matching', 'portal', 'disclosure'] as const;
export type App = (typeof apps)[number];
/** What runs as a process of its own: the services, and the identity provider that stands in for a real one. */
export type Program = App | 'identity';

/** What the services' configuration is made from. */
export interface HubFacts {
  layout: StateLayout;
  hubId: string;
  ports: Ports;
  secrets: Secrets;
  brokers: string[];
  /** the database as its owner */
  ownerUrl: string;
  identities: Record<App, IdentityFiles>;
  /** the TLS face of ingest, for agencies */
  server: IdentityFiles;
}

/** The port a program's health, metrics and pages are on. */
const portNameOf = (program: Program) => (program === 'portal' ? 'web' : program);

export const portOf = (facts: Pick<HubFacts, 'ports'>, program: Program) => String(facts.ports[portNameOf(program)]);

export const addressOf = (facts: Pick<HubFacts, 'ports'>, program: Program) =>
  `http://127.0.0.1:${portOf(facts, program)}`;

/** The pages' address as people type it, and the provider's: one host name, so that browsers take them for one site. */
export const webOf = (facts: Pick<HubFacts, 'ports'>) => `http://localhost:${portOf(facts, 'portal')}`;
const issuerOf = (facts: HubFacts) => `http://localhost:${portOf(facts, 'identity')}`;

/** Where agencies send over HTTPS, with their certificates. */
export const feedsOf = (facts: Pick<HubFacts, 'ports'>) => `https://localhost:${facts.ports['feeds']}`;

/** The password of a service's own database role. */
export const databasePassword = (secrets: Secrets, app: App) => secrets.get(`database.${app}`);

/** The same database as the service's role `mash_<app>`. */
function databaseUrl(facts: HubFacts, app: App): string {
  const url = new URL(facts.ownerUrl);
  url.username = `mash_${app}`;
  url.password = databasePassword(facts.secrets, app);
  return url.href;
}

const oidcClient = 'mash-portal';

/** What only some services need. */
const special: Partial<Record<App, (facts: HubFacts) => NodeJS.ProcessEnv>> = {
  audit: ({ layout }) => ({ AUDIT_DIR: join(layout.folder, 'audit') }),
  ingest: ({ ports, server }) => ({
    FEEDS_PORT: String(ports['feeds']),
    TLS_CERT_FILE: server.certFile,
    TLS_KEY_FILE: server.keyFile,
    TLS_CA_FILE: server.caFile,
  }),
  portal: (facts) => ({
    OIDC_ISSUER: issuerOf(facts),
    OIDC_CLIENT_ID: oidcClient,
    OIDC_CLIENT_SECRET: facts.secrets.get('oidc.client'),
    SESSION_SECRET: facts.secrets.get('session'),
  }),
};

/** A program's whole environment: its configuration and what any program needs, none of the caller's other variables. */
export function environmentOf(facts: HubFacts, program: Program): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) =>
    /^(PATH|HOME|TMPDIR|TZ|LANG|LC_.*|LOG_LEVEL|MASH_.*)$/.test(name),
  );
  const plain = { ...Object.fromEntries(kept), NODE_ENV: 'production', MASH_EMBEDDED: '1' };
  return { ...plain, ...(program === 'identity' ? identityEnvironment(facts) : serviceEnvironment(facts, program)) };
}

function serviceEnvironment(facts: HubFacts, app: App): NodeJS.ProcessEnv {
  const identity = facts.identities[app];
  return {
    HUB_ID: facts.hubId,
    HUB_STATE: facts.layout.folder,
    DATABASE_URL: databaseUrl(facts, app),
    KEYS_DIR: keyFolder(facts.layout, app),
    KAFKA_BROKERS: facts.brokers.join(','),
    KAFKA_CA_FILE: identity.caFile,
    KAFKA_CERT_FILE: identity.certFile,
    KAFKA_KEY_FILE: identity.keyFile,
    HTTP_HOST: '127.0.0.1',
    HTTP_PORT: portOf(facts, app),
    PUBLIC_URL: webOf(facts),
    AUDIT_URL: addressOf(facts, 'audit'),
    // The audit has nothing an operator could do to it.
    ...(app === 'audit' ? {} : { OPERATOR_TOKEN: facts.secrets.get('operator') }),
    ...special[app]?.(facts),
  };
}

function identityEnvironment(facts: HubFacts): NodeJS.ProcessEnv {
  return {
    ISSUER: issuerOf(facts),
    CLIENT_ID: oidcClient,
    CLIENT_SECRET: facts.secrets.get('oidc.client'),
    REDIRECT_URI: `${webOf(facts)}/sign-in/callback`,
    HOST: '127.0.0.1',
    PORT: portOf(facts, 'identity'),
  };
}
