import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { watch } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { Agent, request, type RequestOptions } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { createCertificateAuthority, issueCertificate, type CertificateAndKey } from '#crypto';
import { aRow, IntakeWorld, silent, type Instance } from '../../../../test/support/intake.js';
import type { IngestConfig } from '../config.js';
import { HttpsEntrance } from './https-entrance.js';
import { Lanes } from './lanes.js';

let world: IntakeWorld;
let hub: Instance;
let dir: string;
let entrance: HttpsEntrance;
let ca: CertificateAndKey;
const clients = new Map<string, CertificateAndKey>();

beforeAll(async () => {
  world = await IntakeWorld.fresh();
  hub = world.instance();
  dir = await mkdtemp(join(tmpdir(), 'entrance-'));
  ca = await createCertificateAuthority({ commonName: 'MASH hub test CA' });
  const stranger = await createCertificateAuthority({ commonName: 'MASH hub test CA' });
  for (const [name, authority, commonName, usages] of [
    ['ashfield', ca, 'ashfield', ['client']],
    ['gedling', ca, 'gedling', ['client']],
    ['nobody', ca, 'matching', ['client']],
    ['server', ca, 'ashfield', ['server']],
    ['forged', stranger, 'ashfield', ['client']],
  ] as const)
    clients.set(name, await issueCertificate(authority, { commonName, usages }));
  clients.set(
    'expired',
    await issueCertificate(ca, { commonName: 'ashfield', usages: ['client'], days: 1, now: new Date('2020-01-01') }),
  );
  const own = await issueCertificate(ca, { commonName: 'ingest', usages: ['server'] });
  const files = { 'tls.crt': own.certificatePem, 'tls.key': own.privateKeyPem, 'ca.crt': ca.certificatePem };
  for (const [name, pem] of Object.entries(files)) await writeFile(join(dir, name), pem, { mode: 0o600 });
  await mkdir(join(dir, 'spool'));
  const config = {
    FEEDS_PORT: 0,
    FEEDS_HOST: '127.0.0.1',
    TLS_CERT_FILE: join(dir, 'tls.crt'),
    TLS_KEY_FILE: join(dir, 'tls.key'),
    TLS_CA_FILE: join(dir, 'ca.crt'),
    SPOOL_DIR: join(dir, 'spool'),
  } as IngestConfig;
  entrance = new HttpsEntrance(config, silent, hub.intake, hub.batches, new Lanes());
  await entrance.onApplicationBootstrap();
});
afterAll(async () => {
  await entrance?.onModuleDestroy();
  await world?.end();
  await rm(dir, { recursive: true, force: true });
});
let agent: Agent;
beforeEach(() => {
  agent?.destroy();
  agent = new Agent();
});

const tlsOf = (client: string | null) => {
  const pair = client === null ? undefined : clients.get(client)!;
  return { ca: ca.certificatePem, ...(pair ? { cert: pair.certificatePem, key: pair.privateKeyPem } : {}) };
};

function ask(
  client: string | null,
  options: RequestOptions = {},
  body?: Buffer | ((write: (part: Buffer) => boolean) => void),
) {
  return new Promise<{ status: number; json: any; headers: IncomingMessage['headers'] }>((resolve, reject) => {
    const sending = request(
      { agent, host: '127.0.0.1', port: entrance.port, ...tlsOf(client), ...options },
      (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (part: string) => (text += part));
        response.on('end', () =>
          resolve({ status: response.statusCode!, json: JSON.parse(text), headers: response.headers }),
        );
      },
    );
    sending.on('error', reject);
    if (typeof body === 'function') body((part) => sending.write(part));
    else sending.end(body);
  });
}
const post = (client: string, body: Buffer) => ask(client, { method: 'POST', path: '/v1/feeds' }, body);
const receipts = (client: string, id: string) => ask(client, { path: `/v1/receipts/${id}` });

