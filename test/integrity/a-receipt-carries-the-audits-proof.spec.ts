import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { PrivateKey } from 'openpgp';
import { receiptSchema, type Receipt } from '#contracts';
import { generateAgencyKey, openMessage, readSecretKey, type KeyProvider } from '#crypto';
import { verifyProof, vkeyOf } from '#ledger';
import { Database } from '#platform';
import { openReceipt } from '../../apps/connector/src/receipts/open-receipt.js';
import type { AuditConfig } from '../../apps/audit/src/config.js';
import { LogFolder } from '../../apps/audit/src/publishing/log-folder.js';
import { Sequencer } from '../../apps/audit/src/sequencing/sequencer.js';
import { EntriesRepository } from '../../apps/audit/src/serving/entries.repository.js';
import { Proofs } from '../../apps/audit/src/serving/proofs.js';
import { IntakeWorld, silent, type Instance } from '../support/intake.js';
import type { IngestConfig } from '../../apps/ingest/src/config.js';
import { ReceiptSender } from '../../apps/ingest/src/receipting/receipt-sender.js';

const ORIGIN = 'mash-hub/test';
const pem = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' });
const vkey = vkeyOf(ORIGIN, createPublicKey(pem));

let world: IntakeWorld;
let hub: Instance;
let sequencer: Sequencer;
let auditDatabase: Database;
let audit: Server;
let auditAnswers = true;
let sender: ReceiptSender;

beforeAll(async () => {
  world = await IntakeWorld.fresh();
  hub = world.instance();
  const folder = new LogFolder(join(world.dir, 'log'));
  sequencer = new Sequencer({
    databaseUrl: world.database.urlFor('audit'),
    folder,
    signer: { origin: ORIGIN, key: createPrivateKey(pem) },
    log: silent,
    onFatal: () => undefined,
  });
  await sequencer.start();
  auditDatabase = new Database(world.database.urlFor('audit'));
  const ledgerKey = { ledgerKey: async () => createPrivateKey(pem) } as unknown as KeyProvider;
  const proofs = new Proofs({ HUB_ID: 'test' } as AuditConfig, ledgerKey, folder, new EntriesRepository(auditDatabase));
  // The audit's own answers, behind a door that can be shut.
  audit = createServer((request, response) => {
    if (!auditAnswers) return void response.writeHead(503).end();
    void proofs
      .of(request.url!.split('/').at(-1)!)
      .then((proof) => response.writeHead(proof ? 200 : 404).end(JSON.stringify(proof)));
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => audit.once('listening', resolve));
  const config = { AUDIT_URL: `http://127.0.0.1:${(audit.address() as AddressInfo).port}` } as IngestConfig;
  sender = new ReceiptSender(config, silent, world.keys, hub.database, hub.registered, hub.outbox);
});
afterAll(async () => {
  await sequencer?.stop();
  await auditDatabase?.client.$disconnect();
  audit?.close();
  await world?.end();
});

/** Runs the sender's rounds until this batch has its receipt. @returns what was put into the outbox for it */
async function sent(id: string): Promise<{ topic: string; key: string; value: Buffer }[]> {
  for (const end = Date.now() + 10_000; Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 50))) {
    await sender.sendSome();
    const rows = await world.query<{ topic: string; key: string; value: Buffer }>(
      `SELECT topic, key, value FROM ingest.outbox WHERE key = $1 AND topic LIKE 'receipts.%'`,
      [id],
    );
    if (rows.length > 0) return rows;
  }
  throw new Error('no receipt');
}

async function opened(message: Buffer, key: PrivateKey): Promise<Receipt> {
  return openReceipt(message, { agencyKey: key, hubKey: world.hub, vkey });
}

