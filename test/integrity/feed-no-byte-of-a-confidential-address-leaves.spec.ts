import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openMessage, readPublicKey, readSecretKey } from '#crypto';
import { cp, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { connect } from '../../deploy/embedded/kafka-client.js';
import { FeedingHub, mash } from '../support/feeding.js';

let hub: FeedingHub;
beforeAll(async () => {
  hub = await FeedingHub.start();
}, 120_000);
afterAll(() => hub?.stop(), 60_000);

/** Text that stands only in addresses that may not leave. */
const SECRETS = ['Hollowgate', 'Quillmarket', 'NG5 9ZZ', 'NG59ZZ', 'Thornapple'];
const home = { lines: ['12 Made Up Road'], postcode: 'NG18 1AA', type: 'current' };
const rows = [
  {
    recordRef: 'C-1',
    person: {
      surname: 'Invented',
      addresses: [{ lines: ['7 Hollowgate'], town: 'Quillmarket', postcode: 'NG5 9ZZ', confidential: true }, home],
    },
  },
  {
    recordRef: 'C-2',
    person: { surname: 'Invented', addresses: [{ lines: ['Thornapple House', "Women's Aid refuge"] }] },
  },
  // Where it cannot be cut out the whole row stays.
  { recordRef: 'C-3', confidential: true, person: { surname: 'Invented', addresses: [{ lines: ['7 Hollowgate'] }] } },
  { recordRef: 'C-4', person: { surname: 'Invented', addresses: [home] } },
];
const CSV = [
  'Reference,Surname,Address 1,Town,Postcode,Address confidential',
  'C-1,Invented,7 Hollowgate,Quillmarket,NG5 9ZZ,yes',
  'C-4,Invented,12 Made Up Road,,NG18 1AA,',
  '',
].join('\n');

async function opened(agency: string, message: Buffer): Promise<string> {
  const result = await openMessage({
    message,
    decryptionKeys: [await readSecretKey(await readFile(join(hub.state, 'keys/ingest/hub.opening.asc'), 'utf8'))],
    now: new Date(),
    signers: [
      {
        agency,
        publicKey: await readPublicKey(await readFile(join(hub.agency(agency), 'agency.pub.asc'), 'utf8')),
        fingerprint: hub.hub.agencies.find(({ id }) => id === agency)!.fingerprint,
      },
    ],
  });
  if (!result.ok) throw new Error(result.code);
  return Buffer.from(result.payload).toString('utf8');
}

/** @param left the sealed bytes as they left @param refs the rows that may be in it */
async function expectNothingOf(agency: string, left: Buffer[], refs: string[]): Promise<void> {
  expect(left.length).toBeGreaterThan(0);
  const clear = (await Promise.all(left.map((message) => opened(agency, message)))).join('');
  for (const secret of SECRETS) {
    expect(clear.toLowerCase()).not.toContain(secret.toLowerCase());
    for (const message of left)
      for (const form of [
        secret,
        Buffer.from(secret).toString('base64').slice(0, -3),
        Buffer.from(secret).toString('hex'),
      ])
        expect(message.includes(form)).toBe(false);
  }
  expect([...clear.matchAll(/"recordRef":"(C-\d)"/g)].map(([, ref]) => ref)).toEqual(refs);
}

/** Everything on an agency's feed topic. */
async function onTopic(agency: string): Promise<Buffer[]> {
  const kafka = connect(hub.hub.kafka.brokers, hub.hub.kafka.admin);
  const admin = kafka.admin();
  await admin.connect();
  const offsets = await admin.fetchTopicOffsets(`feeds.${agency}`);
  await admin.disconnect();
  const count = offsets.reduce((sum, { high, low }) => sum + Number(high) - Number(low), 0);
  const values: Buffer[] = [];
  const consumer = kafka.consumer({ groupId: `hub-test-${agency}` });
  await consumer.connect();
  await consumer.subscribe({ topic: `feeds.${agency}`, fromBeginning: true });
  await new Promise<void>((resolve, reject) => {
    const eachMessage = async ({ message }: { message: { key: Buffer | null; value: Buffer | null } }) => {
      values.push(message.value!, message.key!);
      if (values.length >= 2 * count) resolve();
    };
    consumer.run({ eachMessage }).catch(reject);
  });
  await consumer.disconnect();
  return values.filter((value) => value.length > 50);
}

/** An HTTPS entrance that keeps what it is sent. */
async function keeping() {
  const bodies: Buffer[] = [];
  const tls = Object.fromEntries(
    await Promise.all(
      Object.entries({ cert: 'hub-server.crt', key: 'hub-server.key', ca: 'ca.crt' }).map(async ([name, file]) => [
        name,
        await readFile(join(hub.state, 'tls', file)),
      ]),
    ),
  );
  const server = createServer({ ...tls, requestCert: true }, (request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const seen = JSON.stringify([request.url, request.headers]);
      for (const secret of SECRETS) expect(seen).not.toContain(secret);
      bodies.push(Buffer.concat(parts));
      response.writeHead(202, { 'content-type': 'application/json' }).end('{"submission":"x","batch":1}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { bodies, server, port: (server.address() as AddressInfo).port };
}

describe('no byte of a confidential address leaves the agency', () => {
  it.each([
    ['rows.ndjson', rows.map((row) => `${JSON.stringify(row)}\n`).join(''), 'ashfield', 2, ['C-1', 'C-2', 'C-4']],
    ['rows.csv', CSV, 'gedling', 1, ['C-1', 'C-4']],
  ])(
    'of %s in what Kafka is given; how many were left out is told',
    async (name, text, agency, dropped, refs) => {
      const file = join(hub.state, name);
      await writeFile(file, text);
      const args = ['feed', 'send', file, '--feed', 'arrears', '--dir', hub.agency(agency)];
      const ran = await mash(...args);
      expect(ran.code).toBe(0);
      expect(ran.out).toContain(`${dropped} confidential address`);
      for (const secret of SECRETS) expect(ran.out + ran.err).not.toContain(secret);
      await expectNothingOf(agency, await onTopic(agency), refs);
    },
    60_000,
  );

  it('in what the HTTPS entrance is given', async () => {
    const { bodies, server, port } = await keeping();
    const own = join(hub.state, 'mansfield');
    await cp(hub.agency('mansfield'), own, { recursive: true });
    const https = `https://localhost:${port}`;
    await writeFile(join(own, 'agency.json'), JSON.stringify({ agency: 'mansfield', hub: { https } }));
    const file = join(hub.state, 'https.ndjson');
    await writeFile(file, rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
    const ran = await mash('feed', 'send', file, '--feed', 'arrears', '--dir', own, '--https', '--json');
    server.close();
    server.closeAllConnections();
    expect(ran).toMatchObject({ code: 0 });
    expect(JSON.parse(ran.out)).toMatchObject({ confidentialDropped: 2 });
    await expectNothingOf('mansfield', bodies, ['C-1', 'C-2', 'C-4']);
  }, 60_000);
});
