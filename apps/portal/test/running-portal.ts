import { createHubKeys } from '#crypto';
import { createLogger } from '#platform';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import 'reflect-metadata';
import { createIdentityServer } from '../../../deploy/identity/server.js';
import { demoUsers } from '../../../deploy/identity/users.js';
import { freshDatabase, type FreshDatabase } from '../../../test/support/database.js';
import { portalConfig } from '../src/config.js';
import { PortalModule } from '../src/portal.module.js';
import { preparePortal } from '../src/preparing.js';

/** A portal as it runs, with a real database and a real identity provider; Kafka is left out: nothing is sent from the outbox. */
export interface RunningPortal {
  web: string;
  app: NestExpressApplication;
  database: FreshDatabase;
  keysDir: string;
  stop(): Promise<void>;
}

/** Starts one on free ports, with a database and keys of its own. The caller stops it. */
export async function runningPortal(): Promise<RunningPortal> {
  const database = await freshDatabase();
  const keysDir = await mkdtemp(join(tmpdir(), 'mash-portal-'));
  await createHubKeys(keysDir, { hubId: 'test' });
  const [port, identityPort] = [await freePort(), await freePort()];
  const web = `http://127.0.0.1:${port}`;
  const client = { clientId: 'portal', clientSecret: 'test-only-client-secret-of-the-portal' };
  const issuer = `http://127.0.0.1:${identityPort}`;
  const identity = createIdentityServer({
    issuer,
    ...client,
    redirectUri: `${web}/sign-in/callback`,
    users: demoUsers,
  });
  await new Promise<void>((resolve) => identity.listen(identityPort, '127.0.0.1', resolve));
  const config = portalConfig.parse({
    HUB_ID: 'test',
    DATABASE_URL: database.urlFor('portal'),
    KEYS_DIR: keysDir,
    KAFKA_BROKERS: 'localhost:1',
    KAFKA_CA_FILE: '-',
    KAFKA_CERT_FILE: '-',
    KAFKA_KEY_FILE: '-',
    HTTP_PORT: String(port),
    PUBLIC_URL: web,
    OIDC_ISSUER: issuer,
    OIDC_CLIENT_ID: client.clientId,
    OIDC_CLIENT_SECRET: client.clientSecret,
    SESSION_SECRET: 'test-only-session-secret-of-32-characters',
    AUDIT_URL: 'http://127.0.0.1:1',
    MASH_EMBEDDED: '1',
  });
  const logger = createLogger('portal', process.env.TEST_LOG ?? 'silent');
  const app = await NestFactory.create<NestExpressApplication>(PortalModule.with(config, logger), {
    logger: process.env.TEST_LOG ? ['error'] : false,
    abortOnError: false,
    bodyParser: false,
    forceCloseConnections: true,
  });
  preparePortal(app, config);
  await app.listen(port, '127.0.0.1');
  return {
    web,
    app,
    database,
    keysDir,
    async stop() {
      await app.close();
      await closed(identity);
      await database.drop();
      await rm(keysDir, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await closed(server);
  return port;
}

async function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}
