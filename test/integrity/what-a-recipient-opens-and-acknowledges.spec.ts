import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHubKeys, FileKeyProvider, generateAgencyKey, readSecretKey, sealMessage, signMessage } from '#crypto';
import { Command } from 'commander';
import { copyFile, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openMessage } from '#crypto';
import { acknowledge } from '../../apps/connector/src/opening/acknowledge.js';
import { openPack, type OpenedPack } from '../../apps/connector/src/opening/open-pack.js';
import { registerPack } from '../../apps/connector/src/opening/register-pack.js';
import { Acknowledgements } from '../../apps/disclosure/src/acknowledging/acknowledgements.js';
import { PackRequests } from '../../apps/disclosure/src/requesting/pack-requests.js';
import { ANALYST, message, sampleMeeting, World } from '../support/disclosure-world.js';

let world: World;
let sealed: Buffer;
let folder: string;
let opened: OpenedPack;

beforeAll(async () => {
  world = await World.make();
  await world.registerKey('police');
  await world.registerKey('ashfield');
  const theCase = await sampleMeeting(world, ['police']);
  await world.agreement('idva', 'police', ['marac-referral']);
  await world.consent(theCase.victim, 'given', ['police'], ['marac-referral']);
  await world.get(PackRequests).take(message('packs.requested', {}), 'marac', theCase.meeting, ANALYST);
  await world.work();
  await world.relay();
  sealed = world.sent[0]!.value;
  opened = await openPack(sealed, await world.openKeys('police'));
  folder = await mkdtemp(join(tmpdir(), 'agency-'));
  const key = world.agencyKeys.get('police')!;
  const settings = { agency: 'police', hub: { brokers: [] } };
  const hub = (await world.keys.hubOpenPgpPublicKey()).armor();
  const files = {
    'agency.json': JSON.stringify(settings),
    'agency.key.asc': key.privateKeyArmored,
    'hub.pub.asc': hub,
    'log.vkey': world.vkey,
  };
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
}, 60_000);
afterAll(async () => {
  await world.end();
  await rm(folder, { recursive: true });
});

/** The pack with something changed, sealed again as only the hub could. */
async function resealed(
  change: (pack: { recipient: string; audit: { entry: string; proof: string } }) => void,
): Promise<Uint8Array> {
  const keys = await world.openKeys('police');
  const plain = await openMessage({
    message: sealed,
    decryptionKeys: [keys.agencyKey],
    now: new Date(),
    signers: [
      { agency: 'hub', publicKey: keys.hubKeys[0]!, fingerprint: keys.hubKeys[0]!.getFingerprint().toUpperCase() },
    ],
  });
  if (!plain.ok) throw new Error(plain.code);
  const pack = JSON.parse(Buffer.from(plain.payload).toString('utf8'));
  change(pack);
  const recipients = [world.agencyKeys.get('police')!.publicKeyArmored];
  return sealMessage({
    payload: Buffer.from(JSON.stringify(pack)),
    recipients,
    signer: await world.keys.hubOpenPgpPacksKey(),
  });
}

describe('a pack', () => {
  it('opens offline: signed by the hub, its sending proved to stand in the audit log', () => {
    expect(opened).toMatchObject({
      pack: { format: 'mash.pack/1', recipient: 'police', meeting: { number: 'M-2026-001' } },
      audit: { index: 0, origin: 'mash-hub/test', entry: { action: 'PackSent', detail: { recipient: 'police' } } },
    });
    expect(opened.pdf?.subarray(0, 5).toString()).toBe('%PDF-');
  });

  it('is refused with another hub’s key', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'hub-'));
    await createHubKeys(dir, { hubId: 'other' });
    const hubKeys = [await new FileKeyProvider(dir).hubOpenPgpPublicKey()];
    await expect(openPack(sealed, { ...(await world.openKeys('police')), hubKeys })).rejects.toMatchObject({
      code: 'unknown_signer',
    });
    await rm(dir, { recursive: true });
  });

  it('is refused by an agency it was not sealed to, and one that was sealed on by its recipient', async () => {
    await expect(openPack(sealed, await world.openKeys('ashfield'))).rejects.toMatchObject({
      code: 'not_encrypted_to_hub',
    });
    const keys = { ...(await world.openKeys('police')), agency: 'ashfield' };
    await expect(openPack(sealed, keys)).rejects.toMatchObject({ code: 'wrong_recipient' });
  });

  it('is refused when its proof was tampered with, is of another entry, or is missing', async () => {
    const keys = await world.openKeys('police');
    const tampered = [
      resealed(({ audit }) => (audit.proof = audit.proof.replace('index 0', 'index 1'))),
      resealed(
        ({ audit }) =>
          (audit.entry = Buffer.from(
            Buffer.from(audit.entry, 'base64').toString().replace('police', 'health'),
          ).toString('base64')),
      ),
      resealed((pack) => delete (pack as { audit?: unknown }).audit),
    ];
    for (const message of tampered)
      await expect(openPack(await message, keys)).rejects.toMatchObject({ code: 'integrity' });
    const otherLog = { ...keys, vkey: world.vkey.replace('mash-hub/test', 'mash-hub/evil') };
    await expect(openPack(sealed, otherLog)).rejects.toMatchObject({ code: 'integrity' });
  });

  it('is refused when a byte of it changed', async () => {
    const damaged = Buffer.from(sealed);
    damaged[damaged.length - 30]! ^= 1;
    await expect(openPack(damaged, await world.openKeys('police'))).rejects.toMatchObject({ code: 'malformed' });
  });
});