describe('who is let in', () => {
  it('nobody without a certificate, with one of another authority, with an expired one, or with a server’s', async () => {
    for (const client of [null, 'forged', 'expired', 'server']) await expect(ask(client)).rejects.toThrow();
  });

  it('a certificate of the hub’s that names no agency is told so', async () => {
    expect(await ask('nobody')).toMatchObject({ status: 403, json: { error: { code: 'unknown_certificate' } } });
  });

  it('on a resumed TLS session the agency is known as on the first', async () => {
    for (let round = 0; round < 3; round++)
      expect(await ask('ashfield', { headers: { connection: 'close' } })).toMatchObject({ status: 404 });
  });

  it('old TLS is not spoken', async () => {
    const spoken = new Promise((resolve, reject) => {
      const socket = connect({
        port: entrance.port,
        host: '127.0.0.1',
        ...tlsOf('ashfield'),
        maxVersion: 'TLSv1.1',
        minVersion: 'TLSv1',
      });
      socket.once('secureConnect', () => resolve(socket.destroy())).once('error', reject);
    });
    await expect(spoken).rejects.toThrow();
  });
});

describe('sending', () => {
  it('a batch is taken, and its submission named', async () => {
    const submission = 'a0000000-0000-4000-8000-000000000001';
    const answer = await post('ashfield', await world.sealed({ manifest: { submission } }));
    expect(answer).toMatchObject({ status: 202, json: { submission, batch: 1 } });
    expect(await world.draft(answer.json.receipt)).toMatchObject({ status: 'accepted' });
  });

  it('the certificate says whose it is: another agency’s batch is refused', async () => {
    const answer = await post('gedling', await world.sealed());
    expect(answer).toMatchObject({ status: 202, json: { submission: null } });
    expect(await world.draft(answer.json.receipt)).toMatchObject({ reason: 'wrong_sender' });
  });

  it('a large body waits for its turn in a file, which is gone once it is answered', async () => {
    const rows = Array.from({ length: 5_000 }, (_, n) => aRow(`L-${n}`, { tenancyRef: `T-${n}` }));
    const message = await world.sealed({ rows });
    expect(message.length).toBeGreaterThan(2 * 1024 * 1024);
    const spooled = new Set<string>();
    const watching = watch(join(dir, 'spool'), (_event, name) => spooled.add(String(name)));
    const answer = await post('ashfield', message);
    expect(answer.status).toBe(202);
    expect(await world.draft(answer.json.receipt)).toMatchObject({ status: 'accepted', accepted: 5_000 });
    watching.close();
    expect([...spooled]).toEqual([expect.stringMatching(/^mash-feed-/)]);
    expect(await readdir(join(dir, 'spool'))).toEqual([]);
  });

  it('a body that says it is larger than 64 MiB is refused before it is read', async () => {
    const answer = ask(
      'ashfield',
      { method: 'POST', path: '/v1/feeds', headers: { 'content-length': 64 * 1024 * 1024 + 1 } },
      (write) => write(Buffer.alloc(1024)),
    );
    expect(await answer).toMatchObject({
      status: 413,
      json: { error: { code: 'too_large' } },
      headers: { connection: 'close' },
    });
  });

  it('a body that grows beyond 64 MiB is answered too, and not kept', async () => {
    let sent = 0;
    const answer = ask('ashfield', { method: 'POST', path: '/v1/feeds' }, (write) => {
      const part = Buffer.alloc(4 * 1024 * 1024);
      const go = () => {
        if (sent >= 17) return;
        sent++;
        write(part);
        setImmediate(go);
      };
      go();
    });
    expect(await answer).toMatchObject({ status: 413, json: { error: { code: 'too_large' } } });
  });

  it('a sender that breaks off half-way harms nobody, and leaves nothing', async () => {
    const before = await world.stored();
    for (let n = 0; n < 6; n++)
      await new Promise<void>((resolve) => {
        const options = { method: 'POST', path: '/v1/feeds', headers: { 'content-length': 100_000 } };
        const sending = request({ agent, host: '127.0.0.1', port: entrance.port, ...tlsOf('ashfield'), ...options });
        sending.on('error', () => resolve());
        sending.write(Buffer.alloc(1000), () => setTimeout(() => sending.destroy(new Error('gone')), 20));
      });
    expect((await post('ashfield', await world.sealed())).status).toBe(202);
    expect((await world.stored())['ingest.record']).toBeGreaterThanOrEqual(before['ingest.record']!);
  });

  it('one agency’s slow senders do not keep another out', async () => {
    const slow = [1, 2, 3, 4].map(() => {
      const options = { method: 'POST', path: '/v1/feeds', headers: { 'content-length': 1_000 } };
      const sending = request({ agent, host: '127.0.0.1', port: entrance.port, ...tlsOf('ashfield'), ...options });
      sending.on('error', () => undefined).write('x');
      return sending;
    });
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect((await post('gedling', await world.sealed({ agency: 'gedling' }))).status).toBe(202);
    for (const sending of slow) sending.destroy();
    expect((await post('ashfield', await world.sealed({ rows: [aRow('S')] }))).status).toBe(202);
  });

  it('two lengths at once, or a length and chunks, are no request (no smuggling)', async () => {
    for (const head of ['Content-Length: 5\r\nContent-Length: 6', 'Content-Length: 5\r\nTransfer-Encoding: chunked']) {
      const answer = await new Promise<string>((resolve, reject) => {
        const socket = connect({ port: entrance.port, host: '127.0.0.1', ...tlsOf('ashfield') });
        let text = '';
        socket
          .on('data', (part) => (text += String(part)))
          .once('end', () => resolve(text))
          .once('error', reject);
        socket.write(
          `POST /v1/feeds HTTP/1.1\r\nHost: hub\r\n${head}\r\n\r\n0\r\n\r\nGET /v1/feeds HTTP/1.1\r\nHost: hub\r\n\r\n`,
        );
      });
      expect(answer).toMatch(/^HTTP\/1\.1 400 /);
      expect(answer.match(/HTTP\/1\.1/g)).toHaveLength(1);
    }
  });

  it('when the database is away the sender is told to send again, and then is taken', async () => {
    await world.query('REVOKE EXECUTE ON FUNCTION audit.append(jsonb) FROM mash_ingest');
    const message = await world.sealed();
    expect(await post('ashfield', message)).toMatchObject({ status: 503, json: { error: { code: 'busy' } } });
    await world.query('GRANT EXECUTE ON FUNCTION audit.append(jsonb) TO mash_ingest');
    expect((await post('ashfield', message)).status).toBe(202);
  });
});

