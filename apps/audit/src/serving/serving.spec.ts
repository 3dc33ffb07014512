import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { pino } from 'pino';
import { verifyLog, verifyProof } from '#ledger';
import { NestLog, SealedProofs } from '#platform';
import { ALog } from '../../test/a-log.js';
import { AuditModule } from '../audit.module.js';
import { auditConfig } from '../config.js';

let log: ALog;
let app: INestApplication;
let base: string;
let ids: string[];
const get = (path: string) => fetch(`${base}${path}`);

beforeAll(async () => {
  log = await ALog.fresh();
  const keys = join(log.dir, 'keys');
  await mkdir(keys);
  await writeFile(join(keys, 'ledger.ed25519.pem'), log.key.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
  const config = auditConfig.parse({
    HUB_ID: 'test',
    DATABASE_URL: log.database.urlFor('audit'),
    KEYS_DIR: keys,
    AUDIT_DIR: join(log.dir, 'log'),
    KAFKA_BROKERS: 'none',
    KAFKA_CA_FILE: '',
    KAFKA_CERT_FILE: '',
    KAFKA_KEY_FILE: '',
    HTTP_PORT: '0',
  });
  const logger = pino({ level: 'silent' });
  app = await NestFactory.create(AuditModule.with(config, logger), {
    logger: new NestLog(logger),
    abortOnError: false,
  });
  await app.listen(0, '127.0.0.1');
  base = `http://127.0.0.1:${(app.getHttpServer().address() as AddressInfo).port}`;
  ids = await log.append(300);
  await log.published(300);
});
afterAll(async () => {
  await app?.close();
  await log?.end();
});

describe('serving the log', () => {
  it('what is served verifies as a whole', async () => {
    const read = async (path: string) => {
      const response = await get(`/${path}`);
      return response.ok ? new Uint8Array(await response.arrayBuffer()) : null;
    };
    expect(await verifyLog(read, { vkey: log.vkey })).toMatchObject({ ok: true, size: 300 });
  });

  it('a full tile may be kept for ever, a partial one and the checkpoint may not', async () => {
    expect((await get('/tile/0/000')).headers.get('cache-control')).toContain('immutable');
    expect((await get('/tile/0/000')).headers.get('content-type')).toBe('application/octet-stream');
    expect((await get('/tile/0/001.p/44')).headers.get('cache-control')).toBe('no-cache');
    expect((await get('/checkpoint')).headers.get('cache-control')).toBe('no-cache');
    expect((await get('/checkpoint')).headers.get('content-type')).toBe('text/plain; charset=utf-8');
  });

  it('every entry has a proof the platform can fetch and anyone can verify', async () => {
    const proofs = new SealedProofs(base);
    for (const id of [ids[0]!, ids[255]!, ids[256]!, ids[299]!]) {
      const { index, proof, entry } = await proofs.wait(id);
      expect(verifyProof(Buffer.from(entry, 'base64'), proof, log.vkey)).toMatchObject({
        index,
        size: expect.any(Number),
      });
    }
  });

  it('an entry that is not sealed has no proof yet', async () => {
    const response = await get(`/proof/${randomUUID()}`);
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ error: { code: 'not_sealed' } });
  });

  it('an id that is none is refused', async () => {
    expect((await get('/proof/1%27%3B--')).status).toBe(400);
  });

  it.each([
    '/tile/0/001',
    '/tile/0/0',
    '/tile/64/000',
    '/tile/00/000',
    '/tile/0/000.p/0',
    '/tile/0/x000/000',
    '/tile/0/000.p',
    '/tile/../checkpoint',
    '/tile/..%2fcheckpoint',
    '/tile/%2e%2e/checkpoint',
    '/tile/0/..%2f..%2f..%2fkeys/ledger.ed25519.pem',
    '/tile//etc/passwd',
    '/.writing/x',
  ])('%s is no file of the log', async (path) => {
    // fetch would tidy the path up first
    const status = await new Promise((resolve, reject) => {
      request(new URL(base), { path }, (response) => resolve(response.resume().statusCode))
        .on('error', reject)
        .end();
    });
    expect(status).toBe(404);
  });

  it('metrics tell how many were sealed and how far sealing is behind', async () => {
    const text = await (await get('/metrics')).text();
    expect(text).toMatch(/^audit_entries_sealed_total 300$/m);
    expect(text).toMatch(/^audit_log_entries 300$/m);
    expect(text).toMatch(/^audit_seal_lag_seconds 0(\.\d+)?$/m);
    expect(text).toMatch(/^audit_sequencing 1$/m);
  });
});