describe('mash pack', () => {
  const post = {
    sent: [] as Buffer[],
    fetch: async (_: unknown, __: number, onMessage: (value: Buffer) => Promise<void>) => {
      await onMessage(sealed);
      await onMessage(Buffer.from('no pack'));
    },
    send: async (_: unknown, __: string, value: Buffer) => {
      post.sent.push(value);
    },
  };
  const run = async (...args: string[]) => {
    const lines: string[] = [];
    const [out, err] = [process.stdout.write, process.stderr.write];
    process.stdout.write = ((text: string) => lines.push(text)) as never;
    process.stderr.write = (() => true) as never;
    try {
      const program = new Command().exitOverride();
      registerPack(program, post);
      await program.parseAsync(['pack', ...args], { from: 'user' });
    } finally {
      process.stdout.write = out;
      process.stderr.write = err;
    }
    return lines.join('');
  };

  it('list fetches, keeps everything as it came and names it by the pack’s id', async () => {
    const listed = JSON.parse(await run('list', '--kafka', '--dir', folder, '--json'));
    expect(listed).toMatchObject([{ id: opened.pack.id, recipient: 'police' }, { refused: 'malformed' }]);
    expect((await readdir(join(folder, 'packs')))[0]).toBe(`${opened.pack.id}.pgp`);
  });

  it('open writes the pack and its PDF for its owner alone, and prints no name', async () => {
    const out = join(folder, 'out');
    const text = await run('open', join(folder, 'packs', `${opened.pack.id}.pgp`), '--dir', folder, '--out', out);
    expect(text).toContain('MARAC meeting M-2026-001');
    expect(text).not.toMatch(/Sample|Mary|Mark|07700/);
    expect((await readdir(out)).sort()).toEqual([`${opened.pack.id}.json`, `${opened.pack.id}.pdf`]);
    for (const name of await readdir(out)) expect((await stat(join(out, name))).mode & 0o777).toBe(0o600);
    expect(JSON.parse(await readFile(join(out, `${opened.pack.id}.json`), 'utf8'))).toEqual(opened.pack);
  });

  it('open without the log’s key says what to do instead of trusting', async () => {
    const bare = await mkdtemp(join(tmpdir(), 'agency-'));
    for (const name of ['agency.json', 'agency.key.asc', 'hub.pub.asc'])
      await copyFile(join(folder, name), join(bare, name));
    const file = join(folder, 'packs', `${opened.pack.id}.pgp`);
    await expect(run('open', file, '--dir', bare)).rejects.toMatchObject({ code: 'usage' });
    expect(await run('open', file, '--dir', bare, '--key', world.vkey)).toContain('verified offline');
    await rm(bare, { recursive: true });
  });

  it('ack sends what the hub takes as the acknowledgement of that pack', async () => {
    const wrong = await readSecretKey((await generateAgencyKey({ agency: 'police', name: 'x' })).privateKeyArmored);
    const own = await readSecretKey(world.agencyKeys.get('police')!.privateKeyArmored);
    const ashfield = await readSecretKey(world.agencyKeys.get('ashfield')!.privateKeyArmored);
    const acks = world.get(Acknowledgements);
    const take = async (agency: string, value: Buffer | Uint8Array) =>
      acks.take(agency, message(`acks.${agency}`, Buffer.from(value)));
    expect(await take('police', await acknowledge(opened, 'police', wrong))).toBe('unknown_signer');
    expect(await take('police', await acknowledge(opened, 'police', ashfield))).toBe('wrong_sender');
    expect(await take('ashfield', await acknowledge(opened, 'ashfield', ashfield))).toBe('wrong_pack');
    expect(await take('police', await acknowledge({ ...opened, sha256: '0'.repeat(64) }, 'police', own))).toBe(
      'digest_mismatch',
    );
    expect(await take('police', await signMessage({ payload: Buffer.from('{}'), signer: own }))).toBe('malformed');
    const words = { format: 'mash.ack/1', pack: 'Mary is at the refuge', recipient: 'police' };
    const spoken = { ...words, openedAt: new Date().toISOString(), sha256: opened.sha256 };
    expect(await take('police', await signMessage({ payload: Buffer.from(JSON.stringify(spoken)), signer: own }))).toBe(
      'malformed',
    );
    expect((await world.packs())[0]!.state).toBe('sent');

    await run('ack', join(folder, 'packs', `${opened.pack.id}.pgp`), '--dir', folder);
    expect(await take('police', post.sent[0]!)).toBe('opened');
    expect((await world.packs())[0]!.state).toBe('acknowledged');
    expect(await world.entries('PackOpened')).toMatchObject([
      { actor: { type: 'agency', id: 'police' }, object: { id: opened.pack.id } },
    ]);
    const again = await acknowledge(opened, 'police', own);
    expect(await take('police', again)).toBe('taken');
    expect(await world.entries('PackOpened')).toHaveLength(1);
    const refused = await world.entries('AckRefused');
    expect(refused.map(({ outcome, object }) => [outcome, object.id])).toEqual([
      ['unknown_signer', 'unreadable'],
      ['wrong_sender', 'unreadable'],
      ['wrong_pack', opened.pack.id],
      ['digest_mismatch', opened.pack.id],
      ['malformed', 'unreadable'],
      ['malformed', 'unreadable'],
    ]);
  });
});