describe('receipts', () => {
  it('are given to their own agency only, refused batches’ too, and by the name the answer gave', async () => {
    const submission = 'b0000000-0000-4000-8000-000000000001';
    const sequence = world.nextSequence();
    const refused = await post('ashfield', await world.sealed({ manifest: { submission, sequence, rows: 9 } }));
    expect((await receipts('ashfield', submission)).json).toEqual({ submission, receipts: [] });
    await post('ashfield', await world.sealed({ manifest: { submission, sequence } }));
    await world.query(`UPDATE ingest.feed_batch SET receipt = convert_to(status, 'UTF8') WHERE submission = $1`, [
      submission,
    ]);
    const message = (status: string) => ({ batch: 1, message: Buffer.from(status).toString('base64') });
    expect((await receipts('ashfield', submission)).json.receipts).toEqual([message('rejected'), message('accepted')]);
    expect((await receipts('ashfield', refused.json.receipt)).json.receipts).toEqual([message('rejected')]);
    for (const id of [submission, refused.json.receipt])
      expect(await receipts('gedling', id)).toMatchObject({ status: 404, json: { error: { code: 'not_found' } } });
  });

  it('of a batch whose submission could not be read are found by that name', async () => {
    const { json } = await post('ashfield', Buffer.from('nonsense'));
    expect(json.submission).toBeNull();
    expect((await receipts('ashfield', json.receipt)).status).toBe(200);
  });

  it.each(["'%20OR%201=1", '..', '%00', 'x', '', 'A0000000-0000-4000-8000-000000000001/x'])(
    '%s is no submission',
    async (id) => {
      expect((await receipts('ashfield', id)).status).toBe(404);
    },
  );

  it.each(['//', '//x:y@z', '/v1/feeds', '*', 'http://[/', '/v1/receipts'])(
    'nothing else is there: %s',
    async (path) => {
      expect((await ask('ashfield', { path })).status).toBe(404);
    },
  );
});