describe('the receipt', () => {
  it('is sealed to its agency, signed by the hub, and its proof shows the entry in the log', async () => {
    const { receipt: id, submission } = await hub.intake.receive('ashfield', await world.sealed());
    const [message] = await sent(id);
    expect(message!.topic).toBe('receipts.ashfield');
    const receipt = await opened(message!.value, world.key('ashfield'));
    expect(receipt).toMatchObject({ submission, batch: 1, status: 'accepted', accepted: 1, quarantined: [] });
    const [{ leaf } = { leaf: Buffer.alloc(0) }] = await world.query<{ leaf: Buffer }>(
      'SELECT leaf FROM audit.entry WHERE leaf_index = $1',
      [receipt.audit.index],
    );
    expect(verifyProof(leaf, receipt.audit.proof, vkey)).toMatchObject({ index: receipt.audit.index });
    expect(JSON.parse(leaf.toString())).toMatchObject({ action: 'BatchAccepted', object: { id } });
    const other = await openMessage({
      message: message!.value,
      decryptionKeys: [world.key('gedling')],
      now: new Date(),
      signers: [],
    });
    expect(other).toEqual({ ok: false, code: 'not_encrypted_to_hub' });
  });

  it('with the proof of another batch, or under another log’s key, is not believed', async () => {
    const { receipt: id } = await hub.intake.receive('ashfield', await world.sealed());
    const [message] = await sent(id);
    const stranger = vkeyOf(ORIGIN, createPublicKey(generateKeyPairSync('ed25519').privateKey));
    const keys = { agencyKey: world.key('ashfield'), hubKey: world.hub, vkey: stranger };
    await expect(openReceipt(message!.value, keys)).rejects.toMatchObject({ code: 'integrity' });
  });

  it('is kept to answer with again, and its draft is gone', async () => {
    const message = await world.sealed();
    const { receipt: id } = await hub.intake.receive('ashfield', message);
    const [first] = await sent(id);
    await hub.intake.receive('ashfield', message);
    const again = await sent(id);
    expect(again).toEqual([first, first]);
    const [row] = await world.query('SELECT draft, receipted_at FROM ingest.feed_batch WHERE id = $1', [id]);
    expect(row).toMatchObject({ draft: null, receipted_at: expect.any(Date) });
  });

  it('of a refused batch has a proof too', async () => {
    const { receipt: id } = await hub.intake.receive('ashfield', Buffer.from('nonsense'));
    const [message] = await sent(id);
    const receipt = await opened(message!.value, world.key('ashfield'));
    expect(receiptSchema.parse(receipt)).toMatchObject({
      submission: null,
      batch: null,
      status: 'rejected',
      reason: 'malformed',
    });
  });

  it('is sent once, though two instances make it at the same time', async () => {
    const other = world.instance();
    const config = { AUDIT_URL: `http://127.0.0.1:${(audit.address() as AddressInfo).port}` } as IngestConfig;
    const second = new ReceiptSender(config, silent, world.keys, other.database, other.registered, other.outbox);
    const ids: string[] = [];
    for (let n = 0; n < 5; n++) ids.push((await hub.intake.receive('ashfield', await world.sealed())).receipt);
    for (const id of ids) {
      await Promise.all([sender.sendSome(), second.sendSome()]);
      expect(await sent(id)).toHaveLength(1);
    }
  });

  it('waits while the audit does not answer, and comes when it does', async () => {
    auditAnswers = false;
    const { receipt: id } = await hub.intake.receive('ashfield', await world.sealed());
    for (let n = 0; n < 10; n++) {
      await sender.sendSome();
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
    expect(await world.count('ingest.feed_batch WHERE id = $1 AND receipted_at IS NULL', [id])).toBe(1);
    auditAnswers = true;
    expect(await sent(id)).toHaveLength(1);
  });
});

describe('one agency’s trouble is not another’s', () => {
  it('an expired OpenPGP key, and a draft that does not open, hold up nobody else', async () => {
    const dead = await generateAgencyKey({
      agency: 'mansfield',
      name: 'Test',
      expiresInDays: 1,
      date: new Date('2026-01-01'),
    });
    await world.query(
      `INSERT INTO portal.agency_key (fingerprint, agency, public_key, valid_from, registered_by) VALUES ($1, 'mansfield', $2, now() - interval '1 hour', '{x}')`,
      [dead.fingerprint, dead.publicKeyArmored],
    );
    const mansfield = await hub.intake.receive('mansfield', Buffer.from('nonsense'));
    const broken = await hub.intake.receive('ashfield', await world.sealed());
    await world.query(`UPDATE ingest.feed_batch SET draft = '\\x00' WHERE id = $1`, [broken.receipt]);
    const good = await hub.intake.receive('ashfield', await world.sealed());
    expect(await sent(good.receipt)).toHaveLength(1);
    for (const { receipt } of [mansfield, broken])
      expect(await world.count('ingest.feed_batch WHERE id = $1 AND receipted_at IS NULL', [receipt])).toBe(1);
  });

  it('an agency without a valid key gets its receipts once it has registered one', async () => {
    const key = await generateAgencyKey({ agency: 'rushcliffe', name: 'Test', date: new Date(Date.now() - 60_000) });
    const { receipt: id } = await hub.intake.receive('rushcliffe', Buffer.from('nonsense'));
    const after = await hub.intake.receive('ashfield', await world.sealed());
    await sent(after.receipt);
    expect(await world.count('ingest.feed_batch WHERE id = $1 AND receipted_at IS NULL', [id])).toBe(1);
    await world.query(
      `INSERT INTO portal.agency_key (fingerprint, agency, public_key, valid_from, registered_by) VALUES ($1, 'rushcliffe', $2, now(), '{x}')`,
      [key.fingerprint, key.publicKeyArmored],
    );
    const [message] = await sent(id);
    expect(await opened(message!.value, await readSecretKey(key.privateKeyArmored))).toMatchObject({
      reason: 'malformed',
    });
  });
});
